"""«Кто видел и менял мои данные»: the journal's events about one person, newest first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.text import capfirst

from kabinet.audit import verbs
from kabinet.audit.models import Event
from kabinet.people.models import Person

PAGE = 50


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    what: str
    about: str
    who: str
    mine: bool


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """``before`` leads to the older entries; empty on the last page."""

    entries: list[Entry]
    before: str


def page_for(person: Person, *, before: str = "") -> HistoryPage:
    """A page of the person's history, older than the event ``before``.

    Keyset, not offset: what is written meanwhile shifts nothing.
    """
    events = Event.objects.filter(person_id=str(person.pk)).order_by("-at", "-id")
    is_key = before.isascii() and before.isdigit() and len(before) < 19
    anchor = events.filter(pk=int(before)).first() if is_key else None
    if anchor:
        events = events.filter(Q(at__lt=anchor.at) | Q(at=anchor.at, pk__lt=anchor.pk))
    rows = list(events[: PAGE + 1])
    more = str(rows[PAGE - 1].pk) if len(rows) > PAGE else ""
    return HistoryPage([_entry(row, person) for row in rows[:PAGE]], more)


def _entry(event: Event, person: Person) -> Entry:
    of_oneself = event.subject_id == str(person.pk)
    return Entry(
        at=event.at,
        what=capfirst(verbs.phrase(event.verb)),
        about="" if of_oneself else event.subject_text,
        who=event.actor_text,
        mine=event.actor_id == str(person.pk),
    )
