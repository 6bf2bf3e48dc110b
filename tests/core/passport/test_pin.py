"""The Kyrgyz personal number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.passport.pin import Pin, parse_pin


def test_pin_tells_sex_and_birth_date():
    assert parse_pin("1 1403 2008 01234") == Pin("11403200801234", "F", date(2008, 3, 14))
    assert parse_pin("20101199912345") == Pin("20101199912345", "M", date(1999, 1, 1))


@pytest.mark.parametrize(
    "text",
    ["", "1140320080123", "114032008012345", "31403200801234", "13102200801234", "1140320080123A"],
)
def test_pin_of_another_make_is_none(text):
    assert parse_pin(text) is None


@given(st.text(max_size=20))
def test_any_text_is_a_pin_or_none(text):
    pin = parse_pin(text)
    assert pin is None or len(pin.text) == 14


@given(st.dates(date(1900, 1, 1)), st.sampled_from("FM"), st.integers(0, 99999))
def test_pin_of_any_holder_is_read(birth, sex, tail):
    text = f"{'1' if sex == 'F' else '2'}{birth:%d%m}{birth.year:04}{tail:05}"
    assert parse_pin(text) == Pin(text, sex, birth)
