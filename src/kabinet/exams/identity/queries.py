"""What pages, and the rooms above, ask about the identity document of a form."""

from collections.abc import Sequence
from dataclasses import dataclass

from kabinet.exams.evidence import BOTH_SIDES, kind_of, papers_of
from kabinet.exams.forms import PageForm
from kabinet.exams.identity.beside import Beside, beside
from kabinet.exams.identity.sides import Side, advice_on_both, sides_of
from kabinet.exams.models import Application, Paper


@dataclass(frozen=True)
class Identity:
    """The photos of the document, what is to be said of both together, and the form beside them."""

    sides: tuple[Side, ...]
    both: tuple[str, ...]
    beside: Beside

    @property
    def is_waiting(self) -> bool:
        """An answer will come within seconds."""
        return any(side.phase == "waiting" for side in self.sides)

    @property
    def is_away(self) -> bool:
        return any(side.phase == "away" for side in self.sides)


def identity_of(
    application: Application,
    form: PageForm | None = None,
    *,
    papers: Sequence[Paper] | None = None,
) -> Identity:
    """Everything the program has to say about the document of a form, in the language of the page.

    The one function for pages and for whoever reviews a form: it reads the readings that lie with
    the photos and compares them with the form as it stands, so nothing of it is stored. ``form``
    is the page «Личные данные» with what is typed on it now (else: what is stored); ``papers`` are
    those of the form with ``document__checked`` joined (else: one statement).
    """
    known = photos_of(application) if papers is None else papers
    sides = sides_of(known, kind_of(application))
    readings = [side.reading for side in sides if side.reading]
    return Identity(tuple(sides), advice_on_both(sides), beside(readings, application, form))


def beside_of(application: Application, form: PageForm) -> Beside:
    """Only the comparison."""
    return identity_of(application, form).beside


def differences_of(application: Application) -> dict[str, tuple[str, ...]]:
    """Field of the page «Личные данные» → what to check in it; no statement beside the papers."""
    found = identity_of(application, papers=papers_of(application))
    return {line.field: (line.sentence,) for line in found.beside.differing}


def photos_of(application: Application) -> list[Paper]:
    """The photos of the document with what was seen in them."""
    rows = Paper.objects.present().filter(application=application, slot__in=BOTH_SIDES)
    return list(rows.select_related("document__checked"))
