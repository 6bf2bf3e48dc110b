from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core import documents

BIRTH = date(2008, 5, 15)
PIN = "11505200800123"


@pytest.mark.parametrize(
    "typed",
    [
        "AN1234567",
        "АN1234567",
        "an 1234567",
        "AN №1234567",
        "аn-1234567",
    ],
)
def test_tidy_number_writes_one_form(typed: str) -> None:
    assert documents.tidy_number(typed) == "AN1234567"


def test_tidy_number_of_a_birth_certificate_and_of_nothing() -> None:
    assert documents.tidy_number("кр-х № 123456") == "KPX123456"
    assert documents.tidy_number(" № - ") == ""


@given(st.text(max_size=40))
def test_tidy_number_twice_changes_nothing(text: str) -> None:
    once = documents.tidy_number(text)
    assert documents.tidy_number(once) == once


@pytest.mark.parametrize(
    ("pin", "warnings"),
    [
        (PIN, []),
        ("1 1505 2008 00123", []),
        ("", []),
        (" ", []),
        ("1150520080012", ["pin.not_14_digits"]),
        ("115052008001234", ["pin.not_14_digits"]),
        ("1150520080012A", ["pin.not_14_digits"]),
        ("21505200800123", ["pin.sex_differs"]),
        ("31505200800123", ["pin.first_digit"]),
        ("11605200800123", ["pin.birth_differs"]),
        ("13002200800123", ["pin.no_such_date"]),
        ("21605200800123", ["pin.sex_differs", "pin.birth_differs"]),
        ("00000000000000", ["pin.first_digit", "pin.no_such_date"]),
    ],
)
def test_pin_warnings_name_what_looks_wrong(pin: str, warnings: list[str]) -> None:
    assert documents.pin_warnings(pin, birth=BIRTH, sex="F") == warnings


def test_pin_warnings_without_the_other_fields_compare_nothing() -> None:
    assert documents.pin_warnings("21605200800123") == []


@given(
    st.dates(min_value=date(1900, 1, 1)),
    st.sampled_from("FM"),
    st.from_regex(r"[0-9]{5}", fullmatch=True),
)
def test_pin_made_of_the_persons_data_has_no_warning(birth: date, sex: str, tail: str) -> None:
    pin = f"{'FM'.index(sex) + 1}{birth:%d%m%Y}{tail}"
    for written in (sex, sex.lower(), {"F": "female", "M": "male"}[sex]):
        assert documents.pin_warnings(pin, birth=birth, sex=written) == []


@given(st.text(max_size=20), st.none() | st.dates(), st.sampled_from([None, "", "F", "M"]))
def test_pin_warnings_never_refuse(pin: str, birth: date | None, sex: str | None) -> None:
    assert len(documents.pin_warnings(pin, birth=birth, sex=sex)) <= 2
