"""Handing in, replacing, judging, withdrawing, removing and bringing back a report.

A file is decoded and encrypted before anything is locked: decoding takes seconds. What then turns
out not to be wanted is discarded at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.portfolio import notices, states
from kabinet.portfolio.access import (
    check_can_decide,
    check_can_hand_in,
    check_can_remove,
    check_can_replace,
    check_can_withdraw,
    check_takes_new,
    is_office,
    locked_report,
)
from kabinet.portfolio.models import (
    AcademicYear,
    DocumentType,
    Enrolment,
    Remark,
    Report,
    Requirement,
    Version,
)
from kabinet.portfolio.slots import requirements_in
from kabinet.portfolio.standing import standing_of, with_facts
from kabinet.vault import actions as vault

State = Report.State


@dataclass(frozen=True)
class Upload:
    """A file as it came: ``token`` is new for each box shown, so that a repeated post is known."""

    data: bytes
    name: str
    token: str = ""


@dataclass(frozen=True)
class Place:
    """Where a report belongs, as far as that is known. A requirement implies its type."""

    academic_year: AcademicYear | None = None
    document_type: DocumentType | None = None
    requirement: Requirement | None = None

    @property
    def type(self) -> DocumentType | None:
        return self.requirement.document_type if self.requirement else self.document_type

    @property
    def is_complete(self) -> bool:
        return bool(self.academic_year and self.type)


def hand_in(*, actor: Person, enrolment: Enrolment, place: Place, upload: Upload) -> Report:
    """Save a file: in its place as a new report or a new version, or as a draft until that is known.

    The same upload again, also at the same moment, changes nothing and gives the same report.
    Raises Refused, or one of ``vault.refusals.UploadRefused``.
    """
    check_can_hand_in(actor, enrolment)
    known = handed_in_before(actor, upload.token)
    if known:
        return known
    accepted = vault.accept(upload.data, name=upload.name, allow_pdf=True, owner=str(enrolment.pk))
    return _kept(accepted, lambda: _hand_in(actor, enrolment.pk, place, accepted, upload.token))


def replace_file(*, actor: Person, report: Report, upload: Upload) -> Report:
    """«Заменить файл»: a new version; the old ones stay listed."""
    check_can_replace(actor, report)
    known = handed_in_before(actor, upload.token)
    if known:
        return known
    accepted = vault.accept(
        upload.data, name=upload.name, allow_pdf=True, owner=str(report.enrolment_id)
    )
    return _kept(accepted, lambda: _replace(actor, report.pk, accepted, upload.token))


@transaction.atomic
def describe(*, actor: Person, report: Report, place: Place) -> Report:
    """Say type and year of a draft. Complete, it goes where it belongs; the report there is returned.

    A place whose report is accepted cannot take it: then it stays a draft, and Refused says why.
    """
    _lock(report.enrolment_id)
    draft = locked_report(actor, report.pk)
    check_can_hand_in(actor, draft.enrolment)
    if draft.state != State.DRAFT or draft.removed_at:
        raise Refused(_("Этот файл уже не черновик. Откройте страницу заново"))
    place = _settled(draft.enrolment, place)
    standing_there = _report_in(draft.enrolment, place)
    if standing_there:
        check_can_replace(actor, standing_there)
        return _merge(actor, draft, standing_there)
    check_takes_new(place.academic_year)
    return _place(actor, draft, place)


@transaction.atomic
def accept(*, actor: Person, report: Report, seen: str = "") -> Report:
    """A supervisor passes it on to the office, the office accepts it for good.

    ``seen``: number of the version that was read, where a page says so; Refused for an older one.
    """
    held = locked_report(actor, report.pk)
    check_can_decide(actor, held)
    _check_newest(held, seen)
    office = is_office(actor, held.enrolment)
    target, verb = (
        (State.ACCEPTED, "report.accepted") if office else (State.WITH_OFFICE, "report.approved")
    )
    _decide(held, actor, target, verb)
    _record(verb, actor, held)
    notices.tell_student(verb, report=held, of=held.versions.all()[0])
    return held


@transaction.atomic
def return_(*, actor: Person, report: Report, remark: str, seen: str = "") -> Report:
    """Back to the student, with what has to be mended. ``seen`` as in ``accept``."""
    held = locked_report(actor, report.pk)
    check_can_decide(actor, held)
    _check_newest(held, seen)
    text = " ".join(remark.split())
    if not text:
        raise Refused(_("Напишите, что исправить: без замечания отчет не возвращают"))
    version = held.versions.all()[0]
    made = Remark.objects.create(report=held, version=version, author=actor, text=text[:2000])
    _decide(held, actor, State.RETURNED, "report.returned")
    _record("report.returned", actor, held, remark=made.text)
    notices.tell_student("report.returned", report=held, of=made, remark=made)
    return held


@transaction.atomic
def withdraw(*, actor: Person, report: Report) -> Report:
    """After acceptance nothing is deleted; what was accepted by mistake is withdrawn."""
    held = locked_report(actor, report.pk)
    check_can_withdraw(actor, held)
    states.move(held, State.WITHDRAWN, "report.withdrawn")
    _save(held)
    _record("report.withdrawn", actor, held)
    supervisor = standing_of(held.enrolment).supervisor
    notices.tell_supervisor(
        "report.withdrawn", supervisor=supervisor, report=held, of=held.versions.all()[0]
    )
    return held


@transaction.atomic
def remove(*, actor: Person, report: Report) -> Report:
    """Into the bin, with all versions, for 30 days. Removing it twice is removing it once."""
    held = locked_report(actor, report.pk)
    check_can_remove(actor, held)
    if held.removed_at is None:
        held.removed_at = timezone.now()
        held.save(update_fields=["removed_at"])
        _record("report.removed", actor, held)
    return held


@transaction.atomic
def restore(*, actor: Person, report: Report) -> Report:
    """Back from the bin to where it was; where another report lies by now, back as a draft."""
    _lock(report.enrolment_id)
    held = locked_report(actor, report.pk)
    check_can_hand_in(actor, held.enrolment)
    if held.removed_at is None:
        return held
    held.removed_at = None
    place = Place(held.academic_year, held.document_type, held.requirement)
    if held.state != State.DRAFT and _report_in(held.enrolment, place):
        held.state = State.DRAFT
    held.save(update_fields=["removed_at", "state"])
    _record("report.restored", actor, held)
    return held


def handed_in_before(actor: Person, token: str) -> Report | None:
    """The report that this very upload has made already."""
    if not token:
        return None
    version = Version.objects.filter(added_by=actor, token=token).select_related("report").first()
    return version.report if version else None


def _kept(accepted: vault.Accepted, put: Callable[[], Report]) -> Report:
    """What ``put`` did not keep is taken away at once."""
    try:
        report = put()
    except BaseException:
        vault.discard(accepted)
        raise
    if not Version.objects.filter(document=accepted.document.pk).exists():
        vault.discard(accepted)
    return report


@transaction.atomic
def _hand_in(
    actor: Person, enrolment_id: UUID, place: Place, accepted: vault.Accepted, token: str
) -> Report:
    enrolment = _lock(enrolment_id)
    known = handed_in_before(actor, token)
    if known:
        return known
    slot_chosen = place.requirement is not None
    place = _settled(enrolment, place)
    standing_there = _report_in(enrolment, place)
    if standing_there and (slot_chosen or standing_there.state != State.ACCEPTED):
        return _add_version(actor, standing_there, accepted, token)
    check_takes_new(place.academic_year)
    draft = Report.objects.create(
        enrolment=enrolment,
        academic_year=place.academic_year,
        document_type=place.type,
        requirement=place.requirement,
    )
    _new_version(actor, draft, accepted, token)
    if standing_there:  # accepted already: the file waits as a draft, and is not lost
        return _stay(actor, draft)
    return _place(actor, draft, place)


@transaction.atomic
def _replace(actor: Person, report_id: UUID, accepted: vault.Accepted, token: str) -> Report:
    held = locked_report(actor, report_id)
    known = handed_in_before(actor, token)
    return known or _add_version(actor, held, accepted, token)


def _settled(enrolment: Enrolment, place: Place) -> Place:
    """Which of the year's places a type means: the only one, or the only one that is still empty.

    Of two places nobody guesses one; a type that the year does not ask for has none.
    """
    if place.requirement or not place.is_complete or not place.academic_year:
        return place
    year = place.academic_year
    fitting = [r for r in requirements_in(enrolment, year) if r.document_type_id == place.type.pk]  # type: ignore[union-attr]
    if len(fitting) > 1:
        taken = _taken(enrolment, year)
        fitting = [r for r in fitting if r.pk not in taken]
        if len(fitting) != 1:
            return replace(place, academic_year=year, requirement=None)
    return replace(place, requirement=fitting[0]) if fitting else place


def is_ambiguous(enrolment: Enrolment, place: Place) -> bool:
    """Whether the year asks for several documents of this type, and it is not said which."""
    if place.requirement or not place.is_complete or not place.academic_year or not place.type:
        return False
    same = [
        r
        for r in requirements_in(enrolment, place.academic_year)
        if r.document_type_id == place.type.pk
    ]
    return len(same) > 1


def _taken(enrolment: Enrolment, year: AcademicYear) -> set[int | None]:
    there = Report.objects.handed_in().filter(enrolment=enrolment, academic_year=year)
    return set(there.values_list("requirement", flat=True))


def _report_in(enrolment: Enrolment, place: Place) -> Report | None:
    if not place.is_complete or is_ambiguous(enrolment, place):
        return None
    there = Report.objects.handed_in().filter(
        enrolment=enrolment, academic_year=place.academic_year, requirement=place.requirement
    )
    if place.requirement is None:
        there = there.filter(document_type=place.type)
    found: Report | None = there.select_for_update().first()
    return found


def _place(actor: Person, draft: Report, place: Place) -> Report:
    """Put a draft where it belongs, if that is known by now."""
    draft.academic_year = place.academic_year
    draft.document_type = place.type
    draft.requirement = place.requirement
    if not place.is_complete or is_ambiguous(draft.enrolment, place):
        return _stay(actor, draft)
    return _pass_on(actor, draft, "report.submitted")


def _stay(actor: Person, draft: Report) -> Report:
    states.move(draft, State.DRAFT, "report.described")
    _save(draft)
    _record("report.described", actor, draft)
    return draft


def _merge(actor: Person, draft: Report, into: Report) -> Report:
    """The files of a draft become the newest version of the report that lies in its place."""
    number = _next_number(into)
    for version in sorted(draft.versions.all(), key=lambda each: each.number):
        version.report, version.number = into, number
        version.save(update_fields=["report", "number"])
        number += 1
    Report.objects.filter(pk=draft.pk).delete()
    return _pass_on(actor, into, "report.replaced")


def _add_version(actor: Person, report: Report, accepted: vault.Accepted, token: str) -> Report:
    check_can_replace(actor, report)
    newest = report.versions.select_related("document").first()
    if newest and newest.document.fingerprint == accepted.document.fingerprint:
        if report.state in (State.RETURNED, State.WITHDRAWN):
            raise Refused(_("Это тот же файл, что и раньше. Выберите исправленный"))
        return report  # the same file again is not a new version
    _new_version(actor, report, accepted, token)
    if report.state == State.DRAFT:
        return _stay(actor, report)
    return _pass_on(actor, report, "report.replaced")


def _new_version(actor: Person, report: Report, accepted: vault.Accepted, token: str) -> Version:
    return Version.objects.create(
        report=report,
        number=_next_number(report),
        document=vault.keep(accepted),
        added_by=actor,
        token=token,
    )


def _next_number(report: Report) -> int:
    highest: int | None = Version.objects.filter(report=report).aggregate(n=Max("number"))["n"]
    return (highest or 0) + 1


def _pass_on(actor: Person, report: Report, verb: str) -> Report:
    """To the supervisor of today where the type asks for one, else to the office."""
    supervisor = standing_of(report.enrolment).supervisor
    first = supervisor if report.document_type and report.document_type.by_supervisor else None
    states.move(report, State.WITH_SUPERVISOR if first else State.WITH_OFFICE, verb)
    report.decided_at = report.decided_by = None
    _save(report)
    newest = Version.objects.filter(report=report).select_related("document").latest("number")
    _record(verb, actor, report, version=newest.number, size=newest.document.size)
    notices.tell_supervisor("report.submitted", supervisor=first, report=report, of=newest)
    return report


def _check_newest(held: Report, seen: str) -> None:
    """Nobody decides on a file that was put in place of the one they read."""
    if seen and seen != str(held.versions.all()[0].number):
        raise Refused(_("Файл заменили, пока вы читали. Посмотрите новую версию"))


def _decide(report: Report, actor: Person, target: str, verb: str) -> None:
    states.move(report, target, verb)
    report.decided_at, report.decided_by = timezone.now(), actor
    _save(report)


def _save(report: Report) -> None:
    report.saved_at = timezone.now()
    report.save()


def _lock(enrolment_id: UUID) -> Enrolment:
    """One student's files are placed one after the other, so that no place gets two reports."""
    Enrolment.objects.select_for_update().get(pk=enrolment_id)
    return with_facts(Enrolment.objects.filter(pk=enrolment_id)).get()


def _record(verb: str, actor: Person, report: Report, **details: Any) -> None:
    record(
        verb,
        actor=actor,
        subject=report,
        chain=report.enrolment.university_id,
        person=report.enrolment.person,
        details=details,
    )
