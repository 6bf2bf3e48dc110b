"""A list in pages of 25, 50 or 100, its state kept in the address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

SIZES = (25, 50, 100)
_FARTHEST = 10_000
Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Window:
    """Which part of a list is asked for; ``number`` counts pages from 1."""

    number: int
    size: int

    @classmethod
    def asked(cls, query: QueryDict) -> "Window":
        """Whatever cannot be meant is the first page of 25."""
        size = _whole(query.get("size"))
        number = _whole(query.get("page"))
        return cls(
            number=number if 1 <= number <= _FARTHEST else 1,
            size=size if size in SIZES else SIZES[0],
        )

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size


@dataclass(frozen=True)
class Page(Generic[Thing]):
    """One part of a list. It knows whether more follows, not how long the whole list is."""

    rows: Sequence[Thing]
    window: Window
    has_more: bool

    @property
    def first(self) -> int:
        return self.window.start + 1

    @property
    def last(self) -> int:
        return self.window.start + len(self.rows)

    @property
    def previous(self) -> int | None:
        return self.window.number - 1 if self.window.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.window.number + 1 if self.has_more else None

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to turn or to choose."""
        return bool(self.previous or self.next or len(self.rows) > SIZES[0])

    @property
    def sizes(self) -> tuple[int, ...]:
        return SIZES


def cut_query(rows: QuerySet[Row], window: Window) -> Page[Row]:
    """One row more than asked tells whether the list goes on; no second statement counts it."""
    found = list(rows[window.start : window.start + window.size + 1])
    return Page(found[: window.size], window, len(found) > window.size)


def cut(rows: Sequence[Thing], window: Window) -> Page[Thing]:
    end = window.start + window.size
    return Page(rows[window.start : end], window, len(rows) > end)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
