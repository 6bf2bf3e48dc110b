"""«Регистрация нового пользователя»: from the form over a real mail server into the cabinet."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kabinet.audit import journal
from kabinet.notifications.delivery import deliver
from kabinet.notifications.models import Letter
from kabinet.people import codes
from kabinet.people.models import Organisation, Person
from kabinet.people.passwords import Argon2Hasher
from kabinet.portfolio import registering
from kabinet.portfolio.enrolling import match_waiting
from kabinet.portfolio.models import (
    Enrolment,
    Registration,
    RosterEntry,
    Speciality,
    StudyForm,
)
from kabinet.portfolio.standing import standing_of
from tests.people.test_parallel import AT_ONCE, together
from tests.portfolio import post_office

PASSWORD = "горный ветер над озером"
DINARA = {"given_name": "Динара", "surname": "Садыкова", "email": "Dinara@example.org"}


@pytest.fixture(autouse=True)
def letters(settings, university):
    with post_office.running(settings) as received:
        yield received


@pytest.fixture
def entry(university, department, orlova, office) -> RosterEntry:
    return listed(university, department, supervisor_email=orlova.email, imported_by=office)


@pytest.fixture
def ilya(ilya) -> Person:
    ilya.email = "ilya@example.org"
    ilya.save()
    return ilya


@pytest.fixture
def orlova(orlova) -> Person:
    orlova.email = "orlova@example.org"
    orlova.save()
    return orlova


def seen(page: str) -> str:
    """What is read there but the form's own secret and the seconds of a countdown."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"|через \d+ секунд\w?', "", page)


def listed(university: Organisation, department: Organisation, **more) -> RosterEntry:
    speciality, _new = Speciality.objects.get_or_create(
        university=university, code="2.3.1", defaults={"name_ru": "Системный анализ"}
    )
    facts = {
        "surname": "Садыкова",
        "given_name": "Динара",
        "patronymic": "Эмилевна",
        "email": "dinara@example.org",
        "speciality": speciality,
        "study_form": StudyForm.objects.get(university=university, code="full"),
        "year_of_study": 1,
        "topic": "Оползни",
        "supervisor_name": "Орлова Н. В.",
        "order_number": "41-к",
        "since": date(2026, 9, 1),
    }
    return RosterEntry.objects.create(
        university=university, department=department, **{**facts, **more}
    )


def send_letters() -> None:
    for key in list(Letter.objects.due().values_list("pk", flat=True)):
        assert deliver(key)


def ask(client: Client, **more) -> str:
    """Where the form leads, and what is read there."""
    answer = client.post(reverse("portfolio:register"), {**DINARA, **more}, follow=True)
    return f"{answer.redirect_chain} {answer.status_code} {seen(answer.content.decode())}"


def prove(client: Client, code: str, route: str = "portfolio:register_code"):
    return client.post(reverse(route), {"code": code})


def code_for(client: Client) -> str:
    """What stands in the letter this browser asked for, which has not been sent yet."""
    asked = client.session["code.register"]["code_id"]
    return str(Letter.objects.get(ref=f"code:{asked}").params["code"])


def registered(letters, **more) -> Client:
    client = Client()
    ask(client, **more)
    send_letters()
    prove(client, post_office.code_in(letters[-1]))
    client.post(reverse("portfolio:register_password"), {"password": PASSWORD})
    return client


def test_who_is_on_the_list_has_the_plan_at_once(letters, entry, orlova):
    client = registered(letters)
    dinara = Person.objects.get(email="dinara@example.org")
    enrolment = Enrolment.objects.get(person=dinara)
    standing = standing_of(enrolment)
    assert (standing.topic, standing.supervisor) == ("Оползни", orlova)
    assert dinara.full_name == "Садыкова Динара Эмилевна"
    assert client.get("/", follow=True).redirect_chain[-1] == ("/plan/", 302)
    assert client.get(reverse("portfolio:own")).status_code == 200
    assert dinara.has_own_password


def test_who_registers_for_a_university_is_not_led_to_the_test_for_schools(letters):
    client = Client()
    help_of_the_test = "Как зарегистрироваться"
    assert help_of_the_test in client.get(reverse("account_login")).content.decode()
    pages = ask(client), client.get(reverse("portfolio:register")).content.decode()
    assert [help_of_the_test in page for page in pages] == [False, False]


def test_the_letter_bears_the_code_and_what_to_do(letters):
    ask(Client())
    send_letters()
    [letter] = letters
    assert letter["To"] == "dinara@example.org"
    assert re.fullmatch(r"Код регистрации: \d{6}", letter["Subject"])
    assert "придумайте пароль" in letter.get_content()


def test_who_is_not_on_the_list_waits_for_the_office(letters):
    client = registered(letters)
    assert Registration.objects.get().state == "waiting"
    assert client.get("/", follow=True).redirect_chain[-1] == ("/registration/", 302)
    assert client.get(reverse("portfolio:own")).status_code == 404


def test_an_address_of_the_list_with_another_surname_waits_too(letters, entry):
    registered(letters, surname="Чужая")
    entry.refresh_from_db()
    assert (entry.enrolment, Registration.objects.get().state) == (None, "waiting")


def test_who_waits_is_matched_when_the_list_comes(letters, university, department):
    client = registered(letters)
    listed(university, department)
    client.post(reverse("portfolio:registration"))
    assert Registration.objects.get().state == "approved"
    assert match_waiting(university.pk) == 0
    assert client.get(reverse("portfolio:own")).status_code == 200


def test_the_list_of_another_university_takes_nobody(
    letters, university, other_university, other_department
):
    foreign = listed(other_university, other_department)
    client = registered(letters, university=str(university.pk))
    assert (Enrolment.objects.count(), Registration.objects.get().university) == (0, university)
    own = Organisation.objects.create(
        kind="department", code="as", name="Автоматизированные системы", parent=university
    )
    listed(university, own)
    client.post(reverse("portfolio:registration"))
    foreign.refresh_from_db()
    assert (Enrolment.objects.get().university, foreign.enrolment) == (university, None)


def test_known_and_unknown_addresses_get_the_same_answer(letters, ilya):
    unknown = ask(Client())
    known = ask(Client(), email=ilya.email)
    assert known.replace(ilya.email, "dinara@example.org") == unknown
    again = ask(Client(), email=ilya.email)
    assert again == known
    send_letters()
    told = {letter["To"]: letter["Subject"].split(":")[0] for letter in letters}
    assert told == {"dinara@example.org": "Код регистрации", ilya.email: "У вас уже есть кабинет"}
    assert len(letters) == 3


def test_knowing_an_address_opens_nothing(letters, ilya):
    client = Client()
    ask(client, email=ilya.email)
    before = ilya.password
    answers = {prove(client, f"{guess:06}").status_code for guess in range(8)}
    assert answers == {422}
    answer = client.post(reverse("portfolio:register_password"), {"password": PASSWORD})
    assert answer["Location"] == reverse("portfolio:register")
    ilya.refresh_from_db()
    assert (ilya.password, Person.objects.filter(email=ilya.email).count()) == (before, 1)


def test_after_five_wrong_codes_the_right_one_fails(letters):
    client = Client()
    ask(client)
    send_letters()
    code = post_office.code_in(letters[-1])
    for step in range(1, codes.MOST_TRIES + 1):
        prove(client, f"{(int(code) + step) % 10**6:06}")
    assert prove(client, code).status_code == 422


def test_a_stranger_who_knows_the_address_keeps_nobody_from_registering(letters, entry):
    victim = Client(REMOTE_ADDR="10.0.0.1")
    strangers = [Client(REMOTE_ADDR=f"10.0.0.{place}") for place in range(2, 5)]
    for stranger in strangers:
        ask(stranger)
    ask(victim)
    code = code_for(victim)
    for stranger in strangers:
        for step in range(codes.MOST_TRIES):
            assert prove(stranger, f"{(int(code) + 1 + step) % 10**6:06}").status_code == 422
        ask(Client(REMOTE_ADDR="10.0.0.2"))
    assert [prove(stranger, code).status_code for stranger in strangers] == [422] * 3
    prove(victim, code)
    victim.post(reverse("portfolio:register_password"), {"password": PASSWORD})
    assert Enrolment.objects.get().person.email == "dinara@example.org"


def test_of_a_stranger_and_the_owner_at_once_only_the_owner_gets_in(
    transactional_db, letters, entry
):
    clients = [Client(REMOTE_ADDR=f"10.0.0.{place}") for place in range(AT_ONCE)]
    for client in clients:
        ask(client)
    code = code_for(clients[-1])  # the last browser is the owner's

    def tries(place: int) -> list[int]:
        typed = [code] if place == AT_ONCE - 1 else [f"{(int(code) + 1) % 10**6:06}"] * 7 + [code]
        return [prove(clients[place], each).status_code for each in typed]

    assert together(tries) == [[422] * 8] * (AT_ONCE - 1) + [[302]]


def test_who_asks_again_within_a_minute_keeps_the_code(letters, entry):
    client = Client()
    ask(client, given_name="Динарв")
    ask(client)
    send_letters()
    [letter] = letters
    prove(client, post_office.code_in(letter))
    client.post(reverse("portfolio:register_password"), {"password": PASSWORD})
    assert Person.objects.get(email="dinara@example.org").given_name == "Динара"


def test_a_code_works_only_in_the_browser_that_asked(letters):
    ask(Client())
    send_letters()
    answer = prove(Client(), post_office.code_in(letters[-1]))
    assert answer["Location"] == reverse("portfolio:register")


def test_without_the_code_there_is_no_password_page(letters):
    client = Client()
    ask(client)
    answer = client.get(reverse("portfolio:register_password"))
    assert answer["Location"] == reverse("portfolio:register")


def test_the_session_gets_a_new_key_with_the_proof(letters):
    client = Client()
    ask(client)
    before = client.session.session_key
    send_letters()
    prove(client, post_office.code_in(letters[-1]))
    assert client.session.session_key != before


def test_of_two_who_proved_the_same_address_one_is_registered(letters, university):
    registered(letters)
    with pytest.raises(registering.Taken):
        registering.register(
            email="dinara@example.org",
            surname="Другая",
            given_name="Анна",
            university=university,
            raw=PASSWORD,
            language="ru",
        )


def test_of_several_at_once_with_the_same_address_one_is_registered(
    transactional_db, letters, entry, university
):
    def register(place: int) -> str:
        try:
            registering.register(
                email="dinara@example.org",
                surname="Садыкова",
                given_name="Динара",
                university=university,
                raw=f"{PASSWORD} {place}",
                language="ru",
            )
        except registering.Taken:
            return "taken"
        return "registered"

    assert sorted(together(register)) == ["registered"] + ["taken"] * (AT_ONCE - 1)
    assert Enrolment.objects.get().person == Person.objects.get(email="dinara@example.org")
    assert list(journal.verify()) == []


def test_another_letter_only_after_a_minute(letters, today):
    client = Client()
    ask(client)
    address = reverse("portfolio:register_code")
    client.post(address, {"resend": "1"})
    assert Letter.objects.count() == 1
    today.shift(61)
    client.post(address, {"resend": "1"})
    assert Letter.objects.count() == 2


def test_one_address_of_the_net_asks_only_so_often(letters, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "code_asked": "2/h/ip"}
    client = Client()
    for place in range(2):
        ask(client, email=f"p{place}@example.org")
    answer = client.post(reverse("portfolio:register"), {**DINARA, "email": "p3@example.org"})
    assert answer.status_code == 429


def test_a_forgotten_password_is_replaced_by_code(letters, ilya):
    client = Client()
    client.post(reverse("forgotten"), {"email": ilya.email})
    send_letters()
    prove(client, post_office.code_in(letters[-1]), "forgotten_code")
    client.post(reverse("forgotten_password"), {"password": PASSWORD})
    ilya.refresh_from_db()
    assert ilya.check_password(PASSWORD)
    assert client.get("/", follow=True).status_code in (200, 404)
    assert client.session["_auth_user_id"] == str(ilya.pk)


def test_a_forgotten_password_of_nobody_looks_the_same(letters, ilya):
    def told(email: str) -> str:
        answer = Client().post(reverse("forgotten"), {"email": email}, follow=True)
        return seen(answer.content.decode()).replace(email, "")

    assert told(ilya.email) == told("nobody@example.org")
    send_letters()
    told = {letter["To"]: letter["Subject"].split(":")[0].strip() for letter in letters}
    assert told == {
        ilya.email: "Код для нового пароля",
        "nobody@example.org": "По этому адресу кабинета нет",
    }


@pytest.mark.parametrize("route", ["portfolio:register", "forgotten", "change_email"])
def test_a_known_address_costs_the_same_statements_as_an_unknown_one(
    letters, ilya, orlova, client_of, route
):
    def asked(email: str) -> list[str]:
        client = client_of(ilya) if route == "change_email" else Client()
        with CaptureQueriesContext(connection) as statements:
            client.post(reverse(route), {**DINARA, "email": email})
        return [re.sub(r"_x\d+|( WHERE | VALUES | SET ).*", "", each["sql"]) for each in statements]

    known, unknown = asked(orlova.email), asked("nobody@example.org")
    assert (known, len(known) > 5) == (unknown, True)


def test_a_proof_expires_with_its_code(letters, today):
    client = Client()
    ask(client)
    send_letters()
    today.shift(codes.LIFE)
    assert prove(client, post_office.code_in(letters[-1])).status_code == 422
    client.post(reverse("portfolio:register_code"), {"resend": "1"})
    send_letters()
    prove(client, post_office.code_in(letters[-1]))
    assert client.get(reverse("portfolio:register_password")).status_code == 200
    today.shift(codes.LIFE)
    answer = client.get(reverse("portfolio:register_password"))
    assert answer["Location"] == reverse("portfolio:register")


@pytest.mark.parametrize("who", ["ilya", "orlova", "office"])
def test_who_has_an_own_password_comes_in_by_the_address(letters, study, request, who):
    person = request.getfixturevalue(who)
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    typed = {"login": person.email.upper(), "password": PASSWORD}
    answer = client.post(reverse("account_login"), typed, follow=True)
    assert (answer.status_code, answer.context["user"]) == (200, person)
    assert client.get("/", follow=True).context["user"] == person


def test_who_waits_comes_in_by_the_address_too(letters):
    registered(letters)
    client = Client()
    typed = {"login": DINARA["email"], "password": PASSWORD}
    answer = client.post(reverse("account_login"), typed, follow=True)
    assert answer.redirect_chain == [("/", 302), (reverse("portfolio:registration"), 302)]


def test_the_own_menu_leads_to_another_address(study, ilya, aida, client_of):
    address = f'href="{reverse("change_email")}"'
    page = client_of(ilya).get(reverse("portfolio:templates")).content.decode()
    assert page.count(address) == 1
    page = client_of(aida).get("/", follow=True).content.decode()
    assert page.count(address) == 0  # no address, nothing to change


def test_the_password_is_hashed_before_the_transaction(letters, entry, monkeypatch):
    inside = []
    encode = Argon2Hasher.encode

    def watched(hasher, *args, **kwargs):
        inside.append(len(connection.atomic_blocks))
        return encode(hasher, *args, **kwargs)

    outside = len(connection.atomic_blocks)
    monkeypatch.setattr(Argon2Hasher, "encode", watched)
    registered(letters)
    assert (inside, Person.objects.get(email="dinara@example.org").has_own_password) == (
        [outside],
        True,
    )


def test_the_address_changes_by_code_and_the_old_one_is_told(letters, ilya, client_of):
    client, before = client_of(ilya), ilya.email
    client.post(reverse("change_email"), {"email": "new@example.org"})
    send_letters()
    prove(client, post_office.code_in(letters[-1]), "change_email_code")
    ilya.refresh_from_db()
    assert ilya.email == "new@example.org"
    send_letters()
    assert (letters[-1]["To"], letters[-1]["Subject"]) == (before, "Адрес эл. почты изменён")


def test_nobody_takes_anothers_address(letters, ilya, orlova, client_of):
    client, before = client_of(ilya), ilya.email
    client.post(reverse("change_email"), {"email": orlova.email})
    prove(client, "123456", "change_email_code")
    ilya.refresh_from_db()
    assert ilya.email == before
