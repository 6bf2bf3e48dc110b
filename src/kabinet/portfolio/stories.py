"""What a student tells of: lines added, mended, removed and brought back by the student alone."""

from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.people.access import Refused, one_or_404
from kabinet.people.models import Person
from kabinet.portfolio import limits
from kabinet.portfolio.access import enrolment_for, is_own
from kabinet.portfolio.actions import Upload
from kabinet.portfolio.models import Enrolment
from kabinet.portfolio.models.achievements import Told
from kabinet.portfolio.portfolio_page import STORIES
from kabinet.vault import actions as vault

MOST = 300


def add(
    *,
    actor: Person,
    enrolment: Enrolment,
    key: str,
    facts: dict[str, Any],
    upload: Upload | None,
    token: str = "",
) -> Told:
    """A new line, with a file if any; the same page sent again gives the same line.

    Raises Refused or ``vault.refusals.UploadRefused``.
    """
    _check_own(actor, enrolment)
    mine = STORIES[key]._default_manager.filter(enrolment=enrolment)
    known = mine.filter(token=token).first() if token else None
    if known:
        return known
    if mine.count() >= MOST:
        raise Refused(_("В портфолио поместилось %(most)d записей, больше нельзя") % {"most": MOST})
    story = STORIES[key](enrolment=enrolment, token=token)
    try:
        return _written(actor, story, facts, upload, "story.added")
    except IntegrityError:
        if not token:
            raise
        return mine.get(token=token)  # the same page, sent twice at the same moment


def change(*, actor: Person, story: Told, facts: dict[str, Any], upload: Upload | None) -> Told:
    """Other words, and another file where one is given."""
    _check_own(actor, story.enrolment)
    return _written(actor, story, facts, upload, "story.changed")


@transaction.atomic
def remove(*, actor: Person, story: Told) -> None:
    _check_own(actor, story.enrolment)
    if story.removed_at is None:
        story.removed_at = timezone.now()
        story.save(update_fields=["removed_at"])
        _record("story.removed", actor, story)


@transaction.atomic
def restore(*, actor: Person, story: Told) -> None:
    """Back from the bin to where it was."""
    _check_own(actor, story.enrolment)
    if story.removed_at is not None:
        story.removed_at = None
        story.save(update_fields=["removed_at"])
        _record("story.restored", actor, story)


def story_for(user: Person, key: str, story_id: object) -> Told:
    """A line of studies within reach; what lies in the bin is its student's alone. Else 404."""
    if key not in STORIES:
        raise Http404
    rows = STORIES[key]._default_manager.select_related("enrolment__person", "document")
    story: Told = one_or_404(rows, story_id)
    enrolment_for(user, story.enrolment_id)
    if story.removed_at and not is_own(user, story.enrolment):
        raise Http404
    return story


def removed_of(enrolment: Enrolment) -> list[tuple[str, Told]]:
    """What lies in the bin with its kind, the last removed first."""
    found = [
        (key, story)
        for key, kind in STORIES.items()
        for story in kind._default_manager.filter(
            enrolment=enrolment, removed_at__isnull=False
        ).select_related("document")
    ]
    return sorted(found, key=lambda each: str(each[1].removed_at), reverse=True)


def _written(
    actor: Person, story: Told, facts: dict[str, Any], upload: Upload | None, verb: str
) -> Told:
    """The file is decoded and encrypted before anything is locked."""
    accepted = _accepted(story.enrolment, upload) if upload else None
    try:
        return _saved(actor, story, facts, accepted, verb)
    except BaseException:
        if accepted:
            vault.discard(accepted)
        raise


def _accepted(enrolment: Enrolment, upload: Upload) -> vault.Accepted:
    limits.check_rate(enrolment)
    limits.check_room(enrolment)
    return vault.accept(upload.data, name=upload.name, allow_pdf=True, owner=str(enrolment.pk))


@transaction.atomic
def _saved(
    actor: Person, story: Told, facts: dict[str, Any], accepted: vault.Accepted | None, verb: str
) -> Told:
    before = story.document
    for name, value in facts.items():
        setattr(story, name, value)
    if accepted:
        story.document = vault.keep(accepted)
    story.save()
    if accepted and before:
        vault.destroy(before)
    _record(verb, actor, story)
    return story


def _check_own(actor: Person, enrolment: Enrolment) -> None:
    if not is_own(actor, enrolment):
        raise Refused(_("Портфолио заполняет сам аспирант"))


def _record(verb: str, actor: Person, story: Told) -> None:
    record(
        verb,
        actor=actor,
        subject=story,
        chain=story.enrolment.university_id,
        person=story.enrolment.person,
        details={"title": story.title, "file": story.document_id is not None},
    )
