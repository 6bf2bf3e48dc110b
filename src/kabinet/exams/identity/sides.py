"""The photos of the document one by one: whether they were looked at, and what to mend in each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from kabinet.checks.queries import reading
from kabinet.core.passport import Reading
from kabinet.core.passport.advice import Slot, advise, advise_pair
from kabinet.exams.evidence import BOTH_SIDES
from kabinet.exams.identity.words import say
from kabinet.exams.models import DocumentKind, Paper

FRONT, BACK = BOTH_SIDES
Phase = Literal["silent", "waiting", "away", "unseen", "fine", "advice"]


@dataclass(frozen=True)
class Side:
    """One photo of the form ``application``, ``slot`` as in ``Paper``.

    ``phase``: silent (checks are switched off), waiting (seconds), away (no worker answers),
    unseen (the program could not look), fine, or advice, whose sentences stand in ``advice``, the
    most important first. ``reading`` is there in the last two.
    """

    application: UUID
    slot: str
    phase: Phase
    reading: Reading | None = None
    advice: tuple[str, ...] = ()


def side_of(paper: Paper, kind: DocumentKind | None) -> Side:
    """What is known of a photo now; join ``document__checked``. ``kind``: as chosen on the form."""
    form, look = paper.application_id, reading(paper.document)
    if look.state == "none":
        return Side(form, paper.slot, "silent")
    if look.state != "done":
        return Side(form, paper.slot, look.state)
    if look.reading is None or not look.reading.engine:
        return Side(form, paper.slot, "unseen")
    said = advice_on(look.reading, paper.slot, kind)
    return Side(form, paper.slot, "advice" if said else "fine", look.reading, said)


def sides_of(papers: Iterable[Paper], kind: DocumentKind | None) -> list[Side]:
    """The sides that are there, the front first."""
    present = {paper.slot: paper for paper in papers if paper.removed_at is None}
    return [side_of(present[slot], kind) for slot in BOTH_SIDES if slot in present]


def advice_on(read: Reading, slot: str, kind: DocumentKind | None) -> tuple[str, ...]:
    """Sentences about one photo in its place."""
    return tuple(say(key) for key in advise(read, slot=_slot(slot, kind)))


def advice_on_both(sides: Sequence[Side]) -> tuple[str, ...]:
    """Sentences about two photos together, once both were looked at."""
    readings = {side.slot: side.reading for side in sides if side.reading}
    if len(readings) < len(BOTH_SIDES):
        return ()
    return tuple(say(key) for key in advise_pair(readings[FRONT], readings[BACK]))


def _slot(slot: str, kind: DocumentKind | None) -> Slot:
    """Of a kind without a zone only the picture is judged, as of a card's front."""
    if kind and kind.zone and not kind.two_sides:
        return "page"
    return "back" if slot == BACK and (kind is None or kind.zone) else "front"
