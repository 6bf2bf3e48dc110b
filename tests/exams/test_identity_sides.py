"""What to mend in each photo of the document."""

from dataclasses import replace
from uuid import uuid4

import pytest

from kabinet.core.passport import Quality
from kabinet.exams.identity.sides import Side, advice_on, advice_on_both
from kabinet.exams.models import DocumentKind
from tests.exams.readings import front, read

CARD = DocumentKind(zone="TD1", two_sides=True)
PASSPORT = DocumentKind(zone="TD3", two_sides=False)
CERTIFICATE = DocumentKind(zone="", two_sides=False)
MILITARY = DocumentKind(zone="", two_sides=True)

UNREAD = replace(front(), quality=Quality(side="unknown"))
DARK = replace(front(), quality=Quality(dark=True))


@pytest.mark.parametrize(
    ("reading", "side", "kind", "start"),
    [
        (front(), "front", CARD, ""),
        (read(), "back", CARD, ""),
        (read(), "front", CARD, "Переверните документ"),
        (front(), "back", CARD, "Снимите целиком сторону со строками"),
        (UNREAD, "back", CARD, "Проверьте, что строки"),
        (read(form="TD3"), "front", PASSPORT, ""),
        (UNREAD, "front", PASSPORT, "Проверьте, что строки"),
        (UNREAD, "front", CERTIFICATE, ""),
        (UNREAD, "back", MILITARY, ""),
        (DARK, "front", CERTIFICATE, "Снимите у окна"),
        (front(), "front", None, ""),
        (front(), "back", None, "Снимите целиком сторону со строками"),
        (read(repaired=1), "back", CARD, "Сверьте прочитанное"),
    ],
)
def test_each_side_gets_the_advice_of_its_place(reading, side, kind, start):
    said = advice_on(reading, side, kind)
    assert bool(said) == bool(start)
    assert "".join(said).startswith(start)


def both(one, other):
    sides = [Side(uuid4(), "front", "fine", one), Side(uuid4(), "back", "fine", other)]
    return advice_on_both(sides)


def test_the_same_side_twice_is_said_of_both():
    assert both(read(digest="a"), read()) == (
        "Замените один из снимков: на обоих одна и та же сторона документа.",
    )
    assert both(front(digest="b"), read())
    assert both(front(), read()) == ()
    assert both(None, read()) == ()
    assert advice_on_both([]) == ()
