"""What was read beside what was typed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kabinet.core.passport.advice import SENTENCES
from kabinet.core.passport.compare import Typed, compare
from kabinet.core.passport.document import Fields, Reading
from kabinet.core.passport.mrz import parse
from kabinet.core.passport.strict import fields_of, strict_checks
from tests.core.passport.persons import zone_lines
from tests.core.passport.test_strict import AIPERI

ZONE = parse(zone_lines(AIPERI, "TD1"))
assert ZONE is not None
READING = Reading(
    status="verified",
    format="TD1",
    lines=ZONE.lines,
    fields=fields_of(ZONE),
    checks=strict_checks(ZONE) | {"sure": True},
)
TYPED = Typed(
    number="ID1234567",
    pin="11403200801234",
    birth=date(2008, 3, 14),
    sex="F",
    surname="Асанова",
    given="Айпери",
)


def verdicts(typed: Typed, reading: Reading = READING) -> dict[str, str]:
    return {finding.field: finding.verdict for finding in compare(reading, typed)}


def one(field: str, typed: Typed, reading: Reading = READING):
    return next(finding for finding in compare(reading, typed) if finding.field == field)


def test_the_same_person_matches_in_every_field():
    assert set(verdicts(TYPED).values()) == {"match"}
    assert {finding.severity for finding in compare(READING, TYPED)} == {"none"}


def test_fields_come_in_the_order_of_the_form():
    assert list(verdicts(TYPED)) == ["surname", "given", "sex", "birth", "number", "pin"]


@pytest.mark.parametrize(
    ("values", "field", "verdict", "severity"),
    [
        ({"number": "№ ID 1234567"}, "number", "match", "none"),
        ({"number": "ІD1234567"}, "number", "match", "none"),
        ({"number": "ID1234576"}, "number", "near", "high"),
        ({"number": "ID123456"}, "number", "near", "high"),
        ({"number": "AN7654321"}, "number", "differs", "high"),
        ({"pin": "1 1403 2008 01234"}, "pin", "match", "none"),
        ({"pin": "11403200801235"}, "pin", "near", "high"),
        ({"birth": date(2008, 3, 15)}, "birth", "near", "high"),
        ({"birth": date(1998, 7, 2)}, "birth", "differs", "high"),
        ({"sex": "M"}, "sex", "differs", "high"),
        ({"sex": ""}, "sex", "unknown", "none"),
        ({"surname": "Асанов"}, "surname", "near", "low"),
        ({"surname": "Осмонова"}, "surname", "differs", "high"),
        ({"given": "Бегимай"}, "given", "differs", "high"),
        ({"surname": ""}, "surname", "unknown", "none"),
    ],
)
def test_a_difference_is_pointed_out(values, field, verdict, severity):
    finding = one(field, replace(TYPED, **values))
    assert (finding.verdict, finding.severity) == (verdict, severity)


def test_exchanged_day_and_month_are_near():
    fields = replace(READING.fields, birth=date(2008, 4, 3))
    reading = replace(READING, fields=fields)
    assert one("birth", replace(TYPED, birth=date(2008, 3, 4)), reading).verdict == "near"


@pytest.mark.parametrize(
    ("read", "given", "patronymic"),
    [
        ("AIPERI", "Айпери", "Асановна"),
        ("AIPERI ASANOVNA", "Айпери", "Асановна"),
        ("AIPERI ASANOVNA", "Айпери", ""),
    ],
)
def test_given_name_matches_with_and_without_the_patronymic(read, given, patronymic):
    reading = replace(READING, fields=replace(READING.fields, given=read))
    typed = replace(TYPED, given=given, patronymic=patronymic)
    assert one("given", typed, reading).verdict == "match"


def test_a_name_cut_by_the_zone_matches():
    line = "ABDYKERIMOVA<<CHOLPONBEKKYZYAI"
    reading = replace(READING, lines=(*READING.lines[:2], line))
    reading = replace(
        reading, fields=replace(READING.fields, surname="ABDYKERIMOVA", given="CHOLPONBEKKYZYAI")
    )
    typed = replace(TYPED, surname="Абдыкеримова", given="Чолпонбеккызыайгерим")
    assert (one("surname", typed, reading).verdict, one("given", typed, reading).verdict) == (
        "match",
        "match",
    )


def test_a_repaired_reading_never_raises_a_high_alarm_about_numbers():
    reading = replace(READING, repaired=1, status="probable")
    assert one("number", replace(TYPED, number="AN7654321"), reading).severity == "low"


def test_an_unread_document_leaves_everything_unknown():
    assert set(verdicts(TYPED, Reading()).values()) == {"unknown"}


@given(
    st.builds(
        Typed, **dict.fromkeys(["number", "pin", "sex", "surname", "given"], st.text(max_size=20))
    )
)
def test_any_typing_is_compared_and_has_its_sentence(typed):
    messages = {finding.message for finding in compare(READING, typed)}
    assert messages <= set(SENTENCES)


def test_read_values_are_shown_beside_the_typed_ones():
    finding = one("birth", TYPED, replace(READING, fields=Fields(birth=date(2008, 3, 14))))
    assert (finding.read, finding.typed) == ("2008-03-14", "2008-03-14")
