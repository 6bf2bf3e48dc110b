import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import lookalikes


def test_every_lookalike_becomes_the_latin_letter() -> None:
    assert lookalikes.latin_capitals("АВЕКМНОРСТУХҮ авекмнорстухү") == "ABEKMHOPCTYXY" * 2


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("№ 12—34", "1234"),
        ("12\u00ad34\u200b5\ufeff", "12345"),
        ("−12", "12"),
        ("№№#1", "1"),
        ("ЖФ 1/2.3", "ЖФ1/2.3"),
        ("İ1", "İ1"),
    ],
)
def test_filling_goes_and_everything_else_stays(typed: str, written: str) -> None:
    assert lookalikes.latin_capitals(typed) == written


@given(st.text())
def test_latin_capitals_twice_changes_nothing(text: str) -> None:
    once = lookalikes.latin_capitals(text)
    assert lookalikes.latin_capitals(once) == once


@given(st.text())
def test_latin_capitals_holds_nothing_invisible(text: str) -> None:
    kinds = {unicodedata.category(sign) for sign in lookalikes.latin_capitals(text)}
    assert kinds & {"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"} == set()
