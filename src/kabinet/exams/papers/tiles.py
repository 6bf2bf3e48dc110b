"""What a tile shows: the place, the papers in it, who looked at them, and what may be done now."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from kabinet.exams.evidence import BOTH_SIDES, kind_of
from kabinet.exams.identity.sides import Side, side_of
from kabinet.exams.models import Application, Paper
from kabinet.exams.papers import limits, queries
from kabinet.exams.papers.access import check_can_change
from kabinet.exams.papers.places import Place
from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.ui.templatetags.kabinet import saved_words
from kabinet.vault.models import FULL, THUMB, page

PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"
Looks = Mapping[UUID, Sequence[queries.Look]]


@dataclass(frozen=True)
class Shown:
    """A paper in its tile, with the addresses of its pictures."""

    paper: Paper
    looks: Sequence[queries.Look] = ()

    @property
    def saved(self) -> str:
        return saved_words(self.paper.added_at)

    @property
    def full(self) -> str:
        return self._address(FULL)

    @property
    def thumb(self) -> str:
        return self._address(THUMB)

    @property
    def view(self) -> str:
        """Of middle size, for a large place on a page."""
        return self._address(page(1))

    @property
    def pages(self) -> list[tuple[int, str]]:
        """Number and address of each page of a PDF that has a picture."""
        numbers = self.paper.document.preview_numbers
        return [(number, self._address(page(number))) for number in numbers]

    def _address(self, rendition: str) -> str:
        return reverse("exams:paper", args=[self.paper.application_id, self.paper.pk, rendition])


@dataclass(frozen=True)
class Tile:
    """``error``: why the last file was not taken. ``locked``: why nothing can be changed now.

    ``side``: of a side of the identity document, what the program saw in its photo.
    """

    place: Place
    address: str
    papers: Sequence[Shown] = ()
    removed: Sequence[Paper] = ()
    locked: str = ""
    error: str = ""
    shrunk_from: int = 0
    side: Side | None = None
    token: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def key(self) -> str:
        return self.place.key

    @property
    def paper(self) -> Shown | None:
        """The one paper of a place for one."""
        return self.papers[0] if self.papers else None

    @property
    def accept(self) -> str:
        return f"{PHOTO_TYPES},application/pdf" if self.place.takes_pdf else PHOTO_TYPES

    @property
    def limit(self) -> int:
        return limits.PDF_BYTES if self.place.takes_pdf else limits.PHOTO_BYTES

    @property
    def formats(self) -> str:
        """Said beside the button, before choosing."""
        if self.place.takes_pdf:
            return _("Фото JPG, PNG, WebP или HEIC до 10 МБ, PDF до 20 МБ")
        return _("JPG, PNG, WebP или HEIC, до 10 МБ")


def tile_of(
    application: Application,
    place: Place,
    papers: Sequence[Paper],
    *,
    looks: Looks | None = None,
    error: str = "",
    shrunk_from: int = 0,
) -> Tile:
    """The tile of one place, out of all papers of the form."""
    here = [paper for paper in papers if place.holds(paper)]
    present = [paper for paper in here if paper.removed_at is None]
    removed = [paper for paper in here if paper.removed_at is not None]
    return Tile(
        place=place,
        address=reverse("exams:tile", args=[application.pk, place.key]),
        papers=[Shown(paper, (looks or {}).get(paper.pk, ())) for paper in present],
        removed=removed[-1:] if place.holds_many or not present else [],
        locked=_why_locked(application, place),
        error=error,
        shrunk_from=shrunk_from,
        side=_side(application, place, present),
    )


def _side(application: Application, place: Place, present: Sequence[Paper]) -> Side | None:
    if place.slot not in BOTH_SIDES or not present:
        return None
    return side_of(present[0], kind_of(application))


def looks_for(user: Person, application: Application, papers: Sequence[Paper]) -> Looks:
    """Only the owner is told who has opened a paper."""
    if user.pk != application.applicant_id:
        return {}
    return queries.looks_at(papers, owner=user.pk)


def _why_locked(application: Application, place: Place) -> str:
    try:
        check_can_change(application, place)
    except Refused as refused:
        return str(refused.sentence)
    return ""
