"""Documents drawn by the tests and read by the engines. The targets are those of issue C.

Skipped aloud without the extra `docread`, without its language file, or without an OCR-B font.
The full set runs with KABINET_SLOW=1, a larger one with `python -m bench.evaluate_passport`.
"""

import os
from dataclasses import replace

import pytest

from kabinet.core.passport import LIMITS, Reading, Typed, compare, read_document
from kabinet.core.passport.advice import advise, advise_pair
from kabinet.core.passport.eyes import why_blind
from kabinet.core.passport.mrz import DATA_LINES

np = pytest.importorskip("numpy", reason="the extra docread is not installed")
pytest.importorskip("cv2", reason="the extra docread is not installed")

from kabinet.core.passport import sight  # noqa: E402 - needs the extra
from tests.core.passport.degrade import (  # noqa: E402 - needs the extra
    CLEAN,
    KINDS,
    UNREADABLE,
    Sample,
    make_sample,
    to_jpeg,
)
from tests.core.passport.drawing import (  # noqa: E402
    OCR_B,
    draw_front,
    draw_zone_side,
    lay_on,
    table_top,
)
from tests.core.passport.persons import dice_of, make_holder, zone_lines  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_blind()), reason=why_blind() or "the reader is here"),
    pytest.mark.skipif(not OCR_B.exists(), reason="no OCR-B: apt-get install fonts-ocr-b"),
]

Results = list[tuple[Sample, Reading]]


def results(each: int) -> Results:
    samples = [make_sample(kind, number) for kind in KINDS for number in range(each)]
    return [(sample, read_document(sample.data)) for sample in samples]


@pytest.fixture(scope="module")
def seen() -> dict[str, tuple[Sample, Reading]]:
    """One picture of each of the 26 kinds, and what was read in it."""
    return {sample.kind: (sample, reading) for sample, reading in results(1)}


def right(sample: Sample, reading: Reading) -> bool:
    places = DATA_LINES[sample.format]
    return reading.format == sample.format and all(
        reading.lines[place] == sample.lines[place] for place in places
    )


def hold_targets(pairs: Results) -> None:
    clean = [right(*pair) for pair in pairs if pair[0].kind in CLEAN]
    readable = [right(*pair) for pair in pairs if pair[0].kind not in UNREADABLE]
    wrong = [pair[0].kind for pair in pairs if pair[1].status == "verified" and not right(*pair)]
    assert wrong == []
    assert sum(clean) >= 0.95 * len(clean)
    assert sum(readable) >= 0.85 * len(readable)


def test_one_picture_of_each_kind_reaches_the_targets(seen):
    assert len(seen) == 26
    hold_targets(list(seen.values()))


@pytest.mark.slow
@pytest.mark.skipif("KABINET_SLOW" not in os.environ, reason="KABINET_SLOW=1 runs the full set")
def test_the_full_set_reaches_the_targets():
    hold_targets(results(5))


def test_a_clean_card_is_verified_with_all_its_fields(seen):
    sample, reading = seen["clean"]
    holder, fields = sample.holder, reading.fields
    assert (reading.status, reading.lines) == ("verified", sample.lines)
    assert set(reading.checks.values()) == {True}
    assert (fields.number, fields.pin, fields.sex) == (holder.number, holder.pin, holder.sex)
    assert (fields.birth, fields.expiry) == (holder.birth, holder.expiry)
    assert reading.document_key == f"KGZ:{holder.number}"
    assert advise(reading, slot="back") == ()


def test_what_was_read_is_compared_with_what_was_typed(seen):
    sample, reading = seen["clean"]
    typed = Typed(
        number=sample.holder.number, birth=sample.holder.birth, sex="FM"[sample.holder.sex == "F"]
    )
    verdicts = {finding.field: finding.verdict for finding in compare(reading, typed)}
    assert (verdicts["number"], verdicts["birth"], verdicts["sex"]) == ("match", "match", "differs")


@pytest.mark.parametrize(
    ("kind", "flaw"),
    [
        ("dark", "dark"),
        ("photocopy", "greyscale"),
        ("glare_on_zone", "glare"),
        ("blur_heavy", "blur"),
    ],
)
def test_a_flaw_of_the_picture_is_seen(seen, kind, flaw):
    assert getattr(seen[kind][1].quality, flaw) is True


@pytest.mark.parametrize("kind", ["drowned", "shaken"])
def test_a_blur_in_which_no_letter_is_left_is_a_blur(kind):
    reading = read_document(make_sample(kind, 0).data)
    assert (reading.status, reading.quality.blur) == ("none", True)
    assert advise(reading, slot="back") == ("document-blur",)


@pytest.mark.parametrize("number", range(3))
def test_grey_print_on_coloured_lines_is_read(number):
    sample = make_sample("engraved", number)
    assert right(sample, read_document(sample.data))


@pytest.mark.parametrize("kind", sorted(CLEAN))
def test_a_clean_picture_has_no_flaw(seen, kind):
    assert advise(seen[kind][1], slot="page") == ()


def front_picture(seed: int) -> bytes:
    dice = dice_of(seed)
    page = draw_front(make_holder(dice), dice)
    return to_jpeg(lay_on(table_top(1600, 1200, dice), page, dice))


def test_the_front_in_the_place_of_the_back_is_noticed():
    reading = read_document(front_picture(3))
    assert (reading.status, reading.quality.side) == ("none", "front")
    assert advise(reading, slot="back") == ("document-wrong-side-back",)


def test_the_back_in_the_place_of_the_front_is_noticed(seen):
    assert advise(seen["clean"][1], slot="front") == ("document-wrong-side-front",)


def test_two_photographs_of_the_same_back_are_the_same_side_twice(seen):
    other = read_document(make_sample("turned_5", 2).data)
    assert other.format == "TD1"
    assert advise_pair(seen["clean"][1], other) == ("document-same-side-twice",)


def test_a_card_cut_off_above_its_zone_is_noticed():
    sample = make_sample("clean", 0)
    reading = read_document(upper_part_cut(sample.data))
    assert (reading.quality.cropped, right(sample, reading)) == (True, True)


def upper_part_cut(data: bytes) -> bytes:
    from_file = pytest.importorskip("cv2").imdecode(np.frombuffer(data, np.uint8), 1)
    return to_jpeg(np.ascontiguousarray(from_file[450:, :, ::-1]))


def test_number_formats_of_the_limits_decide_about_verified(seen):
    strict = replace(LIMITS, number_formats={"KGZ": "[0-9]+"})
    reading = read_document(seen["clean"][0].data, limits=strict)
    assert (reading.status, reading.checks["number_format"]) == ("probable", False)


@pytest.mark.parametrize(
    ("number", "status"), [("C12345678", "verified"), ("L12345678", "probable")]
)
def test_a_letter_that_may_be_a_digit_must_be_borne_out(monkeypatch, number, status):
    monkeypatch.setattr(sight, "_borne_out", lambda *_: False)
    dice = dice_of("letter")
    holder = replace(make_holder(dice, country="KAZ"), number=number)
    page = draw_zone_side(holder, "TD3", zone_lines(holder, "TD3"), dice)
    reading = read_document(to_jpeg(lay_on(table_top(1600, 1200, dice), page, dice)))
    assert (reading.fields.number, reading.status) == (number, status)


def test_the_same_picture_is_read_the_same_twice(seen):
    sample, reading = seen["tilted"]
    again = read_document(sample.data)
    assert replace(again, seconds=0) == replace(reading, seconds=0)


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 2), (65, 64), (90, 2500), (401, 400)])
def test_pictures_of_odd_sizes_are_answered(size):
    picture = np.random.default_rng(2).integers(0, 255, (*size, 3), np.uint8)
    reading = read_document(to_jpeg(picture))
    assert (reading.status, reading.decoded) == ("none", True)
    assert reading.quality.too_small is (min(size) < LIMITS.min_side)


def test_noise_and_blank_pictures_are_answered():
    noise = np.random.default_rng(1).integers(0, 255, (500, 700, 3), np.uint8)
    blank = np.full((300, 300, 3), 200, np.uint8)
    readings = [read_document(to_jpeg(picture)) for picture in (noise, blank)]
    assert [reading.status for reading in readings] == ["none", "none"]
    assert readings[1].quality.too_small is True
