"""The district's and the centre's home: figures, tabs, opening accesses for those who look after a place."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.cabinets.queries.branches import Branch
from kabinet.cabinets.queries.figures import Figures, whole
from kabinet.people.models import Organisation, Person, Post
from tests.conftest import at, person

TYPED = {
    "phone": "0555 321 654",
    "surname": "Осмонова",
    "given_name": "Айнура",
    "patronymic": "Эркиновна",
}


@pytest.fixture
def address(district) -> str:
    return reverse("cabinets:district", args=[district.pk])


@pytest.fixture
def empty_school(district) -> Organisation:
    return Organisation.objects.create(
        kind="school", code="7", name="Школа № 7", town="с. Светлая Поляна", parent=district
    )


def names(response) -> list[str]:
    return [branch.organisation.name for branch in response.context["page"].rows]


def test_figures_of_the_district_are_those_of_its_schools(
    client_of, daniyar, zhamal, address, school, other_school, empty_school, graduates, bakyt
):
    client_of(zhamal)
    school.expected = 10
    school.save()
    graduates(2)
    graduates(1, state="completed", payment="in_review")
    graduates(4, at=other_school, by=bakyt)
    seen = client_of(daniyar).get(address).context["seen"]
    assert (seen.schools, seen.schools_alone) == (2, 1)
    assert (seen.figures.opened, seen.figures.sent, seen.figures.expected) == (3, 1, 10)
    own, empty = seen.branches
    assert (own.figures.opened, own.holders[0].state) == (3, "own_password")
    assert (empty.figures.opened, empty.holders, empty.last_event) == (0, [], None)
    assert own.last_event == Event.objects.filter(chain=str(school.pk)).last().at


def test_figures_of_the_centre_are_those_of_all_districts(
    client_of, aida, daniyar, school, other_school, graduates, bakyt
):
    graduates(2)
    graduates(4, at=other_school, by=bakyt)
    seen = client_of(aida).get("/centre/").context["seen"]
    assert (len(seen.branches), seen.schools, seen.figures.opened) == (2, 2, 6)
    by_name = {branch.organisation.name: branch for branch in seen.branches}
    jeti_oguz, ton = by_name["Джети-Огузский район"], by_name["Тонский район"]
    assert (jeti_oguz.figures.opened, jeti_oguz.holders[0].person) == (2, daniyar)
    assert (ton.figures.opened, ton.holders, ton.schools) == (4, [], 1)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Школа № 5", "Школа № 7"]),
        ({"tab": "alone"}, ["Школа № 7"]),
        ({"tab": "lagging"}, ["Школа № 5"]),
        ({"q": "светлая"}, ["Школа № 7"]),
        ({"q": "сыдыкова"}, ["Школа № 5"]),
        ({"q": "нет такой"}, []),
        ({"q": "%"}, []),
        ({"sort": "-name"}, ["Школа № 7", "Школа № 5"]),
        ({"sort": "activity"}, ["Школа № 7", "Школа № 5"]),
        ({"sort": "nonsense"}, ["Школа № 5", "Школа № 7"]),
    ],
)
def test_tabs_search_and_order(
    client_of, daniyar, address, empty_school, graduates, query, expected
):
    graduates(4)
    assert names(client_of(daniyar).get(address, query)) == expected


@pytest.mark.parametrize(
    ("sent", "awaited", "gone", "lags"),
    [(0, 0, 1.0, False), (0, 4, 0.5, True), (1, 4, 0.5, False), (4, 4, 1.0, False)],
)
def test_a_school_lags_below_half_of_what_is_due(sent, awaited, gone, lags):
    figures = Figures({"done": sent, "draft": awaited - sent})
    assert Branch(Organisation(), figures).lags(gone) is lags


def test_together_schools_expect_what_they_told_or_what_they_have():
    parts = [Figures({"draft": 4}, None), Figures({"draft": 1}, 10), Figures({"draft": 3}, 2)]
    assert (whole(parts).expected, whole(parts).opened) == (17, 8)
    assert whole([Figures({"draft": 4})]).expected is None


def test_opening_a_responsible_shows_the_first_password(
    client_of, daniyar, address, empty_school, campaign
):
    client = client_of(daniyar)
    assert client.post(address, TYPED | {"place": empty_school.pk})["Location"] == address
    page = client.get(address)
    handed, created = page.context["handed"], Person.objects.get(surname="Осмонова")
    assert (handed.person, handed.how, len(handed.password)) == (created, "opened", 12)
    assert page.context["handed_place"] == empty_school
    assert Post.objects.get(person=created).role == "responsible"
    slip = client.get(reverse("cabinets:school_slip", args=[empty_school.pk, created.pk]))
    assert slip["Content-Type"] == "application/pdf"
    assert [event.verb for event in Event.objects.order_by("pk")] == [
        "responsible.opened",
        "slips.downloaded",
    ]


def test_the_next_row_begins_at_its_school(client_of, daniyar, address, empty_school, campaign):
    client = client_of(daniyar)
    client.post(address, TYPED | {"place": empty_school.pk})
    for query, first in (({}, "place"), ({"place": empty_school.pk}, "phone")):
        fields = client.get(address, query).context["form"].fields
        assert [name for name in fields if "autofocus" in fields[name].widget.attrs] == [first]


def test_a_double_click_opens_one_responsible(client_of, daniyar, address, empty_school, campaign):
    client = client_of(daniyar)
    for _ in range(2):
        client.post(address, TYPED | {"place": empty_school.pk})
    assert client.get(address).context["handed"].how == "opened"
    assert Person.objects.filter(surname="Осмонова").count() == 1


def test_a_school_of_another_district_cannot_be_chosen(
    client_of, daniyar, address, other_school, campaign
):
    response = client_of(daniyar).post(address, TYPED | {"place": other_school.pk})
    assert (response.status_code, response.context["form"].errors) == (
        422,
        {"place": ["Выберите из списка"]},
    )
    assert Person.objects.filter(surname="Осмонова").count() == 0


def test_wrong_fields_of_a_responsible_are_named(client_of, daniyar, address, school, campaign):
    response = client_of(daniyar).post(address, {**TYPED, "phone": "", "place": school.pk})
    assert response.context["form"].errors == {"phone": ["Напишите номер телефона"]}
    assert 'value="Осмонова"' in response.content.decode()


def test_the_centre_opens_an_officer(client_of, aida, other_district, campaign):
    client = client_of(aida)
    assert client.post("/centre/", TYPED | {"place": other_district.pk})["Location"] == "/centre/"
    page = client.get("/centre/")
    assert (page.context["handed"].how, page.context["handed_place"]) == ("opened", other_district)
    assert Post.objects.get(person__surname="Осмонова").role == "district_officer"


def test_an_officer_can_be_opened_before_there_is_a_campaign(client_of, aida, other_district):
    client_of(aida).post("/centre/", TYPED | {"place": other_district.pk})
    expires = Person.objects.get(surname="Осмонова").first_password.expires_at
    assert expires - timezone.now() > timedelta(days=13)


def test_a_responsible_who_never_came_is_told_from_one_who_did(
    client_of, daniyar, address, empty_school, campaign
):
    client = client_of(daniyar)
    client.post(address, TYPED | {"place": empty_school.pk})
    branch = client.get(address, {"q": "осмонова"}).context["page"].rows[0]
    assert branch.holders[0].state == "not_signed_in"


def test_an_empty_district_says_what_to_do(client_of, aida, other_district, campaign):
    officer = at(
        person("Токтогулов", "Азамат", "", "+996700415903"), other_district, "district_officer"
    )
    page = client_of(officer).get(reverse("cabinets:district", args=[other_district.pk]))
    assert "Школ в районе пока нет" in page.content.decode()
