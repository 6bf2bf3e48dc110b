"""Opening forms, saving a page, finishing, and correcting what was finished.

Every action begins by fetching the form through ``access`` and holding its row to the end of the
transaction: whoever writes anything of a form waits there, and one event tells of it.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.checks.actions import note_typed
from kabinet.exams import access, pages, printing, queries, receipts, states
from kabinet.exams.forms import PageForm, Raw
from kabinet.exams.merging import merge
from kabinet.exams.models import (
    Application,
    Campaign,
    FormPage,
    Reopening,
    Submission,
)
from kabinet.payments.actions import set_charge
from kabinet.payments.models import Charge
from kabinet.people.access import Refused
from kabinet.people.access_rows import AccessRow, judged
from kabinet.people.actions import CHUNK, Opened, open_accesses
from kabinet.people.models import Organisation, Person, Post

SHORTEST_REASON = 5
State = Application.State


class Incomplete(Exception):
    """The form cannot be finished: ``problems`` lists what is missing or wrong."""

    def __init__(self, problems: Sequence[pages.Problem]) -> None:
        super().__init__([problem.sentence for problem in problems])
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Collision:
    """One field that somebody else changed meanwhile, with both values as they were typed."""

    field: str
    mine: Raw
    theirs: Raw
    who: str
    at: datetime | None


@dataclass(frozen=True)
class Saved:
    """What became of a page: ``form`` is bound to the joined draft, ``problems`` are its errors."""

    application: Application
    row: FormPage
    form: PageForm
    problems: tuple[pages.Problem, ...]
    collisions: tuple[Collision, ...]

    @property
    def is_right(self) -> bool:
        return not self.problems and not self.collisions


@dataclass(frozen=True)
class Finished:
    """``again``: the form had been finished before, nothing was done now."""

    application: Application
    submission: Submission
    again: bool


def open_forms(
    *, actor: Person, campaign: Campaign, school: Organisation, rows: Sequence[AccessRow]
) -> list[Opened]:
    """Accesses for graduates of a school, each with an empty form; one row is a bulk of one.

    A graduate who already has a form of this campaign keeps it. Every 200 rows are one
    transaction; raises BadRows with all that is wrong before anything is written, and Refused.
    """
    access.check_campaign_open(campaign)
    judged(rows, actor=actor, organisation=school, role=Post.Role.GRADUATE)
    opened: list[Opened] = []
    for start in range(0, len(rows), CHUNK):
        opened += _open_chunk(actor, campaign, school, rows[start : start + CHUNK])
    return opened


@transaction.atomic
def save_page(
    *,
    actor: Person,
    application: Application | uuid.UUID,
    slug: str,
    typed: Mapping[str, Raw],
    seen: Mapping[str, str],
    from_document: Collection[str] = (),
) -> Saved:
    """Keep what was typed on one page, also where it is wrong (ruling 13).

    ``typed`` holds the fields that the page sent, ``seen`` the mark of each as the page showed it
    (``merging.mark``). Fields that somebody else changed meanwhile, to something else, are left as
    they are and come back as collisions; all others are saved. ``from_document``: of the fields
    those that were not typed but taken over from a photo; the journal says so. Raises Refused.
    """
    page = pages.QUESTION_PAGES[slug]
    form = access.locked_application(actor, _key(application), page.relation)
    access.check_can_edit(form, slug)
    row = page.row(form)
    asked = {item.name for item in page.fields_of(form.campaign)}
    merged = merge(
        seen=seen,
        typed={name: dict(raw) for name, raw in typed.items() if name in asked},
        stored=row.draft,
        own=_written_by(row, actor),
    )
    before = dict(row.draft)
    row.draft = {**before, **merged.taken}
    bound = page.form(form, row.draft)
    problems = tuple(page.problems_of(form, bound))
    if merged.taken:
        _write_page(page, form, row, bound, actor, merged.taken)
        _record_page(actor, form, page, before, merged.taken, from_document)
    collisions = tuple(_collision(row, name, typed[name]) for name in merged.collided)
    return Saved(form, row, bound, problems, collisions)


@transaction.atomic
def finish(
    *,
    actor: Person,
    application: Application | uuid.UUID,
    opened_at: datetime | None = None,
) -> Finished:
    """«Нажмите для завершения»: charge, signed receipt, journal; pressing again changes nothing.

    ``opened_at``: when the server showed the complete check page; it opens the grace (ruling 17).
    Raises Incomplete, Refused.
    """
    form = access.locked_application(actor, _key(application))
    if form.is_completed:
        return Finished(form, _last_submission(form), again=True)
    now = timezone.now()
    access.check_can_finish(form, opened_at=opened_at, now=now)
    _complete(form, opened_at=opened_at, now=now)
    _charge(actor, form)
    submission = _submit(form, now)
    record(
        "form.completed",
        actor=actor,
        subject=form,
        chain=form.school_id,
        person=form.applicant,
        details={"version": submission.version, "answers": submission.payload["answers_hash"]},
    )
    return Finished(form, submission, again=False)


@transaction.atomic
def reopen_page(
    *, actor: Person, application: Application | uuid.UUID, slug: str, reason: str
) -> Reopening:
    """Open one page of a completed form for correction; opening it twice is one opening."""
    page = pages.BY_SLUG[slug]
    form = access.locked_application(actor, _key(application))
    access.check_can_reopen(form)
    told = " ".join(reason.split())
    if len(told) < SHORTEST_REASON:
        raise Refused(_("Напишите, что нужно исправить и почему"))
    known = form.reopenings.filter(page=page.slug, closed_at__isnull=True).first()
    if known:
        return known
    reopening = Reopening.objects.create(
        application=form, page=page.slug, reason=told[:300], opened_by=actor
    )
    record(
        "form.page_reopened",
        actor=actor,
        subject=form,
        chain=form.school_id,
        person=form.applicant,
        details={"page": page.slug, "reason": reopening.reason},
    )
    return reopening


@transaction.atomic
def close_page(*, actor: Person, application: Application | uuid.UUID, slug: str) -> Submission:
    """The reopened page is right again: a new version of the receipt, and the charge anew (ruling 18).

    Raises Incomplete while anything of the form is missing, Refused when the page is not open.
    """
    form = access.locked_application(actor, _key(application))
    access.check_can_edit(form, slug)
    if slug not in access.reopened_pages(form):
        raise Refused(_("Эта страница не открыта для исправления"))
    _check_complete(form)
    form.reopenings.filter(page=slug, closed_at__isnull=True).update(closed_at=timezone.now())
    if slug == pages.SUBJECTS.slug:
        _charge(actor, form)
    return resubmit(actor=actor, application=form, reason=slug)


def resubmit(*, actor: Person, application: Application, reason: str) -> Submission:
    """A new version of the receipt after a change of a completed form; the caller holds the form.

    ``reason``: the slug of the page that was changed.
    """
    submission = _submit(application, timezone.now())
    record(
        "form.corrected",
        actor=actor,
        subject=application,
        chain=application.school_id,
        person=application.applicant,
        details={
            "page": reason,
            "version": submission.version,
            "answers": submission.payload["answers_hash"],
        },
    )
    return submission


def download_form(*, actor: Person, application: Application) -> bytes:
    """The completed form as PDF, with the number of the document and all: by another person than
    its owner it is an event, as every look at a document is."""
    pdf = printing.form_pdf(application)
    if access.acts_for_another(actor, application):
        record(
            "form.downloaded",
            actor=actor,
            subject=application,
            chain=application.school_id,
            person=application.applicant,
        )
    return pdf


def mark_page(application: Application, slug: str) -> bool:
    """Note whether a page is right now, and that the form was begun; for actions of papers.

    Call it inside the action's transaction, with the form held (``access.locked_application``).
    """
    is_right = not pages.BY_SLUG[slug].problems(application)
    _note_progress(application, {slug: is_right})
    return is_right


def payment_changed(*, charge: Charge, standing: str, **_signal: Any) -> None:
    """Receiver of ``payments.signals.charge_changed``: what the form says about its payment."""
    if charge.subject_label == Application._meta.label_lower:
        Application.objects.filter(pk=charge.subject_id).update(payment=standing)


@transaction.atomic
def _open_chunk(
    actor: Person, campaign: Campaign, school: Organisation, rows: Sequence[AccessRow]
) -> list[Opened]:
    opened = open_accesses(
        actor=actor,
        organisation=school,
        role=Post.Role.GRADUATE,
        rows=rows,
        expires_at=campaign.access_ends_at,
    )
    Application.objects.bulk_create(
        [Application(campaign=campaign, applicant=each.person, school=school) for each in opened],
        ignore_conflicts=True,
    )
    return opened


def _key(application: Application | uuid.UUID) -> uuid.UUID:
    return application.pk if isinstance(application, Application) else application


def _written_by(row: FormPage, actor: Person) -> frozenset[str]:
    return frozenset(name for name, told in row.authors.items() if told[0] == str(actor.pk))


def _collision(row: FormPage, name: str, mine: Raw) -> Collision:
    _person, who, at, _version = row.authors.get(name, ("", "", "", 0))
    moment = datetime.fromisoformat(at) if at else None
    return Collision(name, mine, row.draft.get(name, {}), who, moment)


def _write_page(
    page: pages.QuestionPage,
    form: Application,
    row: FormPage,
    bound: PageForm,
    actor: Person,
    taken: Mapping[str, Raw],
) -> None:
    """Valid values into the typed columns, authors, version; then the row and the form's progress."""
    fed_before, numbers_before = page.feeds(row), row.numbers()
    for item in page.fields_of(form.campaign):
        if item.name in bound.cleaned_data:
            setattr(row, item.name, item.column(bound.cleaned_data[item.name]))
    row.version += 1
    row.saved_at = timezone.now()
    told = [str(actor.pk), actor.short_name, row.saved_at.isoformat(), row.version]
    row.authors = {**row.authors, **dict.fromkeys(taken, told)}
    row.index()
    row.save(force_insert=row._state.adding, force_update=not row._state.adding)
    if row.numbers() != numbers_before:
        note_typed(person=form.applicant, owner=str(form.pk), numbers=row.numbers())
    progress = {page.slug: not bound.errors}
    if page.feeds(row) != fed_before:
        progress |= {slug: not pages.BY_SLUG[slug].problems(form) for slug in page.fed}
    _note_progress(form, progress)


def _note_progress(form: Application, progress: Mapping[str, bool]) -> None:
    """State and right pages; writes only when one of them differs."""
    right = [
        page.slug for page in pages.PAGES if progress.get(page.slug, page.slug in form.pages_right)
    ]
    moved = states.move(form, State.DRAFT) if not form.is_completed else False
    if moved or right != form.pages_right:
        form.pages_right = right
        form.save(update_fields=["state", "pages_right"])


def _record_page(
    actor: Person,
    form: Application,
    page: pages.QuestionPage,
    before: Mapping[str, Raw],
    taken: Mapping[str, Raw],
    from_document: Collection[str],
) -> None:
    masked = {item.name for group in page.groups for item in group.fields if item.masked}
    changes = {
        name: [_told(before.get(name, {}), name in masked), _told(raw, name in masked)]
        for name, raw in taken.items()
    }
    read = sorted(set(from_document) & set(taken))
    record(
        "form.page_saved",
        actor=actor,
        subject=form,
        chain=form.school_id,
        person=form.applicant,
        details={
            "page": page.slug,
            "changes": changes,
            **({"from_document": read} if read else {}),
        },
    )


def _told(raw: Raw, masked: bool) -> str:
    """A raw value as one text; of a document's number only the last three signs."""
    text = " ".join(value for values in raw.values() for value in values if value)
    return f"•••{text[-3:]}" if masked and text else text


def _check_complete(form: Application) -> None:
    problems = pages.problems_of(form)
    if problems:
        raise Incomplete(problems)


def _complete(form: Application, *, opened_at: datetime | None, now: datetime) -> None:
    _check_complete(form)
    states.move(form, State.COMPLETED)
    form.completed_at = now
    form.check_opened_at = opened_at
    form.pages_right = [page.slug for page in pages.PAGES]
    form.save(update_fields=["state", "completed_at", "check_opened_at", "pages_right"])


def _charge(actor: Person, form: Application) -> Charge:
    """What is owed for the subjects; one that was charged before keeps its price (ruling 12)."""
    lines = queries.price_lines(form, fixed=_prices_charged(form))
    charge = set_charge(
        actor=actor,
        payer=form.applicant,
        organisation=form.school,
        subject=form,
        amount=sum(line["tyiyn"] for line in lines),
        lines=lines,
    )
    form.refresh_from_db(fields=["payment"])
    return charge


def _prices_charged(form: Application) -> dict[str, int]:
    charge = queries.charge_of(form)
    return {line["code"]: line["tyiyn"] for line in charge.lines} if charge else {}


def _submit(form: Application, now: datetime) -> Submission:
    last = form.submissions.order_by("-version").first()
    version = last.version + 1 if last else 1
    receipt = receipts.issue(form, version=version, at=now)
    return Submission.objects.create(
        application=form, version=version, issued_at=now, receipt=receipt
    )


def _last_submission(form: Application) -> Submission:
    return form.submissions.order_by("-version")[0]
