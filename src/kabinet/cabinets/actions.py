"""First passwords that leave the house on paper or as a sheet: each time one event says who took them."""

from collections.abc import Sequence

from django.db import transaction

from kabinet.audit.journal import record
from kabinet.people.handouts import Handout, handouts
from kabinet.people.models import Organisation, Person
from kabinet.people.sheets import accesses_sheet
from kabinet.people.slips import slips_pdf


@transaction.atomic
def download_accesses(*, actor: Person, place: Organisation, people: Sequence[Person]) -> bytes:
    """«Доступы выпускников»: XLSX with a line for each of ``people``; Http404 if one is not the actor's."""
    rows = handouts(actor=actor, people=people)
    sheet = accesses_sheet(rows)
    record(
        "accesses.downloaded",
        actor=actor,
        subject=place,
        chain=place,
        details={"people": len(rows), "first_passwords": _unused(rows)},
    )
    return sheet


def print_slips(
    *, actor: Person, place: Organisation, people: Sequence[Person], prepare: str | None = None
) -> bytes:
    """«Памятки»: PDF with a slip for each whose first password is unused.

    Raises people.slips.NoSlips, and ValueError for more people than ``people.slips.MOST``.
    ``prepare`` is the last line of a slip, by default what a graduate needs. The pages are set before
    the transaction begins: they take seconds, for which nobody else should wait.
    """
    rows = handouts(actor=actor, people=people)
    pdf = slips_pdf(rows, prepare=prepare)
    alone = people[0] if len(people) == 1 else None
    record(
        "slips.downloaded",
        actor=actor,
        subject=alone or place,
        chain=place,
        person=alone,
        details={"slips": _unused(rows)},
    )
    return pdf


def _unused(rows: Sequence[Handout]) -> int:
    return sum(bool(row.first_password) for row in rows)
