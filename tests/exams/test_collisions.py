"""The same through the database and the pages: school and graduate at one form."""

import json

from django.urls import reverse

from kabinet.exams.models import Address
from tests.exams.conftest import GOOD, seen_by, type_in


def test_disjoint_fields_of_two_editors_both_stay(application, aiperi, zhamal):
    old = seen_by(application, "address")
    type_in(application, zhamal, "address", seen=old, town={"town": ["Каракол"]})
    saved = type_in(application, aiperi, "address", seen=old, street={"street": ["Манаса, 12"]})
    assert saved.collisions == ()
    row = Address.objects.get(pk=application.pk)
    assert (row.town, row.street) == ("Каракол", "Манаса, 12")


def test_a_collision_keeps_theirs_tells_who_and_saves_the_rest(application, aiperi, zhamal):
    old = seen_by(application, "address")
    type_in(application, zhamal, "address", seen=old, town={"town": ["Каракол"]})
    saved = type_in(
        application,
        aiperi,
        "address",
        seen=old,
        town={"town": ["Балыкчы"]},
        street={"street": ["Манаса, 12"]},
    )
    [collision] = saved.collisions
    assert (collision.field, collision.mine, collision.theirs) == (
        "town",
        {"town": ["Балыкчы"]},
        {"town": ["Каракол"]},
    )
    assert collision.who == zhamal.short_name
    row = Address.objects.get(pk=application.pk)
    assert (row.town, row.street) == ("Каракол", "Манаса, 12")


def post_page(client, application, seen, typed, **more):
    flat = {name: values for raw in typed.values() for name, values in raw.items()}
    address = reverse("exams:page", args=[application.pk, "address"])
    return client.post(address, {"seen": json.dumps(seen), **flat, **more})


def test_without_scripts_a_collision_is_a_page_with_both_values(
    application, aiperi, zhamal, client_of
):
    old = seen_by(application, "address")
    type_in(application, zhamal, "address", seen=old, **GOOD["address"])
    mine = {**GOOD["address"], "town": {"town": ["Балыкчы"]}}
    response = post_page(client_of(aiperi), application, old, mine)
    assert response.status_code == 409
    assert "<title>Ошибка: Адрес проживания" in response.text
    [shown] = response.context["collisions"]
    assert (shown["label"], shown["mine"], shown["theirs"]) == (
        "Город или село",
        "Балыкчы",
        "с. Кызыл-Суу",
    )
    assert Address.objects.get(pk=application.pk).town == "с. Кызыл-Суу"


def test_the_second_press_takes_mine_or_theirs_as_chosen(application, aiperi, zhamal, client_of):
    old = seen_by(application, "address")
    type_in(application, zhamal, "address", seen=old, **GOOD["address"])
    client = client_of(aiperi)
    mine = {**GOOD["address"], "town": {"town": ["Балыкчы"]}}
    now = json.loads(post_page(client, application, old, mine).context["seen"])
    post_page(client, application, now, mine, take_town="theirs")
    assert Address.objects.get(pk=application.pk).town == "с. Кызыл-Суу"
    post_page(client, application, now, mine, take_town="mine")
    assert Address.objects.get(pk=application.pk).town == "Балыкчы"


def test_an_autosave_that_collides_answers_409_with_the_other_value(
    application, aiperi, zhamal, client_of
):
    old = seen_by(application, "address")
    type_in(application, zhamal, "address", seen=old, town={"town": ["Каракол"]})
    response = post_page(
        client_of(aiperi),
        application,
        old,
        {"town": {"town": ["Балыкчы"]}, "street": {"street": ["Манаса, 12"]}},
        autosave="1",
        changed="town street",
    )
    told = response.json()
    assert response.status_code == 409
    assert (told["version"], told["notes"]["town"]["value"]) == ("2", "Каракол")
    assert json.loads(told["seen"]) == seen_by(application, "address")
