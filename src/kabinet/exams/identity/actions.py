"""«Заполнить из документа»: the one way by which something read reaches the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from kabinet.exams import access, pages
from kabinet.exams.actions import Saved, save_page
from kabinet.exams.forms import Raw
from kabinet.exams.identity.beside import Beside, Line
from kabinet.exams.identity.queries import beside_of
from kabinet.people.models import Person

EMPTY = "empty"


@dataclass(frozen=True)
class Filled:
    """``lines``: what was taken over. ``outdated``: the offer was no longer the one shown."""

    saved: Saved
    lines: tuple[Line, ...]
    outdated: bool = False


@transaction.atomic
def fill_from_document(
    *,
    actor: Person,
    application: UUID,
    wanted: str,
    shown: str,
    typed: Mapping[str, Raw],
    seen: Mapping[str, str],
) -> Filled:
    """Save the page «Личные данные» with what was typed and what is taken over from the document.

    ``wanted``: one field, or ``EMPTY`` for all that were left empty. ``shown``: the mark of the
    offer that the person saw (``Beside.mark``); if another photo was read since, nothing is taken
    over. ``typed`` and ``seen`` as for ``save_page``, which does the saving. Raises Refused.
    """
    page = pages.PERSONAL
    form = access.locked_application(actor, application)
    draft = {**page.row(form).draft, **typed}
    found = beside_of(form, page.form(form, draft))
    outdated = found.mark != shown
    lines = () if outdated else _wanted(found, wanted)
    values = {line.field: line.raw for line in lines if line.raw}
    saved = save_page(
        actor=actor,
        application=application,
        slug=page.slug,
        typed={**typed, **values},
        seen=seen,
        from_document=values,
    )
    collided = {collision.field for collision in saved.collisions}
    kept = tuple(line for line in lines if line.field not in collided)
    return Filled(saved, kept, outdated)


def _wanted(found: Beside, wanted: str) -> tuple[Line, ...]:
    if wanted == EMPTY:
        return tuple(found.fillable)
    return tuple(line for line in found.lines if line.field == wanted and line.raw)
