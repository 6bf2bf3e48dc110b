"""Papers come into their places, go, come back, and each time the journal has one event."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404
from django.utils import timezone

from kabinet.audit import journal
from kabinet.exams.models import Application, Benefit, BenefitClaim, Campaign, Paper
from kabinet.exams.papers import actions, limits
from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.vault.models import Document
from kabinet.vault.refusals import WrongType
from tests.exams.papers import BACK, FACE, FRONT, add, events, present, proof_of
from tests.vault.pictures import jpeg, pdf
from tests.vault.test_actions import blobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def orphan(campaign: Campaign) -> Benefit:
    return campaign.benefits.get(code="orphan")


def in_a_day() -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False)


def test_a_paper_lies_in_its_place(aiperi: Person, application: Application) -> None:
    paper = add(aiperi, application, FRONT)
    assert (paper.slot, paper.added_by, paper.claim) == ("front", aiperi, None)
    assert paper.document.name == "снимок 1.jpg"
    assert present(application) == ["front"]
    application.refresh_from_db()
    assert application.state == Application.State.DRAFT


def test_adding_is_one_event_without_the_name_of_the_file(
    zhamal: Person, application: Application
) -> None:
    paper = add(zhamal, application)
    (event,) = journal.Event.objects.all()
    assert (event.verb, event.actor_text, event.person_id, event.subject_id) == (
        "paper.added",
        "Сыдыкова Жамал Асановна",
        str(application.applicant_id),
        str(paper.pk),
    )
    assert event.details.values == {
        "slot": "front",
        "size": paper.document.size,
        "sealed_sha256": paper.document.sealed_sha256,
    }
    assert list(journal.verify()) == []


def test_a_new_picture_takes_the_place_of_the_old_one(
    aiperi: Person, application: Application
) -> None:
    old, new = add(aiperi, application, seed=1), add(aiperi, application, seed=2)
    old.refresh_from_db()
    assert (present(application), old.removed_at is None) == (["front"], False)
    assert [event.details.values.get("replaces") for event in events("paper.added")] == [
        None,
        [str(old.pk)],
    ]
    assert Paper.objects.present().get() == new


def test_the_same_picture_again_is_the_same_paper(aiperi: Person, application: Application) -> None:
    first = add(aiperi, application)
    again = add(aiperi, application)
    assert (again, Paper.objects.count(), Document.objects.count()) == (first, 1, 1)
    assert (len(events("paper.added")), len(blobs())) == (1, 3)


def test_a_repeated_post_is_known_before_it_is_decoded(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    place = proof_of(orphan)
    first = add(aiperi, application, place, seed=1, token="t1")
    again = add(aiperi, application, place, seed=1, token="t1")
    from_a_stale_page = add(aiperi, application, place, seed=2, token="t1")
    assert (again, from_a_stale_page == first) == (first, False)
    assert Paper.objects.count() == 2


def test_a_removed_picture_can_be_sent_again_from_the_same_page(
    aiperi: Person, application: Application
) -> None:
    first = add(aiperi, application, token="t1")
    actions.remove_paper(actor=aiperi, application=application, paper_id=first.pk)
    second = add(aiperi, application, token="t1")
    assert (present(application), second == first) == (["front"], False)


def test_the_same_picture_in_two_places_is_refused(
    aiperi: Person, application: Application
) -> None:
    add(aiperi, application, FRONT)
    with pytest.raises(actions.SamePicture) as refusal:
        add(aiperi, application, BACK)
    assert refusal.value.sentence == (
        "Это тот же файл, что и «Лицевая сторона». Выберите другой снимок"
    )
    assert (present(application), len(blobs())) == (["front"], 3)


def test_one_document_may_prove_two_benefits(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    other = Benefit.objects.create(campaign=application.campaign, code="x", name_ru="Другая")
    add(aiperi, application, proof_of(orphan))
    add(aiperi, application, proof_of(other))
    assert present(application) == ["benefit", "benefit"]
    assert BenefitClaim.objects.filter(application=application).count() == 2


def test_a_pdf_proves_a_benefit_but_is_no_photo(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    paper = add(aiperi, application, proof_of(orphan), data=pdf())
    assert (paper.document.kind, paper.claim and paper.claim.benefit) == ("pdf", orphan)
    with pytest.raises(WrongType):
        add(aiperi, application, FACE, data=pdf())


def test_a_form_holds_twelve_files(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    for seed in range(limits.FILES):
        add(aiperi, application, proof_of(orphan), seed=seed)
    with pytest.raises(actions.TooManyPapers):
        add(aiperi, application, FRONT, seed=99)
    assert len(present(application)) == limits.FILES


def test_a_form_holds_forty_megabytes(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    paper = add(aiperi, application, proof_of(orphan))
    Document.objects.filter(pk=paper.document_id).update(size=limits.BYTES - 10)
    with pytest.raises(actions.TooManyBytes) as refusal:
        add(aiperi, application, FRONT, seed=2)
    assert refusal.value.sentence == (
        "Файлы бланка вместе больше 40\xa0МБ. Удалите лишний или добавьте этот поменьше"
    )
    assert len(blobs()) == 3


def test_replacing_is_possible_in_a_full_form(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    add(aiperi, application, FRONT, seed=100)
    for seed in range(limits.FILES - 1):
        add(aiperi, application, proof_of(orphan), seed=seed)
    add(aiperi, application, FRONT, seed=101)
    assert len(present(application)) == limits.FILES


def test_removed_and_brought_back(aiperi: Person, application: Application) -> None:
    paper = add(aiperi, application)
    form = paper.application
    for _ in range(2):
        actions.remove_paper(actor=aiperi, application=form, paper_id=paper.pk)
    assert present(application) == []
    for _ in range(2):
        actions.restore_paper(actor=aiperi, application=form, paper_id=paper.pk)
    assert present(application) == ["front"]
    assert [len(events(verb)) for verb in ("paper.removed", "paper.restored")] == [1, 1]


def test_bringing_back_takes_the_place_again(aiperi: Person, application: Application) -> None:
    old, new = add(aiperi, application, seed=1), add(aiperi, application, seed=2)
    actions.restore_paper(actor=aiperi, application=new.application, paper_id=old.pk)
    assert Paper.objects.present().get() == old


def test_after_a_day_a_removed_paper_is_gone_for_good(
    aiperi: Person, application: Application
) -> None:
    kept, paper = add(aiperi, application, BACK, seed=2), add(aiperi, application)
    actions.remove_paper(actor=aiperi, application=paper.application, paper_id=paper.pk)
    assert actions.destroy_removed() == 0
    with in_a_day():
        with pytest.raises(Http404):
            actions.restore_paper(actor=aiperi, application=paper.application, paper_id=paper.pk)
        assert actions.destroy_removed() == 1
    assert list(Paper.objects.all()) == [kept]
    assert Document.objects.count() == 1
    assert [event.subject_id for event in events("paper.destroyed")] == [str(paper.pk)]


def test_after_the_deadline_nothing_changes(
    aiperi: Person, application: Application, campaign: Campaign
) -> None:
    paper = add(aiperi, application)
    Campaign.objects.filter(pk=campaign.pk).update(closes_at=timezone.now())
    with pytest.raises(Refused):
        add(aiperi, application, BACK, seed=2)
    form = Application.objects.get(pk=application.pk)
    with pytest.raises(Refused):
        actions.remove_paper(actor=aiperi, application=form, paper_id=paper.pk)
    with pytest.raises(Refused):
        actions.switch_benefit(actor=aiperi, application=form, on=True)
    assert present(application) == ["front"]


def complete(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(
        state=Application.State.COMPLETED, completed_at=timezone.now()
    )


def test_after_completion_photos_stay(aiperi: Person, application: Application) -> None:
    paper = add(aiperi, application)
    complete(application)
    with pytest.raises(Refused):
        add(aiperi, application, seed=2)
    form = Application.objects.get(pk=application.pk)
    with pytest.raises(Refused):
        actions.remove_paper(actor=aiperi, application=form, paper_id=paper.pk)
    with pytest.raises(Refused):
        actions.declare_face(actor=aiperi, application=form, declared=True)


def test_after_completion_a_reopened_page_takes_photos(
    aiperi: Person, application: Application
) -> None:
    complete(application)
    application.reopenings.create(page="documents", reason="обложка закрыла край", opened_by=aiperi)
    add(aiperi, application, FRONT)
    with pytest.raises(Refused):
        add(aiperi, application, FACE, seed=2)
    assert present(application) == ["front"]


def test_papers_of_another_form_are_absent(
    aiperi: Person, zhamal: Person, application: Application
) -> None:
    other = Application.objects.create(
        campaign=application.campaign, applicant=zhamal, school=application.school
    )
    paper = add(zhamal, other)
    for act in (actions.remove_paper, actions.restore_paper):
        with pytest.raises(Http404):
            act(actor=aiperi, application=application, paper_id=paper.pk)
        with pytest.raises(Http404):
            act(actor=aiperi, application=other, paper_id=paper.pk)


def test_the_page_is_right_when_both_sides_are_there(
    aiperi: Person, application: Application
) -> None:
    add(aiperi, application, FRONT, seed=1)
    application.refresh_from_db()
    assert application.pages_right == []
    paper = add(aiperi, application, BACK, seed=2)
    application.refresh_from_db()
    assert application.pages_right == ["documents"]
    actions.remove_paper(actor=aiperi, application=application, paper_id=paper.pk)
    application.refresh_from_db()
    assert application.pages_right == []


def test_a_benefit_counts_only_with_its_document(
    aiperi: Person, application: Application, orphan: Benefit
) -> None:
    add(aiperi, application, FRONT, seed=1)
    add(aiperi, application, BACK, seed=2)
    right = []
    actions.switch_benefit(actor=aiperi, application=application, on=True)
    right.append(pages_right(application))
    paper = add(aiperi, application, proof_of(orphan), seed=3)
    right.append(pages_right(application))
    actions.remove_paper(actor=aiperi, application=application, paper_id=paper.pk)
    right.append(pages_right(application))
    actions.switch_benefit(actor=aiperi, application=application, on=False)
    right.append(pages_right(application))
    assert right == [[], ["documents"], [], ["documents"]]
    assert [event.details.values for event in events("form.page_saved")] == [
        {"page": "documents", "changes": {"has_benefit": [False, True]}},
        {"page": "documents", "changes": {"has_benefit": [True, False]}},
    ]


def pages_right(application: Application) -> list[str]:
    return list(Application.objects.get(pk=application.pk).pages_right)


def test_the_face_needs_photo_and_declaration(aiperi: Person, application: Application) -> None:
    add(aiperi, application, FACE)
    assert pages_right(application) == []
    row = actions.declare_face(actor=aiperi, application=application, declared=True)
    assert pages_right(application) == ["face"]
    assert row.authors["declared"][:2] == [str(aiperi.pk), aiperi.short_name]
    actions.declare_face(actor=aiperi, application=application, declared=True)
    assert len(events("form.page_saved")) == 1


def test_bytes_that_are_not_a_picture_leave_nothing(
    aiperi: Person, application: Application
) -> None:
    with pytest.raises(WrongType):
        add(aiperi, application, data=b"GIF89a" + jpeg())
    assert (present(application), blobs(), events("paper.added")) == ([], [], [])


def test_a_benefit_proved_after_completion_gives_a_new_receipt(
    aiperi: Person, completed: Application, orphan: Benefit
) -> None:
    actions.switch_benefit(actor=aiperi, application=completed, on=True)
    assert completed.submissions.count() == 1
    proof = add(aiperi, completed, proof_of(orphan))
    actions.remove_paper(actor=aiperi, application=completed, paper_id=proof.pk)
    actions.restore_paper(actor=aiperi, application=completed, paper_id=proof.pk)
    actions.switch_benefit(actor=aiperi, application=completed, on=False)
    hashes = [submission.payload["answers_hash"] for submission in completed.submissions.all()]
    assert [hashes[0] == other for other in hashes] == [True, False, False, True]
    assert len(events("form.corrected")) == 3
