"""Adding, changing, closing and opening again a line of the office's lists."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.people.access import Refused, one_or_404
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.access import universities_of_office
from kabinet.portfolio.models import AcademicYear, MovedDay, Requirement
from kabinet.portfolio.office_lists.kinds import OfficeList

Facts = Mapping[str, Any]


@transaction.atomic
def add(*, actor: Person, kept: OfficeList, university: Organisation, facts: Facts) -> Any:
    """A new line. One writer per university, so that two do not get the same place or code."""
    held = _held(actor, university)
    line = kept.new(held)
    _write(line, facts)
    _record("list.added", actor, kept, line)
    return line


@transaction.atomic
def change(*, actor: Person, kept: OfficeList, line: Any, facts: Facts) -> Any:
    """Another name, code, day: everywhere at once, also where the line is used already."""
    _held(actor, kept.university_of(line))
    changed = [name for name, value in facts.items() if getattr(line, name) != value]
    if changed:
        _write(line, facts)
        _record("list.changed", actor, kept, line, fields=changed)
    return line


@transaction.atomic
def close(*, actor: Person, kept: OfficeList, line: Any) -> Any:
    """Offered for nothing new. Raises Refused where something open still needs it."""
    _held(actor, kept.university_of(line))
    if not line.is_closed:
        kept.check_can_close(line)
        kept.close(line)
        line.save()
        _record("list.closed", actor, kept, line)
    return line


@transaction.atomic
def reopen(*, actor: Person, kept: OfficeList, line: Any) -> Any:
    _held(actor, kept.university_of(line))
    if line.is_closed:
        kept.reopen(line)
        line.save()
        _record("list.reopened", actor, kept, line)
    return line


@transaction.atomic
def move_day(
    *, actor: Person, year: AcademicYear, requirement: Requirement, day: date | None
) -> None:
    """In this year the document is due on ``day``; None is the usual day again."""
    held = _held(actor, year.university)
    requirement = one_or_404(Requirement.objects.filter(university=held), requirement.pk)
    if day and not year.holds(day):
        raise Refused(_("Этого дня нет в учебном году %(year)s") % {"year": year})
    moved = MovedDay.objects.filter(academic_year=year, requirement=requirement)
    wanted = None if day == requirement.usual_due(year) else day
    if moved.values_list("day", flat=True).first() == wanted:
        return
    if wanted:
        MovedDay.objects.update_or_create(
            academic_year=year, requirement=requirement, defaults={"day": wanted}
        )
    else:
        moved.delete()
    record(
        "deadline.moved",
        actor=actor,
        subject=requirement,
        chain=held,
        details={"year": str(year), "day": str(wanted or requirement.usual_due(year))},
    )


def _held(actor: Person, university: Organisation) -> Organisation:
    """The office's own university, held until the end of the transaction; else 404."""
    rows = universities_of_office(actor).select_for_update()
    found: Organisation = one_or_404(rows, university.pk)
    return found


def _write(line: Any, facts: Facts) -> None:
    for name, value in facts.items():
        setattr(line, name, value)
    line.save()


def _record(verb: str, actor: Person, kept: OfficeList, line: Any, **details: Any) -> None:
    record(
        verb,
        actor=actor,
        subject=line,
        chain=kept.university_of(line),
        details={"list": kept.slug, **details},
    )
