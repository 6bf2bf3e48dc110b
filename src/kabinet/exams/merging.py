"""Two people at one page: fields that do not collide are joined, a field that does is shown to both.

The three-way merge of ruling 15. The base is what the editor's page showed; of it only a mark per
field travels through the browser, because equality is all that is asked.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kabinet.core.canonical import canonical_json

Raw = Mapping[str, list[str]]
_MARK_DIGITS = 16


@dataclass(frozen=True)
class Merged:
    """``taken``: fields to write; ``collided``: fields both changed, to different values."""

    taken: dict[str, Raw]
    collided: tuple[str, ...]


def merge(
    *,
    seen: Mapping[str, str],
    typed: Mapping[str, Raw],
    stored: Mapping[str, Raw],
    own: frozenset[str] = frozenset(),
) -> Merged:
    """Join ``typed`` into ``stored``.

    ``seen``: field → mark of what the page showed, absent where it showed nothing. ``own``: fields whose stored value the same
    person wrote last; over oneself one may always write (an answer of the server got lost, and
    the next letters came with the old base).
    """
    taken, collided = {}, []
    for field, mine in typed.items():
        theirs = stored.get(field, {})
        base = seen.get(field, _NOTHING)
        if same(mine, theirs) or base == mark(mine):
            continue
        if base == mark(theirs) or field in own:
            taken[field] = mine
        else:
            collided.append(field)
    return Merged(taken, tuple(collided))


def mark(raw: Raw) -> str:
    """A short digest of one field's value."""
    return hashlib.sha256(canonical_json(_bare(raw))).hexdigest()[:_MARK_DIGITS]


def marks(draft: Mapping[str, Raw], fields: Iterable[str]) -> dict[str, str]:
    """What a page shows, for its hidden field ``seen``."""
    return {field: mark(draft.get(field, {})) for field in fields}


def same(one: Raw, other: Raw) -> bool:
    return _bare(one) == _bare(other)


def _bare(raw: Raw) -> dict[str, list[str]]:
    """Without empty values: an absent tick, an empty box and a box never sent are the same."""
    kept = {name: [value for value in values if value != ""] for name, values in raw.items()}
    return {name: values for name, values in kept.items() if values}


_NOTHING = mark({})
