"""The journal page: only for administrators, filtered, a page at a time by key."""

import pytest
from django.urls import reverse

from kabinet.audit.journal import record
from kabinet.cabinets.queries import journal
from kabinet.cabinets.queries.journal import _lines
from kabinet.people.models import Organisation

ADDRESS = "/centre/journal/"


def told(page) -> list[str]:
    return [entry.event.verb for entry in page.context["page"].entries]


@pytest.fixture
def events(aida, zhamal, aiperi, bakyt, school, other_school):
    record("access.opened", actor=zhamal, subject=aiperi, chain=school, person=aiperi)
    record("person.signed_in", actor=aiperi, subject=aiperi, chain=school, person=aiperi)
    record("person.signed_in", actor=bakyt, subject=bakyt, chain=other_school, person=bakyt)
    record("access.expired", actor=aida, subject=aida, chain=journal.HOUSE)


def test_the_newest_stands_first_with_its_place(client_of, aida, events):
    page = client_of(aida).get(ADDRESS)
    entries = page.context["page"].entries
    assert [(entry.event.verb, entry.place) for entry in entries] == [
        ("access.expired", ""),
        ("person.signed_in", "Школа № 2, с. Боконбаево"),
        ("person.signed_in", "Школа № 5, с. Кызыл-Суу"),
        ("access.opened", "Школа № 5, с. Кызыл-Суу"),
    ]
    assert entries[-1].phrase in page.content.decode()


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ({"place": "кызыл"}, ["person.signed_in", "access.opened"]),
        ({"place": "нет такой"}, []),
        ({"who": "абдыраева"}, ["person.signed_in", "access.opened"]),
        ({"who": "0555204118"}, ["person.signed_in", "access.opened"]),
        ({"who": "сыдыкова"}, ["access.opened"]),
        ({"verb": "access.opened"}, ["access.opened"]),
        (
            {"verb": "no.such"},
            ["access.expired", "person.signed_in", "person.signed_in", "access.opened"],
        ),
        ({"who": "абдыраева", "verb": "person.signed_in"}, ["person.signed_in"]),
        ({"before": "nonsense", "verb": "access.opened"}, ["access.opened"]),
    ],
)
def test_filters(client_of, aida, events, query, verbs):
    assert told(client_of(aida).get(ADDRESS, query)) == verbs


def test_pages_follow_each_other_by_key(client_of, aida, aiperi, school, monkeypatch):
    monkeypatch.setattr(journal, "SIZE", 2)
    for _ in range(5):
        record("person.signed_in", actor=aiperi, subject=aiperi, chain=school, person=aiperi)
    client, query, seen = client_of(aida), {}, []
    while query is not None:
        page = client.get(ADDRESS, query).context["page"]
        seen += [entry.event.seq for entry in page.entries]
        query = {"before": page.before} if page.before else None
    assert seen == [5, 4, 3, 2, 1]


def test_another_centres_events_are_not_shown(client_of, aida, aiperi):
    elsewhere = Organisation.objects.create(kind="centre", code="9", name="Другой центр")
    record("person.signed_in", actor=aiperi, subject=aiperi, chain=elsewhere)
    assert told(client_of(aida).get(ADDRESS)) == []


def test_an_empty_journal_says_so(client_of, aida):
    assert "Записей пока нет" in client_of(aida).get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        (
            {"reason": "lost", "none": None},
            [("причина", "пароль потерян или забыт"), ("none", "—")],
        ),
        ({"town": ["", "Каракол"]}, [("town", "— → Каракол")]),
        ({"changes": {"sex": [{"sex": "F"}, {"sex": "M"}]}}, [("поле, sex", "F → M")]),
        ({"lines": ["main", "history", "biology"]}, [("предметы", "main, history, biology")]),
        ({"lines": []}, [("предметы", "—")]),
        ({"strange_computer": False, "version": 1}, [("чужой компьютер", "нет"), ("версия", "1")]),
    ],
)
def test_details_are_shown_as_lines(values, lines):
    assert list(_lines(values)) == lines


def test_the_journal_is_only_for_administrators(client_of, zhamal, daniyar, aiperi):
    for who in (zhamal, daniyar, aiperi):
        assert client_of(who).get(reverse("cabinets:journal")).status_code == 404
