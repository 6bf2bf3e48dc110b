"""Texts of lines made into a zone; whatever is put right is counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.passport.assembly import assemble
from kabinet.core.passport.limits import LIMITS
from kabinet.core.passport.mrz import ALPHABET, check_digit
from kabinet.core.passport.recognised import Recognised, bears_out, is_mistakable
from tests.core.passport.persons import zone_lines
from tests.core.passport.test_strict import AIPERI

CARD = zone_lines(AIPERI, "TD1")
PASSPORT = zone_lines(AIPERI, "TD3")


def seen(*lines: str):
    return [[Recognised(line, 0.99, 0.98)] for line in lines]


def put_together(*lines: str):
    candidate = assemble(seen(*lines), limits=LIMITS)
    assert candidate is not None
    return candidate


@pytest.mark.parametrize("lines", [CARD, PASSPORT])
def test_lines_read_rightly_are_the_zone(lines):
    candidate = put_together(*lines)
    assert (candidate.zone.lines, candidate.repaired, candidate.first) == (lines, 0, 0)
    assert candidate.whole
    assert candidate.weakest == 0.98


def test_a_line_above_the_zone_is_left_out():
    candidate = put_together("KYRGYZREPUBLIC", *PASSPORT)
    assert (candidate.zone.lines, candidate.first) == (PASSPORT, 1)


def test_lost_fillers_at_the_end_of_the_names_are_no_repair():
    candidate = put_together(*CARD[:2], CARD[2].rstrip("<"))
    assert (candidate.zone.lines, candidate.repaired) == (CARD, 0)


@pytest.mark.parametrize("count", [1, 2])
def test_lost_fillers_in_a_data_line_are_counted(count):
    candidate = put_together(CARD[0], CARD[1].replace("<" * count, "", 1), CARD[2])
    assert (candidate.zone.lines, candidate.repaired) == (CARD, count)
    assert not candidate.whole


def test_more_fillers_lost_than_can_be_told_make_no_zone():
    assert assemble(seen(CARD[0], CARD[1].replace("<<<", "", 1), CARD[2]), limits=LIMITS) is None


def test_a_letter_among_digits_is_put_right_and_counted():
    candidate = put_together(CARD[0], CARD[1].replace("08", "OB", 1), CARD[2])
    assert (candidate.zone.lines, candidate.repaired) == (CARD, 2)


def test_no_guess_is_made_until_check_digits_hold():
    candidate = put_together(CARD[0].replace("1234567", "1234568"), *CARD[1:])
    assert candidate.zone.number == "ID1234568"
    assert candidate.zone.digits["number"] is False


def test_the_better_of_two_readings_of_a_line_is_taken():
    doubtful = Recognised(CARD[0].replace("1234567", "1234561"), 0.99, 0.5)
    sure = Recognised(CARD[0], 0.99, 0.9)
    candidate = assemble([[doubtful, sure], *seen(*CARD[1:])], limits=LIMITS)
    assert candidate is not None
    assert (candidate.zone.lines, candidate.weakest) == (CARD, 0.9)


@given(st.lists(st.text(alphabet=ALPHABET + "«é ", max_size=50), max_size=4))
def test_any_texts_are_taken(texts):
    candidate = assemble(seen(*texts), limits=LIMITS)
    assert candidate is None or not all(candidate.checks.values())


LINE = CARD[1]


@pytest.mark.parametrize(
    ("left", "right", "agrees"),
    [
        (LINE[:18], LINE[12:], True),
        (LINE[:17] + "X", "X" + LINE[13:], True),
        (LINE[:18], LINE[12:].replace("<<<", "<<"), True),
        (LINE[:18].replace("Z", "2"), LINE[12:].replace("KGZ", "KG2"), True),
        (LINE[:18].replace("F", "P"), LINE[12:], False),
        (LINE[:9], LINE[22:], False),
        ("", "", False),
    ],
)
def test_a_second_reading_bears_out_only_what_it_saw(left, right, agrees):
    assert bears_out(LINE, left, right) is agrees


@given(st.data())
def test_a_second_reading_never_bears_out_another_digit(data):
    place = data.draw(st.sampled_from([*range(7), *range(8, 15), 29]))
    other = data.draw(st.sampled_from(sorted(set("0123456789") - {LINE[place]})))
    line = LINE[:place] + other + LINE[place + 1 :]
    assert not bears_out(line, LINE[:19], LINE[11:])


@pytest.mark.parametrize(("letter", "digit"), ["G6", "Q6", "S8", "L1"])
def test_a_letter_whose_digit_has_the_same_check_digit_is_mistakable(letter, digit):
    letters, digits = f"C{letter}0123", f"C{digit}0123"
    assert check_digit(letters) == check_digit(digits)
    assert (is_mistakable(letters), is_mistakable(digits)) == (True, False)
