"""The cards of made-up people: drawings of no state, whose lines are nevertheless right."""

import random
from datetime import date

import pytest

from kabinet.core.passport import Typed, compare, read_document
from kabinet.core.passport.eyes import why_blind
from kabinet.core.passport.mrz import parse
from kabinet.site.demo.drawings import identity_card, machine_lines

NAMES = ("Мамытова", "Гүлзада", "Азаматовна")
CARD = {"number": "ID7654321", "pin": "10705200954321", "born": date(2009, 5, 7)}


def test_the_lines_are_right_in_every_check_digit():
    zone = parse(machine_lines(NAMES, **CARD))
    assert zone is not None
    assert set(zone.digits.values()) == {True}
    assert (zone.country, zone.surname, zone.given) == ("UTO", "MAMYTOVA", "GULZADA")


@pytest.mark.skipif(bool(why_blind()), reason=why_blind() or "the reader is here")
def test_a_drawn_card_is_read_and_agrees_with_what_its_holder_types():
    drawn = identity_card(random.Random(7), names=NAMES, **CARD, back=True)
    reading = read_document(drawn)
    typed = Typed(
        number="ID7654321",
        birth=date(2009, 5, 7),
        sex="F",
        surname="Мамытова",
        given="Гүлзада",
    )
    verdicts = {finding.verdict for finding in compare(reading, typed) if finding.read}
    assert (reading.status, verdicts) == ("probable", {"match"})
