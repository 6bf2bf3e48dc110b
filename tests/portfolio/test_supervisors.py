"""Accesses of supervisors and offices: who opens them, how their owners get in, and when they end."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.notifications.models import Letter, Message
from kabinet.people.access import Refused
from kabinet.people.models import FirstPassword, Person
from kabinet.portfolio import enrolling, linking, orders
from kabinet.portfolio.models import Enrolment, EnrolmentFact
from kabinet.portfolio.orders import Order
from tests.conftest import at
from tests.portfolio import post_office
from tests.portfolio.conftest import enrolled, someone
from tests.portfolio.test_registration import listed, send_letters

SUPERVISORS, ADD = "/office/supervisors/", "/office/supervisors/add/"
OFFICES, OFFICE_ADD = "/centre/offices/", "/centre/offices/add/"
ISAEV = {"surname": "Исаев", "given_name": "Канат", "patronymic": "Болотович"}


@pytest.fixture
def client(client_of, office):
    return client_of(office)


def opened(client, place, where=ADD, **more) -> Person:
    typed = {"place": place.pk, **ISAEV, "email": "isaev@example.org", **more}
    answer = client.post(where, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return Person.objects.get(surname=typed["surname"])


def day(name: str, of: date) -> dict[str, int]:
    return {f"{name}_day": of.day, f"{name}_month": of.month, f"{name}_year": of.year}


def test_the_office_opens_a_supervisors_access_by_e_mail(client, department, office):
    person = opened(client, department)
    post = person.posts.get()
    assert (post.role, post.organisation, post.since, post.until) == (
        "supervisor",
        department,
        timezone.localdate(),
        None,
    )
    page = client.get(SUPERVISORS).content.decode()
    assert ("Доступ создан:" in page, "isaev@example.org" in page) == (True, True)
    letter = Letter.objects.get()
    assert (letter.kind, letter.address) == ("access.opened", "isaev@example.org")
    assert letter.params["link"].endswith("/forgotten/")
    [event] = Event.objects.filter(verb="supervisor.opened")
    assert (event.actor_id, event.chain) == (str(office.pk), str(department.pk))


def test_the_letter_holds_no_password_and_the_code_lets_in(client, department, settings):
    door, raw = Client(), "горы и озеро 2026"
    with post_office.running(settings) as letters:
        person = opened(client, department)
        digits = (
            client.get(SUPERVISORS).context["handed"].password.replace("\N{NO-BREAK SPACE}", "")
        )
        send_letters()
        text = letters[-1].get_body().get_content()
        assert ("/forgotten/" in text, digits in text.replace(" ", "")) == (True, False)
        door.post(reverse("forgotten"), {"email": person.email})
        send_letters()
        door.post(reverse("forgotten_code"), {"code": post_office.code_in(letters[-1])})
    door.post(reverse("forgotten_password"), {"password": raw})
    person.refresh_from_db()
    assert (person.check_password(raw), FirstPassword.objects.count()) == (True, 0)


def test_by_phone_there_is_a_slip_and_no_letter(client, department):
    person = opened(client, department, email="", phone="0555 311 207")
    assert (person.phone, Letter.objects.count()) == ("+996555311207", 0)
    slip = client.get(reverse("cabinets:post_slip", args=[person.posts.get().pk]))
    assert (slip["Content-Type"], slip.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_login_is_needed_and_what_was_typed_stays(client, department):
    answer = client.post(ADD, {"place": department.pk, **ISAEV, "email": "", "phone": ""})
    form = answer.context["form"]
    assert (answer.status_code, set(form.errors)) == (422, {"email"})
    assert form.data["surname"] == "Исаев"
    wrong = client.post(ADD, {"place": department.pk, **ISAEV, "email": "isaev@"})
    assert set(wrong.context["form"].errors) == {"email"}
    assert not Person.objects.filter(surname="Исаев").exists()


def test_the_post_lasts_from_a_day_to_a_day(client, department, office, client_of, today):
    first, last = date(2026, 9, 1), timezone.localdate() + timedelta(days=3)
    person = opened(client, department, **day("since", first), **day("until", last))
    assert (person.posts.get().since, person.posts.get().until) == (first, last)
    answers = [client_of(person).get("/students/").status_code]
    today.shift(4 * 24 * 3600)
    answers.append(client_of(Person.objects.get(pk=person.pk)).get("/students/").status_code)
    assert answers == [200, 404]
    tomorrow = timezone.localdate() + timedelta(days=1)
    late = client_of(office).post(
        ADD,
        {"place": department.pk, "surname": "А", "given_name": "Б", "email": "a@example.org"}
        | day("since", tomorrow),
    )
    assert set(late.context["form"].errors) == {"since"}


def test_entered_twice_it_is_one_access(client, department):
    opened(client, department)
    person = opened(client, department)
    assert (person.posts.count(), Letter.objects.count()) == (1, 1)
    assert "Этот доступ уже есть:" not in client.get(SUPERVISORS).content.decode()


def test_who_is_known_at_the_university_gets_another_post_and_keeps_the_password(
    client, department, ilya, study, client_of
):
    ilya.email = "ilya@example.org"
    client_of(ilya)  # has an own password
    row = {"surname": "Петров", "given_name": "Илья", "patronymic": "Сергеевич"}
    opened(client, department, **row, email=ilya.email)
    assert sorted(ilya.posts.values_list("role", flat=True)) == ["phd_student", "supervisor"]
    assert (FirstPassword.objects.count(), Letter.objects.get().kind) == (0, "access.added")
    assert Message.objects.get(person=ilya).kind == "access.added"


def test_an_address_of_somebody_else_is_refused_and_tells_nothing_of_strangers(
    client, department, orlova, bakyt
):
    Person.objects.filter(pk=orlova.pk).update(email="orlova@example.org")
    mine = client.post(ADD, {"place": department.pk, **ISAEV, "email": "orlova@example.org"})
    assert "Орлова" in mine.context["form"].errors["email"][0]
    theirs = client.post(ADD, {"place": department.pk, **ISAEV, "phone": bakyt.phone})
    [sentence] = theirs.context["form"].errors["phone"]
    assert ("Бакытов" in sentence, "уже занят" in sentence) == (False, True)


def test_an_access_ends_at_once_or_after_a_last_day(client, department, orlova, saidov, client_of):
    ends = reverse("cabinets:end_post", args=[orlova.posts.get().pk])
    assert client.get(ends).status_code == 200
    assert client.post(ends, {"reason": ""}).status_code == 422
    later = timezone.localdate() + timedelta(days=10)
    assert client.post(ends, {"reason": "Отпуск", **day("until", later)})["Location"] == SUPERVISORS
    assert orlova.posts.get().until == later
    gone = timezone.localdate() - timedelta(days=1)
    assert client.post(ends, {"reason": "Отпуск", **day("until", gone)}).status_code == 422
    saidov.posts.update(since=timezone.localdate() - timedelta(days=30))
    client.post(reverse("cabinets:end_post", args=[saidov.posts.get().pk]), {"reason": "Уволился"})
    assert client_of(saidov).get("/students/").status_code == 404
    page = client.get(SUPERVISORS)
    assert [post.person for post in page.context["holders"].former] == [saidov]
    verbs = Event.objects.filter(verb__startswith="post.").values_list("verb", flat=True)
    assert sorted(verbs) == ["post.ended", "post.term_set"]


def test_a_new_first_password_for_a_supervisor(client, orlova, client_of):
    client_of(orlova)
    address = reverse("cabinets:post_password", args=[orlova.posts.get().pk])
    assert client.post(address, {"reason": "lost"}).status_code == 302
    assert len(client.get(address).context["handed"].password.replace(" ", "")) == 10
    orlova.refresh_from_db()
    assert not orlova.has_own_password


# Who may.


def test_an_administrator_opens_an_office_and_sees_no_student(
    university, department, study, aida, client_of
):
    client = client_of(aida)
    person = opened(client, university, where=OFFICE_ADD)
    post = person.posts.get()
    assert (post.role, post.organisation) == ("phd_office", university)
    assert Event.objects.get(verb="office.opened").actor_id == str(aida.pk)
    page = client.get(OFFICES)
    assert [one.person for one in page.context["holders"].current] == [person]
    assert client_of(person).get("/")["Location"] == "/office/"
    for address in (SUPERVISORS, ADD, "/office/", reverse("portfolio:plan", args=[study.pk])):
        assert client.get(address).status_code == 404
    ends = reverse("cabinets:end_post", args=[post.pk])
    assert client.post(ends, {"reason": "Ошибка"})["Location"] == OFFICES


@pytest.mark.parametrize("who", ["office", "orlova", "ilya", "daniyar", "zhamal"])
def test_nobody_else_opens_offices(who, request, client_of, university):
    client = client_of(request.getfixturevalue(who))
    typed = {"place": university.pk, **ISAEV, "email": "isaev@example.org"}
    assert [client.get(OFFICES).status_code, client.post(OFFICE_ADD, typed).status_code] == [
        404
    ] * 2
    assert not Person.objects.filter(surname="Исаев").exists()


@pytest.mark.parametrize("who", ["orlova", "ilya", "zhamal", "aida"])
def test_nobody_but_the_office_opens_supervisors(who, request, client_of, department):
    client = client_of(request.getfixturevalue(who))
    typed = {"place": department.pk, **ISAEV, "email": "isaev@example.org"}
    assert [client.get(SUPERVISORS).status_code, client.post(ADD, typed).status_code] == [404] * 2


def test_another_office_reaches_neither_places_nor_posts(
    department, orlova, other_office, other_department, client_of
):
    client = client_of(other_office)
    typed = {"place": department.pk, **ISAEV, "email": "isaev@example.org"}
    assert client.post(ADD, typed).status_code == 422
    post = orlova.posts.get().pk
    for route in ("end_post", "post_password", "post_slip"):
        assert client.get(reverse(f"cabinets:{route}", args=[post])).status_code == 404


def test_the_list_costs_the_same_at_one_and_at_twenty(client, department, orlova):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(SUPERVISORS).status_code == 200
        return len(asked)

    statements()
    at_one = statements()
    for number in range(20):
        other = at(someone("Новый", f"А{number}"), department, "supervisor")
        enrolled(someone("Аспирант", f"Б{number}"), department, other)
    assert statements() == at_one
    assert at_one <= 14


def test_the_list_says_how_many_students_each_has(client, study, dina, orlova, saidov, department):
    enrolled(someone("Третий", "Пётр"), department, orlova)
    page = client.get(SUPERVISORS)
    numbers = page.context["students"]
    assert (numbers[orlova.pk], numbers[saidov.pk]) == (2, 1)
    assert "2 аспиранта" in page.content.decode()


# Orders that name somebody without a cabinet.


@pytest.fixture
def named(ilya, department, university) -> Enrolment:
    """Enrolled by a line of the roster that names a supervisor who has no cabinet."""
    entry = listed(
        university,
        department,
        supervisor_name="Исаев К. Б.",
        supervisor_email="",
        email=ilya.email,
    )
    return enrolling.enrol(actor=ilya, person=ilya, entry=entry)


def test_a_cabinet_opened_later_is_offered_and_linked(
    client, named, department, office, client_of, university
):
    plan = reverse("portfolio:plan", args=[named.pk])
    page = client.get(SUPERVISORS)
    assert page.context["named_only"] == 1
    person = opened(client, department)
    assert client_of(person).get(plan).status_code == 404
    [group] = client.get(reverse("portfolio:office_links")).context["groups"]
    assert (group.name, list(group.candidates)) == ("Исаев К. Б.", [person])
    unsaid = client.post(reverse("portfolio:office_links"), {"name": group.name, "supervisor": ""})
    assert (unsaid.status_code, "Выберите руководителя" in unsaid.content.decode()) == (422, True)
    form = {"name": group.name, "supervisor": person.pk}
    for _again in range(2):
        client.post(reverse("portfolio:office_links"), form)
    assert client_of(person).get(plan).status_code == 200
    fact = EnrolmentFact.objects.get(kind="supervisor")
    assert (fact.supervisor, fact.supervisor_name) == (person, "Исаев К. Б.")
    [event] = Event.objects.filter(verb="supervisor.linked")
    assert (event.person_id, event.actor_id) == (str(named.person_id), str(office.pk))
    assert event.details.values["name"] == "Исаев К. Б."
    assert client.get(SUPERVISORS).context["named_only"] == 0


def test_the_former_supervisors_access_ends_when_the_linked_one_is_replaced(
    client, named, department, orlova, office, client_of
):
    person = opened(client, department)
    linking.link(actor=office, facts=list(named.facts.all()), supervisor=person)
    order = Order("supervisor", timezone.localdate(), "7-к", supervisor=orlova)
    orders.give(actor=office, enrolment=named, order=order)
    plan = reverse("portfolio:plan", args=[named.pk])
    answers = [client_of(who).get(plan).status_code for who in (person, orlova)]
    assert answers == [404, 200]
    kinds = [fact.kind for fact in named.facts.all()]
    assert kinds.count("supervisor") == 2


def test_orders_that_count_no_more_are_not_offered(named, office, orlova, university):
    [group] = linking.unlinked(university)
    order = Order("supervisor", timezone.localdate(), "7-к", supervisor=orlova)
    orders.give(actor=office, enrolment=named, order=order)
    assert linking.unlinked(university) == []
    assert linking.link(actor=office, facts=group.facts, supervisor=orlova) == 0


def test_only_somebody_who_supervises_here_is_linked(
    named, office, other_office, other_department, dina
):
    stranger = at(someone("Исаев", "Канат", "Болотович"), other_department, "supervisor")
    facts = list(named.facts.filter(kind="supervisor"))
    for who in (stranger, dina):
        with pytest.raises(Refused):
            linking.link(actor=office, facts=facts, supervisor=who)
    assert linking.link(actor=other_office, facts=facts, supervisor=stranger) == 0


@pytest.mark.parametrize("who", ["orlova", "ilya", "zhamal", "aida"])
def test_links_are_the_offices_alone(who, request, client_of, named):
    client = client_of(request.getfixturevalue(who))
    assert client.get(reverse("portfolio:office_links")).status_code == 404
    assert client.post(reverse("portfolio:office_links"), {}).status_code == 404
