"""Search folds case, Ё/Е and the Kyrgyz letters in both directions (ruling 21)."""

import pytest
from django.urls import reverse

from kabinet.cabinets.searching import pieces
from kabinet.exams.actions import open_forms
from kabinet.people.access_rows import AccessRow


@pytest.fixture
def search(client_of, zhamal, school, campaign):
    rows = [
        AccessRow("+996555204118", "Жээнбеков", "Өмүрбек", "Алёшевич"),
        AccessRow("+996700415902", "Осмонов", "Нурбек"),
        AccessRow(None, "Үсөнова", "Айжаңыл"),
    ]
    opened = open_forms(actor=zhamal, campaign=campaign, school=school, rows=rows)
    address = reverse("cabinets:school", args=[school.pk])
    client = client_of(zhamal)

    def found(typed: str) -> list[str]:
        page = client.get(address, {"q": typed.replace("{number}", opened[2].person.number)})
        return [line.person.given_name for line in page.context["lines"]]

    return found


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("омурбек", ["Өмүрбек"]),
        ("ӨМҮРБЕК", ["Өмүрбек"]),
        ("алешевич жээн", ["Өмүрбек"]),
        ("усонова", ["Айжаңыл"]),
        ("айжанылҮСӨН", []),
        ("үсөнова айжаныл", ["Айжаңыл"]),
        ("өсмөнөв", ["Нурбек"]),
        ("0555 204 118", ["Өмүрбек"]),
        ("+996 (555) 204-118", ["Өмүрбек"]),
        ("996700415902", ["Нурбек"]),
        ("415902", ["Нурбек"]),
        ("{number}", ["Айжаңыл"]),
        ("нурбек 415902", ["Нурбек"]),
        ("нет такого", []),
        ("%", []),
        ("_", []),
        ("", ["Өмүрбек", "Нурбек", "Айжаңыл"]),
    ],
)
def test_search_finds(search, typed, names):
    assert search(typed) == names


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("  ", []),
        ("+", []),
        ("0", ["0"]),
        ("0 700 41", ["70041"]),
        ("Ёлкина-Ым", ["елкина", "ым"]),
    ],
)
def test_pieces(typed, expected):
    assert pieces(typed) == expected
