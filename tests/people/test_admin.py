"""Administration: behind the common door, without passwords, written into the journal."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from kabinet.audit.models import Event
from kabinet.people.models import FirstPassword, Organisation, Person, Post
from tests.people.conftest import OWN, is_in, knock

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(aida):
    Person.objects.filter(pk=aida.pk).update(is_staff=True, is_superuser=True)
    return Person.objects.get(pk=aida.pk)


def test_the_administration_has_no_door_of_its_own(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"


def test_who_is_no_administrator_is_refused(client_of, zhamal):
    assert client_of(zhamal).get("/admin/", follow=True).status_code == 403


def test_the_administration_shows_only_what_has_an_effect(client_of, boss):
    page = client_of(boss).get("/admin/").content.decode()
    assert boss.short_name in page
    assert "Django" not in page
    assert "/admin/people/organisation/" in page
    assert "/admin/auth/group/" not in page
    assert "/admin/account/emailaddress/" not in page


def test_passwords_are_changed_only_at_the_common_place(client_of, boss):
    assert client_of(boss).get("/admin/password_change/")["Location"] == "/password/change/"


def test_a_person_added_here_gets_a_number_and_no_password(client_of, boss):
    response = client_of(boss).post(
        "/admin/people/person/add/",
        {
            "surname": "Асанов",
            "given_name": "Бекзат",
            "phone": "0700 415 902",
            "email": "Bekzat@Example.KG",
            "is_active": "on",
            "is_superuser": "on",
            "password": "подобранный пароль",
            "number": "12345678",
        },
    )
    assert response.status_code == 302
    person = Person.objects.get(surname="Асанов")
    assert (person.phone, person.email) == ("+996700415902", "bekzat@example.kg")
    assert (person.is_superuser, person.has_own_password) == (False, False)
    assert person.number != "12345678"
    event = Event.objects.get()
    assert event.verb == "person.added"
    assert event.details.values["changes"]["Фамилия"] == ["", "Асанов"]


def test_a_person_is_not_deleted_here(client_of, boss, zhamal):
    response = client_of(boss).post(f"/admin/people/person/{zhamal.pk}/delete/", {"post": "yes"})
    assert response.status_code == 403


def test_a_post_in_the_wrong_place_is_refused(client_of, boss, zhamal, district):
    response = client_of(boss).post(
        "/admin/people/post/add/",
        {
            "person": str(zhamal.pk),
            "organisation": str(district.pk),
            "role": "responsible",
            "since": "01.09.2026",
        },
    )
    assert response.context["errors"]
    assert Post.objects.filter(organisation=district).count() == 0


def test_a_school_stands_under_a_district(client_of, boss, centre):
    response = client_of(boss).post(
        "/admin/people/organisation/add/",
        {"kind": "school", "code": "7", "name": "Школа № 7", "parent": str(centre.pk)},
    )
    assert response.context["errors"]
    assert not Organisation.objects.filter(code="7").exists()


@pytest.mark.parametrize(("kind", "code"), [("university", "1"), ("district", "12")])
def test_a_code_that_is_taken_is_named(client_of, boss, centre, district, kind, code):
    """Rights are prefixes of the chain of codes: two roots of one code would share them."""
    parent = str(centre.pk) if kind == "district" else ""
    typed = {"kind": kind, "code": code, "name": "Ещё один", "parent": parent}
    response = client_of(boss).post("/admin/people/organisation/add/", typed)
    assert response.status_code == 200
    assert "Этот код здесь уже занят" in response.text


def test_new_first_passwords_are_shown_once_and_only_after_the_password(boss, zhamal):
    boss.set_password(OWN)
    boss.save()
    client = Client()
    knock(client, "0555000001", OWN)
    form = {"action": "give_first_password", "_selected_action": [str(zhamal.pk), str(boss.pk)]}
    page = client.post("/admin/people/person/", form).content.decode()
    digits = FirstPassword.objects.get()
    assert digits.person == zhamal
    assert "Свой пароль меняют в своём меню" in page


def test_createadmin_opens_the_first_administrator(db, client):
    told = io.StringIO()
    call_command(
        "createadmin",
        "+996555000001",
        surname="Асанова",
        name="Аида",
        centre="Центр тестирования",
        stdout=told,
    )
    digits = told.getvalue().strip().rpartition(": ")[2]
    person = Person.objects.get()
    assert (person.is_staff, person.is_superuser, person.posts.get().role) == (
        True,
        True,
        "administrator",
    )
    assert knock(client, "0555000001", digits)["Location"] == "/password/"
    client.post("/password/", {"password": OWN})
    assert is_in(client)
    assert client.get("/admin/").status_code == 200


def test_createadmin_gives_a_locked_out_administrator_a_new_password(boss, client):
    told = io.StringIO()
    call_command("createadmin", "+996555000001", stdout=told)
    digits = told.getvalue().strip().rpartition(": ")[2]
    assert knock(client, "0555000001", digits)["Location"] == "/password/"
    assert Event.objects.get().actor_text == "Кабинет"


def test_createadmin_makes_nobody_else_an_administrator(zhamal):
    with pytest.raises(CommandError):
        call_command("createadmin", "+996555900100")


@pytest.mark.parametrize(
    "arguments", [["12"], ["+996555000009"], ["+996555000009", "--surname", "Асанова"]]
)
def test_createadmin_says_what_is_missing(centre, arguments):
    with pytest.raises(CommandError):
        call_command("createadmin", *arguments)
    assert not Person.objects.exists()
