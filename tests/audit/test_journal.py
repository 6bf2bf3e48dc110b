"""The journal: one event per action, one chain per organisation, no row changed unseen."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from kabinet.audit import guard, journal
from kabinet.audit.journal import Break, record, verify
from kabinet.audit.models import AppendOnly, Details, Event


def tell(school, zhamal, verb="access.opened", **details):
    return record(verb, actor=zhamal, subject=zhamal, chain=school, person=zhamal, details=details)


def test_events_follow_each_other_in_a_chain(school, zhamal):
    first, second = tell(school, zhamal), tell(school, zhamal, reason="lost")
    assert [first.seq, second.seq] == [1, 2]
    assert first.previous == journal.GENESIS
    assert second.previous == first.hash
    assert list(verify()) == []


def test_each_organisation_has_its_own_chain(school, other_school, zhamal):
    tell(school, zhamal)
    assert tell(other_school, zhamal).seq == 1
    assert [head[1] for head in journal.heads()] == [1, 1]


def test_the_journal_cannot_be_changed_or_emptied_through_the_model(school, zhamal):
    event = tell(school, zhamal)
    with pytest.raises(AppendOnly):
        event.save()
    with pytest.raises(AppendOnly):
        event.delete()
    with pytest.raises(AppendOnly):
        Event.objects.update(verb="nothing.happened")
    with pytest.raises(AppendOnly):
        Event.objects.all().delete()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("verb", "nothing.happened"),
        ("actor_text", "Кто-то другой"),
        ("subject_id", "0"),
        ("person_id", ""),
        ("previous", "1" * 64),
        ("details_digest", ""),
    ],
)
def test_verify_names_the_first_row_that_was_changed_behind_its_back(school, zhamal, column, value):
    for number in range(3):
        tell(school, zhamal, number=number)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_event SET {column} = %s WHERE seq = 2", [value])  # noqa: S608
    assert list(verify()) == [Break(str(school.pk), 2, "changed")]


def test_verify_names_a_row_taken_out(school, zhamal):
    for number in range(3):
        tell(school, zhamal, number=number)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_details")
        cursor.execute("DELETE FROM audit_event WHERE seq = 2")
    assert list(verify()) == [Break(str(school.pk), 2, "missing")]


def test_changed_details_break_the_chain_and_erased_ones_do_not(school, zhamal):
    event = tell(school, zhamal, old="1", new="2")
    Details.objects.filter(event=event).update(values={"old": "1", "new": "3"})
    assert list(verify()) == [Break(str(school.pk), 1, "details changed")]
    Details.objects.all().delete()
    assert list(verify()) == []


def test_many_events_at_once_are_the_same_chain_as_one_by_one(
    school, zhamal, django_assert_max_num_queries
):
    tell(school, zhamal)
    about = [
        journal.About(zhamal, zhamal, {"place": place} if place % 2 else None) for place in range(9)
    ]
    with django_assert_max_num_queries(6):
        events = journal.record_all("access.opened", actor=zhamal, chain=school, about=about)
    tell(school, zhamal)
    assert [event.seq for event in events] == list(range(2, 11))
    assert list(verify()) == []
    assert sorted(Details.objects.values_list("values", flat=True), key=str) == [
        {"place": place} for place in (1, 3, 5, 7)
    ]


def test_nothing_to_tell_writes_nothing(school, zhamal):
    assert journal.record_all("access.opened", actor=zhamal, chain=school, about=[]) == []
    assert Event.objects.count() == 0


def test_a_cut_end_is_seen_by_who_kept_the_heads(school, other_school, zhamal, tmp_path):
    for number in range(3):
        tell(school, zhamal, number=number)
    tell(other_school, zhamal)
    kept, told = tmp_path / "heads", io.StringIO()
    call_command("audit", "heads", stdout=told)
    kept.write_text(told.getvalue())
    tell(school, zhamal)
    call_command("audit", "verify", heads=kept, stdout=told)
    assert "unbroken" in told.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_details")
        cursor.execute(
            "DELETE FROM audit_event WHERE seq > 2 OR chain = %s", [str(other_school.pk)]
        )
    call_command("audit", "verify", stdout=told)
    with pytest.raises(CommandError, match="2 broken"):
        call_command("audit", "verify", heads=kept, stderr=told)
    assert f"chain {school.pk}: row 3 missing" in told.getvalue()
    assert f"chain {other_school.pk}: row 1 missing" in told.getvalue()


def test_what_is_no_list_of_heads_is_named(tmp_path, db):
    with pytest.raises(CommandError, match="is not what"):
        call_command("audit", "verify", heads=tmp_path / "absent")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has the guard")
def test_the_database_refuses_to_change_the_journal(school, zhamal):
    tell(school, zhamal, old="1", new="2")
    guard.put_up()
    guard.put_up()
    connection.check_constraints()  # nothing is left to be checked, so TRUNCATE gets as far
    for statement in (
        "UPDATE audit_event SET verb = 'nothing.happened'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event CASCADE",
        "UPDATE audit_details SET salt = ''",
    ):
        with pytest.raises(DatabaseError, match="only ever added"), transaction.atomic():
            connection.cursor().execute(statement)
    tell(school, zhamal)
    Details.objects.all().delete()
    assert list(verify()) == []


def test_the_guard_stands_only_where_real_people_are(db, settings, monkeypatch):
    put_up = []
    monkeypatch.setattr(guard, "put_up", lambda: put_up.append(True))
    monkeypatch.setattr(guard.connection, "vendor", "postgresql", raising=False)
    for settings.DEMO in (True, False):
        guard.after_migrate()
    assert put_up == [True]
