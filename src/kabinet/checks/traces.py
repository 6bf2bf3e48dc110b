"""Numbers as keyed digests: equal for equal numbers, and nothing else is learnt from them.

The country of a document is left out: the form does not ask for it, and equal numbers of two
countries are so rare that a person may look at them.
"""

from collections.abc import Mapping
from uuid import UUID

from kabinet.checks.models import Trace
from kabinet.core.cipher import blind_index
from kabinet.core.documents import tidy_number
from kabinet.core.passport.compare import is_protected
from kabinet.core.passport.document import Reading
from kabinet.people.models import Person
from kabinet.vault.keys import index_key


def traces(
    numbers: Mapping[str, str], *, person: Person, owner: str, document_id: UUID | None = None
) -> list[Trace]:
    """One trace for each number that is there; ``numbers`` by ``Trace.What``."""
    tidy = {what: tidy_number(number) for what, number in numbers.items()}
    return [
        Trace(
            what=what,
            index=blind_index(index_key(), "checks", what, number),
            person=person,
            owner=owner,
            document_id=document_id,
        )
        for what, number in tidy.items()
        if number
    ]


def read_numbers(reading: Reading) -> dict[str, str]:
    """The numbers that were read beyond doubt: a misread one would point at a stranger."""
    return {
        what: getattr(reading.fields, what)
        for what in Trace.What.values
        if is_protected(reading, what)
    }
