"""Writing to the journal and proving that nobody wrote into it afterwards."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from kabinet.audit.models import Details, Event
from kabinet.core.canonical import canonical_json

GENESIS = "0" * 64
HOUSE = "house"
"""The chain of what belongs to no organisation."""


class Actor:
    """Who acts: anything with ``pk`` and text. ``SYSTEM`` acts where no person does."""

    def __init__(self, pk: object, text: str) -> None:
        self.pk = pk
        self._text = text

    def __str__(self) -> str:
        return self._text


SYSTEM = Actor("", "Кабинет")


@dataclass(frozen=True, slots=True)
class About:
    """What one event tells of; see ``record`` for the meaning."""

    subject: models.Model
    person: models.Model | None = None
    details: Mapping[str, Any] | None = None


def record(
    verb: str,
    *,
    actor: models.Model | Actor,
    subject: models.Model,
    chain: object,
    person: models.Model | None = None,
    details: Mapping[str, Any] | None = None,
) -> Event:
    """Append one event; call it inside the transaction of the action it tells of.

    ``chain`` is the organisation (or its id) whose journal this is; ``person`` the one whose
    data it concerns, who may read it. ``details`` must be JSON without floats, and never hold
    a secret.
    """
    return record_all(verb, actor=actor, chain=chain, about=[About(subject, person, details)])[0]


def record_all(
    verb: str, *, actor: models.Model | Actor, chain: object, about: Sequence[About]
) -> list[Event]:
    """Append one event for each, in their order, in a handful of statements for all of them."""
    chain_key = str(getattr(chain, "pk", chain))
    with transaction.atomic():
        _lock(chain_key)
        last = Event.objects.filter(chain=chain_key).order_by("-seq").only("seq", "hash").first()
        events, details = [], []
        for one in about:
            salt = secrets.token_hex(16) if one.details else ""
            last = _following(last, chain_key, verb, actor, one, salt)
            events.append(last)
            if one.details:
                details.append(Details(event=last, salt=salt, values=dict(one.details)))
        Event.objects.bulk_create(events)
        Details.objects.bulk_create(_with_keys(details))
    return events


def _following(
    last: Event | None,
    chain: str,
    verb: str,
    actor: models.Model | Actor,
    about: About,
    salt: str,
) -> Event:
    """The event that comes after ``last``, hashed but not yet stored."""
    event = Event(
        chain=chain,
        seq=last.seq + 1 if last else 1,
        at=timezone.now(),
        verb=verb,
        actor_id=str(actor.pk),
        actor_text=str(actor)[:250],
        subject_label=about.subject._meta.label_lower,
        subject_id=str(about.subject.pk),
        subject_text=str(about.subject)[:250],
        person_id=str(about.person.pk) if about.person else "",
        details_digest=_details_digest(salt, about.details) if about.details else "",
        previous=last.hash if last else GENESIS,
    )
    event.hash = _hash(event)
    return event


def _with_keys(details: Sequence[Details]) -> Sequence[Details]:
    """The keys of their events are known only after these were stored."""
    for one in details:
        one.event_id = one.event.pk
    return details


@dataclass(frozen=True)
class Break:
    """The first row of a chain that does not follow from what stands before it."""

    chain: str
    seq: int
    reason: str


def verify(chain: str | None = None) -> Iterator[Break]:
    """Walk each chain; yield its first broken row, if any.

    A row that was changed, taken out, put in or moved breaks the chain; so do details that are
    present but do not match their digest. Rows cut off at the very end are only seen by who kept
    the head (``heads``, ``lost``).
    """
    chains = (
        [chain] if chain else Event.objects.order_by().values_list("chain", flat=True).distinct()
    )
    for key in chains:
        broken = _first_break(key)
        if broken:
            yield broken


Head = tuple[str, int, str]


def heads() -> list[Head]:
    """``(chain, seq, hash)`` of the last event of every chain, to be kept off the machine."""
    newest = Event.objects.filter(
        seq=models.Subquery(
            Event.objects.filter(chain=models.OuterRef("chain")).order_by("-seq").values("seq")[:1]
        )
    )
    return list(newest.order_by("chain").values_list("chain", "seq", "hash"))


def lost(kept: Iterable[Head]) -> Iterator[Break]:
    """Heads kept off the machine whose event is no longer there, or is another one now."""
    for chain, seq, digest in kept:
        known = Event.objects.filter(chain=chain, seq=seq).values_list("hash", flat=True).first()
        if known != digest:
            yield Break(chain, seq, "changed" if known else "missing")


def _first_break(chain: str) -> Break | None:
    previous, expected = GENESIS, 1
    for event in (
        Event.objects.filter(chain=chain).select_related("details").order_by("seq").iterator(500)
    ):
        if event.seq != expected:
            return Break(chain, expected, "missing")
        if event.previous != previous or event.hash != _hash(event):
            return Break(chain, event.seq, "changed")
        details = getattr(event, "details", None)
        if details and _details_digest(details.salt, details.values) != event.details_digest:
            return Break(chain, event.seq, "details changed")
        previous, expected = event.hash, event.seq + 1
    return None


def _hash(event: Event) -> str:
    facts = {
        "chain": event.chain,
        "seq": event.seq,
        "at": _stamp(event.at),
        "verb": event.verb,
        "actor": [event.actor_id, event.actor_text],
        "subject": [event.subject_label, event.subject_id, event.subject_text],
        "person": event.person_id,
        "details": event.details_digest,
        "previous": event.previous,
    }
    return hashlib.sha256(canonical_json(facts)).hexdigest()


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _details_digest(salt: str, details: Mapping[str, Any]) -> str:
    return hashlib.sha256(salt.encode() + canonical_json(dict(details))).hexdigest()


def _lock(chain: str) -> None:
    """One writer per chain. SQLite has one writer anyway (transactions begin IMMEDIATE)."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(chain.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
