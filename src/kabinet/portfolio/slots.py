"""Which documents a student owes in which academic year, and what lies in each place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.portfolio import states
from kabinet.portfolio.models import (
    AcademicYear,
    Enrolment,
    Remark,
    Report,
    Requirement,
    Version,
)
from kabinet.portfolio.standing import is_on_leave, year_of_study
from kabinet.ui.templatetags.kabinet import daymonth

State = Report.State


@dataclass(frozen=True)
class Slot:
    """A document that is due; ``report`` is what was handed in, if anything."""

    year: AcademicYear
    requirement: Requirement
    due: date
    report: Report | None = None
    on_leave: bool = False

    @property
    def key(self) -> str:
        return f"slot-{self.year.pk}-{self.requirement.pk}"

    @property
    def is_settled(self) -> bool:
        return self.report is not None and self.report.state == State.ACCEPTED

    @property
    def is_empty(self) -> bool:
        return self.report is None

    @property
    def needs_student(self) -> bool:
        """Nothing handed in yet, or something to mend."""
        if self.report is None:
            return not self.on_leave and not self.year.is_closed
        return self.report.state in (State.RETURNED, State.WITHDRAWN)

    @property
    def status(self) -> str:
        if self.report:
            return states.SHOWN[self.report.state]
        return "not_started" if self.needs_student else "locked"

    @property
    def word(self) -> str:
        if self.report:
            return str(State(self.report.state).label)
        if self.on_leave:
            return _("Отпуск")
        if self.year.is_closed:
            return _("Приём закрыт")
        day = {"day": daymonth(self.due)}
        if self.due < timezone.localdate():
            return _("Срок был %(day)s") % day
        return _("До %(day)s") % day


@dataclass(frozen=True)
class Year:
    """One academic year of the plan. ``others``: handed in, though nobody had asked for them."""

    academic: AcademicYear
    course: int
    slots: Sequence[Slot]
    others: Sequence[Report]
    is_current: bool

    @cached_property
    def accepted(self) -> int:
        return sum(slot.is_settled for slot in self.slots)

    @property
    def total(self) -> int:
        return len(self.slots)

    @property
    def is_done(self) -> bool:
        """All that was due is accepted, and the year is over."""
        finished = self.accepted == self.total
        return not self.is_current and self.total > 0 and finished and not self.others

    @property
    def missing(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.needs_student]


def requirements_in(enrolment: Enrolment, year: AcademicYear) -> list[Requirement]:
    """What the student owes in the year, by the day it is due."""
    course = year_of_study(enrolment, year)
    rows = Requirement.objects.filter(
        study_form=enrolment.study_form_id, year_of_study=course or 0
    ).select_related("document_type")
    return _of_year(rows, year)


def plan_of(enrolment: Enrolment, reports: Sequence[Report]) -> list[Year]:
    """The years of the studies up to today, the current one first. Four statements, however many."""
    today = timezone.localdate()
    academic = AcademicYear.objects.filter(university=enrolment.university_id, starts__lte=today)
    years = academic.prefetch_related("moved_days")
    rows = Requirement.objects.filter(study_form=enrolment.study_form_id)
    wanted = list(rows.select_related("document_type"))
    found = []
    for year in years:
        course = year_of_study(enrolment, year)
        if course is not None:
            due = _of_year([r for r in wanted if r.year_of_study == course], year)
            found.append(_year(enrolment, year, course, due, reports, today))
    return found


def reports_of(enrolment: Enrolment, *, drafts: bool) -> list[Report]:
    """All present reports with their versions and remarks; the drafts only for their owner."""
    rows = Report.objects.present() if drafts else Report.objects.handed_in()
    versions = Version.objects.select_related("document")
    remarks = Remark.objects.select_related("author")
    joined = rows.filter(enrolment=enrolment).select_related(
        "document_type", "academic_year", "requirement__document_type", "decided_by"
    )
    return list(
        joined.prefetch_related(
            Prefetch("versions", queryset=versions), Prefetch("remarks", queryset=remarks)
        )
    )


def _year(
    enrolment: Enrolment,
    year: AcademicYear,
    course: int,
    due: Sequence[Requirement],
    reports: Sequence[Report],
    today: date,
) -> Year:
    here = [r for r in reports if r.academic_year_id == year.pk and r.state != State.DRAFT]
    lying: Mapping[int | None, Report] = {r.requirement_id: r for r in here if r.requirement_id}
    slots = [_slot(enrolment, year, each, lying.get(each.pk)) for each in due]
    # What waits for the student stands first: returned, then due; the rest keeps its order.
    slots.sort(key=lambda slot: (not slot.needs_student, slot.is_empty))
    asked = {each.pk for each in due}
    others = [r for r in here if r.requirement_id not in asked]
    return Year(year, course, slots, others, year.holds(today))


def _slot(
    enrolment: Enrolment, year: AcademicYear, requirement: Requirement, report: Report | None
) -> Slot:
    due = requirement.due(year)
    return Slot(year, requirement, due, report, on_leave=is_on_leave(enrolment, due))


def _of_year(rows: object, year: AcademicYear) -> list[Requirement]:
    wanted = [each for each in rows if each.applies_in(year)]  # type: ignore[attr-defined]
    return sorted(wanted, key=lambda each: (each.due(year), each.pk))
