"""Where on a form a paper may lie: two sides of a document, proofs of each benefit, the face."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from kabinet.exams.evidence import needed_sides
from kabinet.exams.models import Application, Benefit, Paper
from kabinet.exams.offer import offer_of

Slot = Paper.Slot
_BENEFIT = "benefit-"


@dataclass(frozen=True)
class Place:
    """``key`` names it in addresses: ``front``, ``back``, ``face``, ``benefit-12``."""

    slot: str
    benefit: Benefit | None = None

    @property
    def key(self) -> str:
        return f"{_BENEFIT}{self.benefit.pk}" if self.benefit else str(self.slot)

    @property
    def page(self) -> str:
        """Slug of the page of the form on which it lies."""
        return "face" if self.slot == Slot.FACE else "documents"

    @property
    def title(self) -> str:
        return self.benefit.name if self.benefit else str(Slot(self.slot).label)

    @property
    def takes_pdf(self) -> bool:
        return self.slot == Slot.BENEFIT

    @property
    def holds_many(self) -> bool:
        return self.slot == Slot.BENEFIT

    def holds(self, paper: Paper) -> bool:
        if self.benefit is None:
            return paper.slot == self.slot
        return paper.claim is not None and paper.claim.benefit_id == self.benefit.pk


FACE = Place(Slot.FACE)


def sides_of(application: Application) -> list[Place]:
    """The sides of the chosen kind of document."""
    return [Place(side) for side in needed_sides(application)]


def benefits_of(application: Application) -> list[Place]:
    """One place for each benefit that the campaign knows."""
    return [Place(Slot.BENEFIT, benefit) for benefit in offer_of(application.campaign).benefits]


def place_for(application: Application, key: str) -> Place:
    """The place of this name; a benefit of another campaign is absent like any other wrong name."""
    for place in _all(application):
        if place.key == key:
            return place
    raise Http404(_("Такого места в бланке нет"))


def _all(application: Application) -> Iterator[Place]:
    yield from (Place(Slot.FRONT), Place(Slot.BACK), FACE)
    yield from benefits_of(application)
