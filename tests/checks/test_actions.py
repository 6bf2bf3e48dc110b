"""Asking, keeping in spite of remarks, and noting typed numbers."""

from django.db import transaction

from kabinet.audit.models import Event
from kabinet.checks import queries
from kabinet.checks.actions import ask, keep_anyway, note_typed
from kabinet.checks.models import Check, Trace
from kabinet.exams.papers import actions as papers
from kabinet.vault.models import Document
from tests.exams.conftest import GOOD, type_in
from tests.exams.papers import BACK, FACE, FRONT, add, proof_of


def test_faces_and_documents_are_asked_for_and_proofs_are_not(
    application, aiperi, zhamal, campaign
):
    orphan = campaign.benefits.get(code="orphan")
    for seed, place in enumerate((FRONT, BACK, FACE, proof_of(orphan)), start=1):
        add(zhamal, application, place, seed=seed)
    asked = Check.objects.order_by("kind").values_list("kind", "person", "owner", "attempts")
    form = str(application.pk)
    assert list(asked) == [
        ("face", aiperi.pk, form, 0),
        ("identity", aiperi.pk, form, 0),
        ("identity", aiperi.pk, form, 0),
    ]


def test_a_paper_that_is_brought_back_keeps_its_check(application, aiperi):
    paper = add(aiperi, application, FACE)
    Check.objects.update(verdict="fails")
    papers.remove_paper(actor=aiperi, application=application, paper_id=paper.pk)
    papers.restore_paper(actor=aiperi, application=application, paper_id=paper.pk)
    assert Check.objects.get().verdict == "fails"


def test_a_destroyed_document_takes_its_check_and_traces_along(application, aiperi):
    paper = add(aiperi, application, FRONT)
    Trace.objects.create(what="pin", index="x", person=aiperi, owner="x", document=paper.document)
    papers.remove_paper(actor=aiperi, application=application, paper_id=paper.pk)
    papers.destroy_removed(older_than=papers.timedelta(0))
    assert not Check.objects.exists()
    assert not Trace.objects.exists()


def test_the_queue_is_told_only_when_all_is_stored(
    asked, aiperi, django_capture_on_commit_callbacks, settings
):
    with django_capture_on_commit_callbacks() as told:
        asked(aiperi)
    assert len(told) == 1


def test_switched_off_nothing_is_asked_and_pages_go_on(asked, application, aiperi, settings):
    settings.CHECKS = False
    paper = add(aiperi, application, FACE)
    document = Document.objects.get(pk=paper.document_id)
    assert not Check.objects.exists()
    assert queries.face_report(document).state == "none"
    assert queries.reading(document).state == "none"


def test_asking_again_changes_nothing(asked, aiperi):
    check = asked(aiperi)
    Check.objects.update(attempts=2)
    with transaction.atomic():
        ask(check.document, kind="face", owner=check.owner, person=aiperi)
    assert Check.objects.get().attempts == 2


def test_keeping_a_picture_is_one_event_also_when_done_twice(asked, aiperi, zhamal, school):
    check = asked(aiperi)
    Check.objects.update(verdict="fails", policy_version="ort-2026.1")
    for _ in range(2):
        kept = keep_anyway(actor=zhamal, check=check, chain=school)
    event = Event.objects.get(verb="check.kept")
    assert kept.kept_by == zhamal
    assert queries.face_report(Document.objects.get()).is_kept
    assert (event.actor_id, event.person_id) == (str(zhamal.pk), str(aiperi.pk))
    assert event.details.values == {"kind": "face", "verdict": "fails", "policy": "ort-2026.1"}


def test_typed_numbers_are_kept_as_digests_and_replaced(aiperi):
    note_typed(person=aiperi, owner="form", numbers={"number": "АN 1234567", "pin": ""})
    before = Trace.objects.get()
    note_typed(
        person=aiperi, owner="form", numbers={"number": "AN1234567", "pin": "11403201000123"}
    )
    after = {trace.what: trace.index for trace in Trace.objects.all()}
    assert after["number"] == before.index
    assert after["pin"] != after["number"]
    assert "1234567" not in repr(after)


def test_a_form_notes_its_numbers_when_they_change(application, aiperi, django_assert_num_queries):
    type_in(application, aiperi, "personal", **GOOD["personal"])
    assert Trace.objects.filter(person=aiperi, owner=application.pk).count() == 2
    known = set(Trace.objects.values_list("pk", flat=True))
    type_in(application, aiperi, "personal", sex={"sex": ["M"]})
    assert set(Trace.objects.values_list("pk", flat=True)) == known
