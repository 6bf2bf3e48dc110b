"""Bakyt belongs to another school, the other officer to another district: they see nothing of ours."""

import pytest
from django.urls import reverse

from kabinet.people.models import Person
from tests.conftest import at, person


@pytest.fixture
def doors(school, district, aiperi, application) -> list[str]:
    return [
        reverse("cabinets:school", args=[school.pk]),
        reverse("cabinets:accesses", args=[school.pk]),
        reverse("cabinets:slips", args=[school.pk]),
        reverse("cabinets:school_password", args=[school.pk, aiperi.pk]),
        reverse("cabinets:school_slip", args=[school.pk, aiperi.pk]),
        reverse("cabinets:district", args=[district.pk]),
    ]


def test_bakyt_finds_nothing_of_another_school(client_of, bakyt, doors):
    client = client_of(bakyt)
    assert [client.get(door).status_code for door in doors] == [404] * 6


def test_an_officer_finds_nothing_of_another_district(client_of, other_district, doors):
    other = at(
        person("Токтогулов", "Азамат", "", "+996700415903"), other_district, "district_officer"
    )
    client = client_of(other)
    assert [client.get(door).status_code for door in doors] == [404] * 6


def test_a_graduate_finds_no_school_not_even_the_own(client_of, aiperi, doors):
    client = client_of(aiperi)
    assert [client.get(door).status_code for door in doors] == [404] * 6


def test_a_responsible_finds_the_school_but_no_district(client_of, zhamal, doors):
    client = client_of(zhamal)
    assert [client.get(door).status_code for door in doors[:4]] == [200, 200, 302, 200]
    assert client.get(doors[-1]).status_code == 404


def test_posting_into_another_school_opens_nothing(client_of, bakyt, doors):
    typed = {"phone": "0551846370", "surname": "Мамытова", "given_name": "Гүлзада"}
    assert client_of(bakyt).post(doors[0], typed).status_code == 404
    assert Person.objects.filter(surname="Мамытова").count() == 0


def test_the_centre_is_only_for_administrators(client_of, zhamal, daniyar, aiperi, aida):
    found = {who: client_of(who).get("/centre/").status_code for who in (zhamal, daniyar, aiperi)}
    assert set(found.values()) == {404}
    assert client_of(aida).get("/centre/").status_code == 200


def test_a_list_of_a_school_shows_nobody_of_another(
    client_of, bakyt, other_school, application, campaign
):
    page = client_of(bakyt).get(reverse("cabinets:school", args=[other_school.pk]))
    assert page.context["lines"] == []
    assert "Абдыраева" not in page.content.decode()
