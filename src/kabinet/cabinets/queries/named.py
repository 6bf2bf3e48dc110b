"""Joining to rows that name their subject by the text of its id, without a foreign key.

Events of the journal and charges outlive what they speak of, so they keep ``str(uuid)``. SQLite
stores a UUID as 32 hex digits and PostgreSQL as a type of its own; both can be made that text.
"""

from typing import Any

from django.db.models import CharField, DateTimeField, Func, OuterRef, Subquery

from kabinet.audit.models import Event

_PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


class IdText(Func):
    """A UUID column as ``str(uuid)`` writes it."""

    arity = 1
    output_field = CharField()
    template = "(%(expressions)s)::text"

    def as_sqlite(
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        parts = (f"substr({column}, {start}, {length})" for start, length in _PARTS)
        return "(" + " || '-' || ".join(parts) + ")", (*params,) * len(_PARTS)


def last_event_about(person: str) -> Subquery:
    """When anything was last done for or by the person; ``person`` is the path to their id."""
    events = Event.objects.filter(person_id=IdText(OuterRef(person))).order_by("-at")
    return Subquery(events.values("at")[:1], output_field=DateTimeField())


def last_event_at(organisation: str) -> Subquery:
    """When anything was last written into the journal of the organisation with this id."""
    events = Event.objects.filter(chain=IdText(OuterRef(organisation))).order_by("-seq")
    return Subquery(events.values("at")[:1], output_field=DateTimeField())
