"""How far the forms of a school, a district or the whole campaign have come, in numbers."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from kabinet.exams.models import Application
from kabinet.exams.states import status_case

SENT = ("awaiting_payment", "in_review", "returned", "done")
"""Public states of a form that was completed."""


@dataclass(frozen=True)
class Figures:
    """``counts``: public state → forms; ``expected``: graduates the school told of, if it did."""

    counts: Mapping[str, int] = field(default_factory=dict)
    expected: int | None = None

    @property
    def opened(self) -> int:
        return sum(self.counts.values())

    @property
    def sent(self) -> int:
        return sum(self.counts.get(state, 0) for state in SENT)

    @property
    def awaited(self) -> int:
        """Graduates to be registered: as many as expected, or more if more have an access."""
        return max(self.expected or 0, self.opened)

    @property
    def sent_share(self) -> float:
        return self.sent / self.awaited if self.awaited else 0.0


def counts_by(rows: QuerySet[Application], group: str) -> dict[Any, Counter[str]]:
    """Value of ``group`` → public state → number of forms, in one statement."""
    found: dict[Any, Counter[str]] = {}
    counted = rows.order_by().values(group, status=status_case()).annotate(number=Count("pk"))
    for row in counted:
        found.setdefault(row[group], Counter())[row["status"]] += row["number"]
    return found


def whole(parts: Iterable[Figures]) -> Figures:
    """The figures of all together. Where one told how many it expects, the others expect what they have."""
    parts = list(parts)
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    is_told = any(part.expected is not None for part in parts)
    return Figures(counts, sum(part.awaited for part in parts) if is_told else None)
