"""The door: who is let in, by which name, and what everybody else is told."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import Client
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.people import actions, first_passwords
from kabinet.people.access_rows import AccessRow
from kabinet.people.models import FirstPassword, Organisation, Person
from kabinet.people.passwords import Argon2Hasher
from tests.people.conftest import OWN, is_in, knock

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(opened) -> Person:
    """Aiperi with an own password."""
    actions.set_own_password(person=opened.person, raw=OWN)
    return opened.person


def said(response) -> list[str]:
    return list(response.context["form"].non_field_errors())


@pytest.mark.parametrize(
    "login",
    [
        "0555204118",
        "0555 204 118",
        "555-20-41-18",
        "996555204118",
        "+996 555 204118",
        "+996 (0555) 20-41-18",
    ],
)
def test_sign_in_takes_the_phone_however_it_is_written(settled, client, login):
    assert knock(client, login, OWN).status_code == 302
    assert is_in(client)


def test_sign_in_takes_the_number_and_the_email(settled, client):
    Person.objects.filter(pk=settled.pk).update(email="aiperi@example.kg")
    for login in (f"{settled.number[:4]} {settled.number[4:]}", "AIPERI@Example.kg"):
        browser = Client()
        assert knock(browser, login, OWN).status_code == 302
        assert is_in(browser)


def test_the_door_offers_registration_only_where_there_is_a_university(client):
    def offers() -> tuple[bool, int]:
        page = client.get("/sign-in/").content.decode()
        return 'href="/register/"' in page, client.get("/register/").status_code

    assert offers() == (False, 404)
    Organisation.objects.create(kind="university", code="u1", name="Университет")
    assert offers() == (True, 200)


def test_sign_in_with_the_first_password_leads_to_an_own_one(opened, client):
    response = knock(client, "0555204118", opened.first_password)
    assert (response.status_code, response["Location"]) == (302, "/password/")
    assert not is_in(client)


@pytest.mark.parametrize(
    "write", [str, lambda digits: f" {digits[:4]} {digits[4:8]}-{digits[8:]} "]
)
def test_first_password_may_be_typed_as_it_is_printed(opened, client, write):
    response = knock(client, "0555204118", write(opened.first_password))
    assert response["Location"] == "/password/"


def test_own_password_is_set_and_opens_the_door(opened, client):
    knock(client, "0555204118", opened.first_password)
    response = client.post("/password/", {"password": OWN})
    assert (response.status_code, response["Location"]) == (302, "/history/")
    assert is_in(client)
    assert not FirstPassword.objects.exists()
    again = Client()
    assert said(knock(again, "0555204118", opened.first_password)) == [
        "Логин и пароль не подходят друг к другу. Осталось 4 попытки"
    ]
    assert knock(again, "0555204118", OWN).status_code == 302


def test_own_password_page_says_what_is_wrong_and_keeps_the_person_outside(opened, client):
    knock(client, "0555204118", opened.first_password)
    response = client.post("/password/", {"password": "1234567890"})
    assert response.status_code == 200
    assert response.context["form"].errors["password"]
    assert not is_in(client)


def test_own_password_page_without_a_first_password_leads_to_the_door(client):
    response = client.get("/password/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")


def test_own_password_page_of_a_replaced_first_password_is_closed(opened, zhamal, client):
    knock(client, "0555204118", opened.first_password)
    actions.replace_password(actor=zhamal, person=opened.person)
    response = client.post("/password/", {"password": OWN})
    assert (response.status_code, response["Location"]) == (302, "/sign-in/")
    assert not Person.objects.get(pk=opened.person.pk).has_own_password


def ended(person, zhamal):
    actions.end_post(actor=zhamal, post=person.posts.get(), reason="ушла из школы")


def blocked(person, zhamal):
    Person.objects.filter(pk=person.pk).update(is_active=False)


def expired(person, zhamal):
    FirstPassword.objects.update(expires_at=timezone.now())


@pytest.mark.parametrize("taken_back", [ended, blocked, expired])
def test_own_password_page_closes_when_the_access_is_taken_back(opened, zhamal, client, taken_back):
    knock(client, "0555204118", opened.first_password)
    taken_back(opened.person, zhamal)
    assert client.post("/password/", {"password": OWN})["Location"] == "/sign-in/"
    assert not is_in(client)
    assert not Person.objects.get(pk=opened.person.pk).has_own_password


def test_own_password_page_opens_in_a_session_with_a_new_key(opened, client):
    client.get("/sign-in/")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["kabinet"] = session.session_key
    knock(client, "0555204118", opened.first_password)
    assert client.cookies["kabinet"].value != session.session_key


def test_the_door_shows_itself_to_the_next_person_at_the_computer(opened, client):
    knock(client, "0555204118", opened.first_password)
    assert client.get("/sign-in/").status_code == 200


def test_wrong_pairs_get_one_answer_whoever_exists(opened, settled_other):
    answers = []
    for login in ("0555204118", settled_other, "0700999888"):
        response = knock(Client(), login, "неверный пароль")
        page = response.content.decode().replace(login, "LOGIN")
        token = response.context["csrf_token"]
        answers.append((response.status_code, page.replace(str(token), "TOKEN")))
    assert answers[0] == answers[1] == answers[2]


@pytest.fixture
def settled_other(zhamal) -> str:
    zhamal.set_password(OWN)
    zhamal.save()
    return "0555900100"


class CountingHasher(Argon2Hasher):
    """Counts how often it had to work."""

    worked = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).worked += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        type(self).worked += 1
        return Argon2PasswordHasher.verify(self, password, encoded)


@pytest.mark.parametrize("login", ["0555204118", "0555900100", "0700999888"])
@pytest.mark.parametrize("secret", ["неверный пароль", "0000000000"])
def test_every_try_costs_one_hash_whoever_exists(opened, settled_other, settings, login, secret):
    settings.PASSWORD_HASHERS = ["tests.people.test_sign_in.CountingHasher"]
    CountingHasher.worked = 0
    knock(Client(), login, secret)
    assert CountingHasher.worked == 1


def test_expired_first_password_says_whom_to_ask(opened, client):
    FirstPassword.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert said(knock(client, "0555204118", opened.first_password)) == [
        "Первый пароль больше не действует. Попросите школу выдать новый"
    ]


def test_first_password_lives_exactly_until_the_access_ends(opened, end):
    row = FirstPassword.objects.select_related("person").get()
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert first_passwords.opens(row.person, opened.first_password)
    with time_machine.travel(end, tick=False), pytest.raises(first_passwords.Expired):
        first_passwords.opens(row.person, opened.first_password)


def test_wrong_tries_only_slow_down(opened, client):
    for left in (4, 3, 2, 1):
        assert said(knock(client, "0555204118", "0000000000"))[0].split(". ")[1].split()[1] == str(
            left
        )
    assert said(knock(client, "0555204118", "0000000000")) == [
        "Логин и пароль не подходят друг к другу."
    ]
    response = knock(client, "0555204118", opened.first_password)
    assert response.status_code == 429
    assert said(response) == ["Слишком много попыток. Попробуйте снова через 5 минут"]
    assert 0 < int(response["Retry-After"]) <= 300
    with time_machine.travel(timezone.now() + timedelta(seconds=301)):
        assert knock(client, "0555204118", opened.first_password)["Location"] == "/password/"


def test_tries_of_a_person_are_counted_together_for_all_logins(opened, client):
    for login in ("0555204118", opened.person.number, "+996555204118", opened.person.number):
        knock(client, login, "0000000000")
    assert said(knock(client, "0555204118", "0000000000")) == [
        "Логин и пароль не подходят друг к другу."
    ]


def test_a_burnt_login_does_not_close_the_slip(opened, client):
    for _ in range(6):
        knock(client, "0555204118", "0000000000")
    token = first_passwords.token(FirstPassword.objects.get())
    response = knock(client, opened.person.number, token=token)
    assert response["Location"] == "/password/"


def test_sixty_people_of_one_school_sign_in_within_five_minutes(opened, settled_other, client):
    for _ in range(60):
        browser = Client(REMOTE_ADDR="10.0.0.7")
        assert knock(browser, "0555900100", OWN).status_code == 302


def test_slip_token_opens_like_the_digits_and_dies_with_them(opened, zhamal, client):
    token = first_passwords.token(FirstPassword.objects.get())
    assert knock(Client(), "0555204118", token)["Location"] == "/password/"
    assert knock(Client(), opened.person.number, token=token)["Location"] == "/password/"
    actions.replace_password(actor=zhamal, person=opened.person)
    assert said(knock(client, opened.person.number, token=token)) == [
        "Эта памятка больше не действует. Войдите своим паролем или попросите новую"
    ]


def test_slip_token_of_one_person_does_not_open_another(open_graduates, opened, client):
    from_other = open_graduates(AccessRow("0700415902", "Асанов", "Бекзат"))[0].person
    token = first_passwords.token(FirstPassword.objects.get(person=from_other))
    assert knock(client, opened.person.number, token=token).status_code == 200


def test_a_wrong_token_is_not_sent_again_with_the_password(opened, client):
    page = knock(client, opened.person.number, token="x" * 22).content.decode()
    assert '<input type="hidden" name="token">' in page


def test_what_can_be_no_login_is_named(client, db):
    form = knock(client, "0555 20 41", "x").context["form"]
    assert form.errors["login"] == ["В номере не хватает двух цифр"]


def test_nobody_who_may_not_sign_in_does(settled, client):
    Person.objects.filter(pk=settled.pk).update(is_active=False)
    assert knock(client, "0555204118", OWN).status_code == 200
    assert not is_in(client)


def test_sign_in_needs_the_csrf_token(settled):
    client = Client(enforce_csrf_checks=True)
    assert knock(client, "0555204118", OWN).status_code == 403


def test_sign_in_returns_to_the_page_one_came_from(settled, client):
    asked = client.get("/password/change/")
    assert asked["Location"] == "/sign-in/?next=/password/change/"
    response = client.post(asked["Location"], {"login": "0555204118", "password": OWN})
    assert response["Location"] == "/password/change/"


def test_sign_in_does_not_lead_to_other_sites(settled, client):
    response = client.post(
        "/sign-in/?next=https://evil.example/", {"login": "0555204118", "password": OWN}
    )
    assert response["Location"] == "/history/"


def test_each_sign_in_is_one_event(settled, client):
    knock(client, "0555204118", OWN)
    events = Event.objects.filter(verb="person.signed_in")
    assert [(event.actor_id, event.person_id) for event in events] == [
        (str(settled.pk), str(settled.pk))
    ]


def test_the_language_of_the_person_follows_to_a_new_browser(settled, client):
    Person.objects.filter(pk=settled.pk).update(language="ky")
    response = knock(client, "0555204118", OWN)
    assert response.cookies["kabinet_language"].value == "ky"


def test_a_person_without_a_language_takes_the_pages(settled, client):
    client.cookies["kabinet_language"] = "en"
    knock(client, "0555204118", OWN)
    assert Person.objects.get(pk=settled.pk).language == "en"


def test_switching_the_language_at_the_door_keeps_the_login_and_tries_nothing(opened, client):
    response = knock(client, "0555 204 118", "0000000000", _language="ky")
    assert response.status_code == 200
    assert response.context["form"]["login"].value() == "0555 204 118"
    assert response.context["form"].errors == {}
    assert '<html lang="ky"' in response.content.decode()
    assert response.cookies["kabinet_language"].value == "ky"
    assert knock(client, "0555204118", opened.first_password)["Location"] == "/password/"


def test_switching_the_language_when_signed_in_is_remembered(settled, client):
    knock(client, "0555204118", OWN)
    client.post("/language/", {"_language": "ky", "next": "/history/"})
    assert Person.objects.get(pk=settled.pk).language == "ky"


def test_no_form_of_the_door_changes_more_than_the_password(opened, client):
    Person.objects.filter(pk=opened.person.pk).update(language="ru")
    everything = {
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "",
        "number": "12345678",
        "phone": "+996700000000",
        "email": "x@example.kg",
        "surname": "Другая",
        "id": "0",
        "person": "0",
        "user": "0",
    }
    before = Person.objects.values().get(pk=opened.person.pk)
    knock(client, "0555204118", opened.first_password, **everything)
    client.post("/password/", {**everything, "password": OWN})
    client.post("/password/change/", {**everything, "password": f"{OWN} снова"})
    client.post("/confirm/", {**everything, "password": f"{OWN} снова"})
    after = Person.objects.values().get(pk=opened.person.pk)
    changed = {name for name, value in after.items() if value != before[name]}
    assert changed == {"password", "last_login"}
