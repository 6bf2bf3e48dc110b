"""Adding a paper to its place, taking it away, bringing it back, and forgetting it for good.

A file is decoded and encrypted before the form is locked: decoding takes seconds, and others
want to save meanwhile. What then turns out not to be wanted is discarded at once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import SYSTEM, record
from kabinet.checks import actions as checks
from kabinet.checks.models import Check
from kabinet.checks.queries import check_of
from kabinet.exams import actions as form_actions
from kabinet.exams import pages
from kabinet.exams.access import check_can_change_benefits, locked_application, reopened_pages
from kabinet.exams.models import Application, BenefitClaim, Documents, Face, FormPage, Paper
from kabinet.exams.papers import limits
from kabinet.exams.papers.access import UNDO, check_can_change, recent
from kabinet.exams.papers.places import FACE, Place
from kabinet.people.access import one_or_404
from kabinet.people.models import Person
from kabinet.vault import actions as vault


class NotTaken(Exception):
    """A paper that cannot lie in its place; ``sentence`` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class TooManyPapers(NotTaken):
    """The form holds as many files as it may."""


class TooManyBytes(NotTaken):
    """The form holds as many megabytes as it may."""


class SamePicture(NotTaken):
    """The same picture already lies in another place of the form."""


@dataclass(frozen=True)
class Upload:
    """A file as it came, and the ``token`` of the tile it came from, new for each tile shown."""

    data: bytes
    name: str
    token: str = ""

    @property
    def mark(self) -> str:
        """Equal for a post sent twice; not for another file from the same (stale) page."""
        told = self.token.encode() + hashlib.sha256(self.data).digest()
        return hashlib.sha256(told).hexdigest()[:40] if self.token else ""


def add_paper(*, actor: Person, application: Application, place: Place, upload: Upload) -> Paper:
    """Put a file into its place; in a place for one it takes the place of the other.

    The same upload again, also at the same moment, changes nothing and gives the same paper.
    Raises Refused, NotTaken, or one of ``vault.refusals.UploadRefused``.
    """
    check_can_change(application, place)
    known = _added_before(application, upload)
    if known:
        return known
    _check_room(_present(application), place)
    accepted = vault.accept(
        upload.data, name=upload.name, allow_pdf=place.takes_pdf, owner=str(application.pk)
    )
    try:
        paper = _put(actor, application.pk, place, accepted, upload)
    except BaseException:
        vault.discard(accepted)
        raise
    if paper.document_id != accepted.document.pk:
        vault.discard(accepted)
    return paper


@transaction.atomic
def remove_paper(*, actor: Person, application: Application, paper_id: object) -> Paper:
    """Take a paper away; for a day it may be brought back. Removing it twice is removing it once."""
    form = locked_application(actor, application.pk)
    paper, place = _paper_in_its_place(form, paper_id)
    check_can_change(form, place)
    if paper.removed_at is None:
        _take_away([paper])
        _record("paper.removed", actor, form, paper)
        _note_page(actor, form, place.page)
    return paper


@transaction.atomic
def restore_paper(*, actor: Person, application: Application, paper_id: object) -> Paper:
    """Bring a removed paper back; what lies in its place now goes. Raises Refused, NotTaken."""
    form = locked_application(actor, application.pk)
    paper, place = _paper_in_its_place(form, paper_id)
    check_can_change(form, place)
    if paper.removed_at is not None:
        present = _present(form)
        _check_room(present, place, paper.document.size)
        replaced = _replaced(present, place)
        _take_away(replaced)
        paper.removed_at = None
        paper.save(update_fields=["removed_at"])
        _have_seen(form, paper)
        _record("paper.restored", actor, form, paper, replaces=[str(old.pk) for old in replaced])
        _note_page(actor, form, place.page)
    return paper


@transaction.atomic
def switch_benefit(*, actor: Person, application: Application, on: bool) -> Documents:
    """«Я льготник»: the switch alone; a benefit counts only with its document."""
    form = locked_application(actor, application.pk)
    check_can_change_benefits(form)
    row = cast(Documents, pages.DOCUMENTS.row(form))
    if row.has_benefit != on:
        _save_answer(actor, form, row, "has_benefit", on)
        _note_page(actor, form, "documents")
    return row


@transaction.atomic
def declare_face(*, actor: Person, application: Application, declared: bool) -> Face:
    """The tick that the face photo is recent and not retouched (ruling 25)."""
    form = locked_application(actor, application.pk)
    check_can_change(form, FACE)
    row = cast(Face, pages.FACE.row(form))
    if row.declared != declared:
        _save_answer(actor, form, row, "declared", declared)
        _note_page(actor, form, "face")
    return row


@transaction.atomic
def keep_face(*, actor: Person, application: Application, paper_id: object) -> None:
    """«Оставить это»: the photo as it is goes to a person, marked, if it is still this one."""
    form = locked_application(actor, application.pk)
    check_can_change(form, FACE)
    paper, place = _paper_in_its_place(form, paper_id)
    check = check_of(paper.document)
    if place == FACE and paper.removed_at is None and check is not None:
        checks.keep_anyway(actor=actor, check=check, chain=form.school_id)


def destroy_removed(*, older_than: timedelta = UNDO) -> int:
    """Destroy the papers removed longer ago than this, with their documents; how many there were."""
    removed = Paper.objects.filter(removed_at__lte=timezone.now() - older_than)
    keys = list(removed.values_list("pk", flat=True))
    return sum(_destroy(removed, key) for key in keys)


@transaction.atomic
def _put(
    actor: Person, application_id: UUID, place: Place, accepted: vault.Accepted, upload: Upload
) -> Paper:
    form = locked_application(actor, application_id)
    check_can_change(form, place)
    present = _present(form)
    known = _added_before(form, upload) or _twin(present, place, accepted.document.fingerprint)
    if known:
        return known
    _check_room(present, place, accepted.document.size)
    replaced = _replaced(present, place)
    _take_away(replaced)
    paper = Paper.objects.create(
        application=form,
        slot=place.slot,
        claim=_claim(form, place),
        document=vault.keep(accepted),
        added_by=actor,
        token=upload.mark,
    )
    _have_seen(form, paper)
    _record("paper.added", actor, form, paper, replaces=[str(old.pk) for old in replaced])
    _note_page(actor, form, place.page)
    return paper


_KINDS = {
    Paper.Slot.FACE: Check.Kind.FACE,
    Paper.Slot.FRONT: Check.Kind.IDENTITY,
    Paper.Slot.BACK: Check.Kind.IDENTITY,
}


def _have_seen(form: Application, paper: Paper) -> None:
    """Faces and identity documents are looked at by a worker; proofs of benefits only by people."""
    kind = _KINDS.get(Paper.Slot(paper.slot))
    if kind:
        checks.ask(paper.document, kind=kind, owner=str(form.pk), person=form.applicant)


def _added_before(application: Application, upload: Upload) -> Paper | None:
    if not upload.mark:
        return None
    return Paper.objects.present().filter(application=application, token=upload.mark).first()


def _present(application: Application) -> list[Paper]:
    papers = Paper.objects.present().filter(application=application)
    return list(papers.select_related("document", "claim__benefit"))


def _twin(present: Sequence[Paper], place: Place, fingerprint: str) -> Paper | None:
    """The same picture in the same place is the same paper; in another place it is a mistake.

    One document may prove two benefits.
    """
    for paper in present:
        if paper.document.fingerprint != fingerprint:
            continue
        if place.holds(paper):
            return paper
        if not (place.benefit and paper.slot == Paper.Slot.BENEFIT):
            raise SamePicture(
                _("Это тот же файл, что и «%(place)s». Выберите другой снимок")
                % {"place": paper.get_slot_display()}
            )
    return None


def _check_room(present: Sequence[Paper], place: Place, size: int = 0) -> None:
    staying = [paper for paper in present if place.holds_many or not place.holds(paper)]
    if len(staying) >= limits.FILES:
        raise TooManyPapers(
            _("В бланке уже %(files)s файлов, больше нельзя. Удалите лишний и добавьте этот")
            % {"files": limits.FILES}
        )
    if sum(paper.document.size for paper in staying) + size > limits.BYTES:
        raise TooManyBytes(
            _("Файлы бланка вместе больше %(limit)s МБ. Удалите лишний или добавьте этот поменьше")
            % {"limit": limits.BYTES // limits.MEGABYTE}
        )


def _replaced(present: Sequence[Paper], place: Place) -> list[Paper]:
    return [] if place.holds_many else [paper for paper in present if place.holds(paper)]


def _take_away(papers: Sequence[Paper]) -> None:
    now = timezone.now()
    for paper in papers:
        paper.removed_at, paper.token = now, ""
        paper.save(update_fields=["removed_at", "token"])


def _claim(form: Application, place: Place) -> BenefitClaim | None:
    if place.benefit is None:
        return None
    return BenefitClaim.objects.get_or_create(application=form, benefit=place.benefit)[0]


def _paper_in_its_place(form: Application, paper_id: object) -> tuple[Paper, Place]:
    rows = Paper.objects.filter(recent(), application=form)
    paper = one_or_404(rows.select_related("document__checked", "claim__benefit"), paper_id)
    return paper, Place(paper.slot, paper.claim.benefit if paper.claim else None)


def _record(verb: str, actor: Person, form: Application, paper: Paper, **details: Any) -> None:
    told = {
        "slot": paper.slot,
        "size": paper.document.size,
        "sealed_sha256": paper.document.sealed_sha256,
        **({"benefit": paper.claim.benefit.code} if paper.claim else {}),
        **{name: value for name, value in details.items() if value},
    }
    record(
        verb, actor=actor, subject=paper, chain=form.school_id, person=form.applicant, details=told
    )


def _note_page(actor: Person, form: Application, slug: str) -> None:
    """Is the page right now? A completed form gets a new receipt for each right change of benefits."""
    is_right = form_actions.mark_page(form, slug)
    if form.is_completed and is_right and slug not in reopened_pages(form):
        form_actions.resubmit(actor=actor, application=form, reason=slug)


def _save_answer(actor: Person, form: Application, row: FormPage, name: str, value: bool) -> None:
    """One tick of a page that has no other questions, with its author and its event."""
    setattr(row, name, value)
    row.version += 1
    row.saved_at = timezone.now()
    told = [str(actor.pk), actor.short_name, row.saved_at.isoformat(), row.version]
    row.authors = {**row.authors, name: told}
    row.save()
    record(
        "form.page_saved",
        actor=actor,
        subject=form,
        chain=form.school_id,
        person=form.applicant,
        details={"page": row._meta.model_name, "changes": {name: [not value, value]}},
    )


@transaction.atomic
def _destroy(removed: QuerySet[Paper], key: UUID) -> bool:
    """One paper, unless somebody brought it back meanwhile."""
    row = removed.filter(pk=key).select_related("application__school", "application__applicant")
    paper = row.select_for_update(of=("self",)).first()
    if paper is None:
        return False
    record(
        "paper.destroyed",
        actor=SYSTEM,
        subject=paper,
        chain=paper.application.school_id,
        person=paper.application.applicant,
    )
    paper.delete()
    vault.destroy(paper.document)
    return True
