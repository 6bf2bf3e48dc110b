"""Lists of students: what the office filters, and what waits for a supervisor.

The number of statements is the same however many students there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.core import names
from kabinet.people.models import Organisation
from kabinet.portfolio.models import AcademicYear, Enrolment, Report
from kabinet.portfolio.standing import Standing, standing_of, with_facts, year_of_study

State = Report.State
STATES = {
    "studying": _("Учатся"),
    "leave": _("В отпуске"),
    "left": _("Выбыли"),
}
ON_PAGE = 50


@dataclass(frozen=True)
class Student:
    """A row of a list. ``waiting``: reports by state."""

    enrolment: Enrolment
    standing: Standing
    course: int | None
    with_supervisor: int
    with_office: int
    returned: int

    @property
    def state(self) -> str:
        if self.standing.left:
            return "left"
        return "leave" if self.standing.is_on_leave else "studying"

    @property
    def state_name(self) -> str:
        if self.standing.left:
            return str(self.standing.left.get_kind_display())
        return str(_("Отпуск")) if self.standing.is_on_leave else str(_("Учится"))


@dataclass(frozen=True)
class Wanted:
    """What the filters say; empty is everything."""

    course: str = ""
    department: str = ""
    state: str = ""
    waits: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Wanted":
        fields = ("course", "department", "state", "waits", "text")
        return cls(**{name: str(query.get(name, ""))[:80] for name in fields})

    def takes(self, student: Student) -> bool:
        found = names.search_key(self.text) in student.enrolment.person.search_key
        return (
            found
            and self.course in ("", str(student.course))
            and self.department in ("", str(student.enrolment.department_id))
            and self.state in ("", student.state)
            and (not self.waits or student.with_office > 0)
        )


def students(rows: QuerySet[Enrolment]) -> list[Student]:
    """By name."""
    counted = with_facts(rows).annotate(
        n_supervisor=_count(State.WITH_SUPERVISOR),
        n_office=_count(State.WITH_OFFICE),
        n_returned=_count(State.RETURNED),
    )
    ordered = list(counted.order_by("person__sort_key", "pk"))
    years = _years_now({each.university_id for each in ordered})
    return [_student(each, years.get(each.university_id)) for each in ordered]


def courses(found: Iterable[Student]) -> list[int]:
    return sorted({each.course for each in found if each.course})


def departments(found: Iterable[Student]) -> list[Organisation]:
    places = {each.enrolment.department_id: each.enrolment.department for each in found}
    return sorted(places.values(), key=lambda place: place.sort_key)


def waiting_reports(rows: QuerySet[Report], *, most: int = ON_PAGE) -> Sequence[Report]:
    """The oldest first."""
    joined = rows.select_related(
        "enrolment__person", "document_type", "academic_year", "requirement__document_type"
    )
    return list(joined.order_by("saved_at", "pk")[:most])


def supervised_now(university: Organisation) -> Counter[UUID]:
    """How many students each person supervises today."""
    rows = Enrolment.objects.filter(university=university).with_supervisor()
    named = rows.values_list("supervisor_today", flat=True)  # type: ignore[misc]
    return Counter(UUID(f"{key}") for key in named if key)  # SQLite gives the key as text


def _student(enrolment: Enrolment, year: AcademicYear | None) -> Student:
    counts = enrolment.n_supervisor, enrolment.n_office, enrolment.n_returned  # type: ignore[attr-defined]
    course = year_of_study(enrolment, year) if year else None
    return Student(enrolment, standing_of(enrolment), course, *counts)


def _years_now(universities: set[UUID]) -> dict[UUID, AcademicYear]:
    today = timezone.localdate()
    current = AcademicYear.objects.filter(
        university__in=universities, starts__lte=today, ends__gte=today
    )
    return {year.university_id: year for year in current}


def _count(state: str) -> Count:
    present = Q(reports__state=state, reports__removed_at__isnull=True)
    return Count("reports", filter=present, distinct=True)
