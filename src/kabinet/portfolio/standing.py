"""What holds on a day: the facts of an enrolment up to that day, read in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from kabinet.people.models import Person
from kabinet.portfolio.models import AcademicYear, Enrolment, EnrolmentFact

Kind = EnrolmentFact.Kind
LEFT = (Kind.EXPELLED, Kind.GRADUATED)


@dataclass(frozen=True)
class Standing:
    """``left``: the order that ended the studies. ``supervisor`` may have a name and no account yet."""

    topic: str
    supervisor: Person | None
    supervisor_name: str
    is_on_leave: bool
    left: EnrolmentFact | None


def with_facts(rows: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """The enrolments with everything a page about them needs; two statements for any number."""
    facts = EnrolmentFact.objects.select_related("supervisor").order_by("since", "id")
    return rows.select_related(
        "person", "university", "department", "speciality", "study_form"
    ).prefetch_related(Prefetch("facts", queryset=facts))


def standing_of(enrolment: Enrolment, on: date | None = None) -> Standing:
    day = on or timezone.localdate()
    facts = facts_until(enrolment, day)
    supervision = last(facts, Kind.SUPERVISOR)
    topic = last(facts, Kind.TOPIC)
    named = supervision.supervisor_name if supervision else ""
    person = supervision.supervisor if supervision else None
    return Standing(
        topic=topic.value if topic else "",
        supervisor=person,
        supervisor_name=person.short_name if person else named,
        is_on_leave=_is_leave(facts, day),
        left=last(facts, *LEFT),
    )


def is_on_leave(enrolment: Enrolment, day: date) -> bool:
    return _is_leave(facts_until(enrolment, day), day)


def year_of_study(enrolment: Enrolment, year: AcademicYear) -> int | None:
    """The course in an academic year: what the last order says, and one more for each year since.

    None for years before the studies began or after they ended.
    """
    facts = facts_until(enrolment, year.ends)
    named = [fact for fact in facts if fact.year_of_study is not None]
    left = last(facts, *LEFT)
    if not named or (left and left.since < year.starts):
        return None
    order = named[-1]
    return (order.year_of_study or 0) + year.starts.year - _begun_in(order.since, year)


def facts_until(enrolment: Enrolment, day: date) -> list[EnrolmentFact]:
    """In their order; of two from the same day the one recorded later comes last."""
    known: Iterable[EnrolmentFact] = enrolment.facts.all()
    return sorted((f for f in known if f.since <= day), key=lambda fact: (fact.since, fact.pk))


def last(facts: Sequence[EnrolmentFact], *kinds: str) -> EnrolmentFact | None:
    return next((fact for fact in reversed(facts) if fact.kind in kinds), None)


def _is_leave(facts: Sequence[EnrolmentFact], day: date) -> bool:
    order = last(facts, Kind.LEAVE, Kind.RETURNED)
    if order is None or order.kind == Kind.RETURNED:
        return False
    return order.until is None or day <= order.until


def _begun_in(day: date, year: AcademicYear) -> int:
    """The calendar year in which the academic year of the day began."""
    begins = (year.starts.month, year.starts.day)
    return day.year if (day.month, day.day) >= begins else day.year - 1
