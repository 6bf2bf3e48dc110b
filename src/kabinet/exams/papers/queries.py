"""What the pages of papers ask: what lies where, and who has looked at it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from kabinet.audit.models import Event
from kabinet.exams.models import Application, Paper
from kabinet.exams.papers.access import recent
from kabinet.people.models import Post

VIEWED = "paper.viewed"


@dataclass(frozen=True)
class Look:
    """Somebody opened a paper on a day, so many times, as the holder of a post."""

    who: str
    role: str
    place: str
    day: date
    times: int

    @property
    def post(self) -> str:
        return f"{Post.Role(self.role).label}, {self.place}" if self.role else ""


def papers_of(application: Application) -> list[Paper]:
    """All papers of the form, also those that may still be brought back, in the order they came.

    What the program saw in each is joined.
    """
    rows = Paper.objects.filter(recent(), application=application)
    return list(rows.select_related("document__checked", "claim__benefit", "added_by"))


def looks_at(papers: Sequence[Paper], *, owner: UUID) -> Mapping[UUID, list[Look]]:
    """Who but the owner has opened each paper, the latest day first."""
    subjects = {str(paper.pk): paper.pk for paper in papers}
    events = Event.objects.filter(verb=VIEWED, subject_id__in=list(subjects))
    counted: dict[UUID, Counter[tuple[date, str, str, str]]] = {
        key: Counter() for key in subjects.values()
    }
    for event in events.exclude(actor_id=str(owner)).select_related("details"):
        details = getattr(event, "details", None)
        values = details.values if details else {}
        post = values.get("role", ""), values.get("place", "")
        day = timezone.localdate(event.at)
        counted[subjects[event.subject_id]][day, event.actor_text, *post] += 1
    return {key: _latest_first(days) for key, days in counted.items()}


def _latest_first(days: Counter[tuple[date, str, str, str]]) -> list[Look]:
    ordered = sorted(days.items(), reverse=True)
    return [Look(who, role, place, day, times) for (day, who, role, place), times in ordered]
