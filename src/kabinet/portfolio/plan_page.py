"""What the plan page shows: the years with their slots, drafts that wait for a word, and errors."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kabinet.people.access import one_or_404
from kabinet.people.models import Person
from kabinet.portfolio import guessing
from kabinet.portfolio.access import is_office, is_own
from kabinet.portfolio.limits import PDF_BYTES
from kabinet.portfolio.models import (
    AcademicYear,
    DocumentType,
    Enrolment,
    Report,
    Requirement,
    Scan,
    Version,
)
from kabinet.portfolio.prefilled.access import templates_for
from kabinet.portfolio.slots import Slot, Year, plan_of, reports_of
from kabinet.portfolio.standing import standing_of

ACCEPT = "application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif"
Errors = Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """A file whose type or year is not said; both are proposed from its name."""

    report: Report
    version: Version
    type: DocumentType | None
    year: AcademicYear | None
    among: Sequence[Requirement]
    requirement: Requirement | None
    error: str = ""

    @property
    def is_guess(self) -> bool:
        return bool(self.type or self.year) and not self.report.document_type_id


def answer(
    request: HttpRequest, enrolment: Enrolment, *, errors: Errors | None = None, status: int = 200
) -> HttpResponse:
    """The whole page, also with what was not taken."""
    user: Person = request.user  # type: ignore[assignment]
    own = is_own(user, enrolment)
    reports = reports_of(enrolment, drafts=own)
    years = plan_of(enrolment, reports)
    next_due = _next_due(years)
    context = {
        "enrolment": enrolment,
        "standing": standing_of(enrolment),
        "own": own,
        "is_office": not own and is_office(user, enrolment),
        "years": years,
        "opened": request.GET.get("year", ""),
        "filled_slot": _first_empty(years),
        "missing": [slot for year in years for slot in year.missing],
        "next_due": next_due,
        "is_late": next_due is not None and next_due < timezone.localdate(),
        "errors": errors or {},
        "templates": templates_for(enrolment),
        "limit": PDF_BYTES,
        "accept": ACCEPT,
        "tab": "plan",
        **(_own_parts(request, enrolment, reports, years, errors or {}) if own else {}),
    }
    return render(request, "portfolio/plan.html", context, status=status)


def token() -> str:
    return secrets.token_hex(16)


def _own_parts(
    request: HttpRequest,
    enrolment: Enrolment,
    reports: Sequence[Report],
    years: Sequence[Year],
    errors: Errors,
) -> dict[str, object]:
    types = list(DocumentType.objects.filter(university=enrolment.university_id).open())
    drafts = [r for r in reports if r.state == Report.State.DRAFT]
    return {
        "types": types,
        "open_years": [year for year in years if not year.academic.is_closed],
        "drafts": [_draft(each, types, years, errors) for each in drafts],
        "scans": list(
            Scan.objects.filter(enrolment=enrolment).select_related(
                "requirement__document_type", "academic_year"
            )
        ),
        "removed": _just_removed(request, enrolment),
    }


def _draft(
    report: Report, types: Sequence[DocumentType], years: Sequence[Year], errors: Errors
) -> Draft:
    version = report.versions.all()[0]
    name = version.document.name
    kind = report.document_type or guessing.guess_type(name, types)
    academic = [year.academic for year in years if not year.academic.is_closed]
    year = report.academic_year or guessing.guess_year(name, academic)
    among = _among(kind, year, years)
    wanted = report.requirement or guessing.guess_requirement(name, among)
    error = errors.get(f"report-{report.pk}", "")
    return Draft(report, version, kind, year, among, wanted, error)


def _among(
    kind: DocumentType | None, year: AcademicYear | None, years: Sequence[Year]
) -> list[Requirement]:
    """The several places that type and year leave open; empty where there is no choice."""
    slots = [slot for each in years if year and each.academic.pk == year.pk for slot in each.slots]
    fitting = [s.requirement for s in slots if kind and s.requirement.document_type_id == kind.pk]
    return fitting if len(fitting) > 1 else []


def _just_removed(request: HttpRequest, enrolment: Enrolment) -> Report | None:
    """For the line «Удалено. Отменить»."""
    key = request.GET.get("removed")
    if not key:
        return None
    rows = Report.objects.filter(enrolment=enrolment, removed_at__isnull=False)
    return one_or_404(
        rows.select_related("document_type", "requirement__document_type", "academic_year"), key
    )


def _first_empty(years: Sequence[Year]) -> str:
    """One filled button a page: the slot that is due next."""
    empty = [s for y in years for s in y.slots if s.is_empty and s.needs_student]
    return min(empty, key=lambda slot: slot.due).key if empty else ""


def _next_due(years: Sequence[Year]) -> date | None:
    missing: list[Slot] = [slot for year in years for slot in year.missing]
    return min((slot.due for slot in missing), default=None)
