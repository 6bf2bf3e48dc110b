"""The strict verdict: which documents are verified and which rule stops the others."""

from datetime import date

import pytest

from kabinet.core.passport.limits import Limits
from kabinet.core.passport.mrz import check_digit, parse
from kabinet.core.passport.strict import birth_date, fields_of, strict_checks, verdict
from tests.core.passport.persons import Holder, dice_of, make_holder, zone_lines

AIPERI = Holder(
    country="KGZ",
    nationality="KGZ",
    number="ID1234567",
    birth=date(2008, 3, 14),
    sex="F",
    expiry=date(2034, 5, 20),
    pin="11403200801234",
    surname="ASANOVA",
    given="AIPERI",
)


def changed(holder: Holder, **values: object) -> Holder:
    return Holder(**{**vars(holder), **values})


def failed(holder: Holder, form: str = "TD1", limits: Limits | None = None) -> set[str]:
    zone = parse(zone_lines(holder, form))
    assert zone is not None
    checks = strict_checks(zone, limits=limits or Limits())
    return {name for name, holds in checks.items() if not holds}


@pytest.mark.parametrize("form", ["TD1", "TD3"])
def test_kyrgyz_document_that_agrees_with_itself_is_verified(form):
    zone = parse(zone_lines(AIPERI, form))
    assert zone is not None
    checks = strict_checks(zone)
    assert verdict(zone, checks, repaired=0) == "verified"
    assert verdict(zone, checks, repaired=1) == "probable"
    assert verdict(zone, checks | {"sure": False}, repaired=0) == "probable"


@pytest.mark.parametrize(
    ("values", "rules"),
    [
        ({"pin": "21403200801234"}, {"pin_sex"}),
        ({"pin": "11503200801234"}, {"pin_birth"}),
        ({"pin": "11432200801234"}, {"pin", "pin_birth", "pin_sex"}),
        ({"pin": ""}, {"pin", "pin_birth", "pin_sex"}),
        ({"number": "I12345678"}, {"number_format"}),
        ({"country": "KAZ"}, {"same_state"}),
        ({"nationality": "SKG"}, {"nationality", "same_state"}),
        ({"expiry": date(2004, 1, 1)}, {"expiry_date"}),
    ],
)
def test_each_contradiction_fails_its_rule(values, rules):
    assert failed(changed(AIPERI, **values)) == rules


def test_a_digit_in_the_document_code_is_no_code():
    first, *rest = zone_lines(AIPERI, "TD1")
    zone = parse([f"I0{first[2:]}", *rest])
    assert zone is not None
    assert strict_checks(zone)["code"] is False


def test_number_format_of_a_state_is_configurable():
    limits = Limits(number_formats={"KGZ": r"[0-9]{9}"})
    assert failed(AIPERI, limits=limits) == {"number_format"}
    assert failed(changed(AIPERI, number="123456789"), limits=limits) == set()


def test_foreign_passport_needs_no_personal_number():
    assert failed(make_holder(dice_of(1), country="DEU"), "TD3") == set()


def test_specimen_state_is_nobody():
    zone = parse(zone_lines(changed(AIPERI, country="UTO", nationality="UTO"), "TD3"))
    assert zone is not None
    assert verdict(zone, strict_checks(zone), repaired=0) == "probable"


def with_birth(text: str):
    first, second = zone_lines(changed(AIPERI, country="KAZ", nationality="KAZ"), "TD3")
    changed_line = second[:13] + text + check_digit(text) + second[20:]
    zone = parse((first, changed_line))
    assert zone is not None
    return zone


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("080314", date(2008, 3, 14)),
        ("261121", date(1926, 11, 21)),
        ("261120", date(2026, 11, 20)),
        ("080230", None),
        ("08<<<<", None),
    ],
)
def test_birth_date_takes_the_latest_century_that_is_past(text, day):
    limits = Limits(today=date(2026, 11, 20))
    assert birth_date(with_birth(text), limits=limits) == day


def test_birth_date_takes_the_century_of_the_pin():
    old = changed(AIPERI, birth=date(1922, 3, 14), pin="11403192201234")
    zone = parse(zone_lines(old, "TD1"))
    assert zone is not None
    assert birth_date(zone) == date(1922, 3, 14)


def test_fields_are_written_as_a_person_would():
    zone = parse(zone_lines(AIPERI, "TD1"))
    assert zone is not None
    fields = fields_of(zone)
    assert (fields.number, fields.pin, fields.sex) == ("ID1234567", "11403200801234", "F")
    assert (fields.birth, fields.expiry) == (date(2008, 3, 14), date(2034, 5, 20))
    assert (fields.surname, fields.given) == ("ASANOVA", "AIPERI")
