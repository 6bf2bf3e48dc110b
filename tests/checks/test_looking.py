"""One look: claimed once, answered by the real child, sealed; bounded attempts, then a person."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kabinet.checks import eyes as room
from kabinet.checks import queries, tasks
from kabinet.checks.eyes import Eyes
from kabinet.checks.looking import MOST_ATTEMPTS, Outcome, look
from kabinet.checks.models import Check
from kabinet.core.photo import ORT, models_ready
from kabinet.core.photo.report import RULES
from kabinet.vault import actions as vault
from kabinet.vault.models import Document
from tests.checks import children


def document_of(check: Check) -> Document:
    return Document.objects.select_related("checked").get(pk=check.pk)


def test_a_face_is_looked_at_once(asked, aiperi, looked_with, real_eyes):
    looked_with(real_eyes)
    check = asked(aiperi)
    assert queries.face_report(document_of(check)).state == "waiting"
    assert look(check.pk) is Outcome.DONE
    assert look(check.pk) is Outcome.NOTHING
    report = queries.face_report(document_of(check))
    assert (report.state, report.policy_version) == ("done", ORT.version)
    assert sorted(rule.rule for rule in report.rules) == sorted(RULES)
    assert report.model_version == ("none" if not models_ready() else report.model_version)


@pytest.mark.parametrize("kind", ["face", "identity"])
@pytest.mark.parametrize(
    "command",
    [children.HANGING, children.DYING, children.ABSENT, children.NONSENSE],
    ids=["hangs", "dies", "does not start", "lies"],
)
def test_a_picture_nobody_can_look_at_goes_to_a_person(
    asked, aiperi, looked_with, monkeypatch, command, kind
):
    monkeypatch.setattr(room, "LOOK_SECONDS", 0.3)
    looked_with(eyes := Eyes(command))
    check = asked(aiperi, kind=kind)
    outcomes = [look(check.pk) for _ in range(MOST_ATTEMPTS + 1)]
    eyes.close()
    assert outcomes == [Outcome.AGAIN, Outcome.AGAIN, Outcome.DONE, Outcome.NOTHING]
    check.refresh_from_db()
    assert check.verdict == {"face": "human", "identity": "none"}[kind]
    assert queries.face_report(document_of(check)).rules == ()
    assert queries.reading(document_of(check)).reading is None


def test_a_worker_that_dies_each_time_is_not_asked_for_ever(asked, aiperi, looked_with):
    """It never came to tell that it was lost: only the attempts and the passed lease say so."""
    check = asked(aiperi)
    Check.objects.update(attempts=MOST_ATTEMPTS, lease_until=timezone.now() - timedelta(seconds=1))
    assert look(check.pk) is Outcome.DONE
    check.refresh_from_db()
    assert check.verdict == "human"


def test_a_claimed_picture_is_left_alone_until_its_lease_is_over(
    asked, aiperi, looked_with, real_eyes
):
    looked_with(real_eyes)
    check = asked(aiperi)
    Check.objects.update(attempts=1, lease_until=timezone.now() + timedelta(seconds=30))
    assert look(check.pk) is Outcome.NOTHING
    Check.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert look(check.pk) is Outcome.DONE


def test_a_broken_document_goes_to_a_person(asked, aiperi):
    check = asked(aiperi)
    Check.objects.update(owner="somebody else")
    assert look(check.pk) is Outcome.DONE
    check.refresh_from_db()
    assert check.verdict == "human"


def test_a_document_destroyed_meanwhile_is_forgotten(asked, aiperi, looked_with, real_eyes):
    check = asked(aiperi)

    class Late(Eyes):
        def look(self, kind: str, picture: bytes):
            vault.destroy(check.document)
            return real_eyes.look(kind, picture)

    looked_with(Late())
    assert look(check.pk) is Outcome.DONE
    assert not Check.objects.exists()


def test_keeping_a_picture_while_it_is_looked_at_is_not_undone(
    asked, aiperi, looked_with, real_eyes
):
    check = asked(aiperi)

    class Late(Eyes):
        def look(self, kind: str, picture: bytes):
            Check.objects.update(kept_at=timezone.now(), kept_by=aiperi)
            return real_eyes.look(kind, picture)

    looked_with(Late())
    look(check.pk)
    check.refresh_from_db()
    assert check.done_at
    assert check.kept_by == aiperi


def test_what_the_file_said_of_itself_is_told_to_the_person_who_judges(
    asked, aiperi, looked_with, real_eyes
):
    looked_with(real_eyes)
    check = asked(aiperi)
    facts = {"captured_at": "2025-03-09T14:32:10", "software": "Snapseed"}
    Document.objects.filter(pk=check.pk).update(facts=facts)
    look(check.pk)
    told = {rule.rule: rule for rule in queries.face_report(document_of(check)).person}
    assert (told["age"].verdict, told["age"].message_key) == ("human", "age.taken")
    assert told["age"].params == {"taken": "09.03.2025 14:32"}
    assert (told["retouching"].verdict, told["retouching"].params) == (
        "human",
        {"software": "Snapseed"},
    )


@pytest.mark.parametrize("kind", ["face", "identity"])
def test_what_an_older_program_said_otherwise_breaks_no_page(asked, aiperi, kind):
    check = asked(aiperi, kind=kind)
    check.done_at, check.verdict, check.report = timezone.now(), "fails", {"rules": ["horns"]}
    check.save()
    assert queries.face_report(document_of(check)).verdict == "fails"
    assert queries.face_report(document_of(check)).rules == ()
    assert queries.reading(document_of(check)).reading is None


def test_without_a_worker_a_page_goes_on(asked, aiperi):
    check = asked(aiperi)
    Check.objects.update(asked_at=timezone.now() - queries.AWAY_AFTER)
    assert queries.face_report(document_of(check)).state == "away"
    assert queries.reading(document_of(check)).state == "away"


def test_the_sweep_finds_what_the_queue_lost(asked, aiperi):
    """Nothing of this test is committed, so only the sweep can have put it into the queue."""
    forgotten = {asked(aiperi, owner=f"{number}").pk for number in range(3)}
    Check.objects.filter(pk=forgotten.copy().pop()).update(lease_until=timezone.now())
    done = asked(aiperi, owner="done").pk
    Check.objects.filter(pk=done).update(done_at=timezone.now())
    tasks.sweep.call_local()
    queued = {task.args[0] for task in tasks.look_later.huey.pending() if task.args}
    assert forgotten <= queued
    assert done not in queued
