"""The typeface: which letters it holds, and what happens where it cannot be had."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.ui import assets
from kabinet.ui.templatetags import kabinet as tags


def test_ranges_join_neighbours() -> None:
    assert assets._ranges([0x41, 0x44F, 0x410, 0x42, 0x43]) == "U+41-43,U+410,U+44F"


@given(st.sets(st.integers(min_value=0x20, max_value=0x600), min_size=1))
def test_ranges_hold_exactly_the_letters(codes: set[int]) -> None:
    read: set[int] = set()
    for part in assets._ranges(codes).split(","):
        first, _, last = part.removeprefix("U+").partition("-")
        read |= set(range(int(first, 16), int(last or first, 16) + 1))

    assert read == codes


def test_letters_of_the_four_alphabets_are_held() -> None:
    assert set("ңөүғқұһіәўҳ№«»—−×ё") <= assets.LETTERS


def test_missing_npm_is_said_aloud(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")

    assert assets.main() == 1
    assert capsys.readouterr().err == (
        "Onest is not fetched, there is no npm on this machine. "
        "Pages are set in the system's typeface.\n"
    )


def test_preloaded_parts_are_those_that_are_built() -> None:
    assert tags.FONT_PARTS == assets.PARTS


@pytest.mark.skipif(
    not (assets.FOLDER / assets.STYLES).exists(),
    reason="`make assets` has not fetched the typeface",
)
def test_typeface_stays_within_its_weight() -> None:
    assert sum(path.stat().st_size for path in assets.FOLDER.glob("*.woff2")) <= 26 * 1024
