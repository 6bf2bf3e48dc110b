"""One's own history: all about oneself, nothing about others, newest first."""

import pytest

from kabinet.audit import journal
from kabinet.audit.models import Event
from kabinet.people import history
from tests.people.conftest import AIPERI

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(aiperi, zhamal, school):
    for place in range(history.PAGE + 3):
        journal.record(
            "access.shown",
            actor=zhamal if place % 2 else aiperi,
            subject=aiperi,
            chain=school,
            person=aiperi,
            details={"place": place},
        )
    journal.record("access.shown", actor=zhamal, subject=zhamal, chain=school, person=zhamal)


def test_history_shows_everything_about_oneself_and_nothing_else(aiperi, many):
    first = history.page_for(aiperi)
    second = history.page_for(aiperi, before=first.before)
    assert (len(first.entries), len(second.entries), second.before) == (history.PAGE, 3, "")
    moments = [entry.at for entry in first.entries + second.entries]
    assert moments == sorted(moments, reverse=True)
    mine = {(entry.who, entry.mine) for entry in first.entries}
    assert mine == {("Сыдыкова Жамал Асановна", False), ("Абдыраева Айпери Нурлановна", True)}


def test_history_does_not_begin_at_somebody_elses_event(aiperi, zhamal, many):
    others = Event.objects.get(person_id=str(zhamal.pk))
    assert history.page_for(aiperi, before=str(others.pk)) == history.page_for(aiperi)
    for nothing in ("x", "٣", "9" * 30, "9" * 5000):
        assert history.page_for(aiperi, before=nothing) == history.page_for(aiperi)


def test_the_page_of_history_names_who_did_what(client_of, opened):
    page = client_of(opened.person).get("/history/").content.decode()
    assert "Открыл(а) доступ" in page
    assert "Сыдыкова Жамал Асановна" in page


def test_an_empty_history_says_so(client_of, aiperi):
    assert "Записей пока нет" in client_of(aiperi).get("/history/").content.decode()


def test_a_long_history_costs_no_more_questions(client_of, aiperi, many, django_assert_num_queries):
    client = client_of(aiperi)
    client.get("/history/")
    with django_assert_num_queries(4):
        client.get("/history/")


def test_opening_again_adds_no_line(open_graduates, opened):
    before = history.page_for(opened.person)
    open_graduates(AIPERI)
    assert history.page_for(opened.person) == before
