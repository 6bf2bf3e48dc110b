"""What an engine made of one line, and whether a second engine's reading bears it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kabinet.core.passport.mrz import ALPHABET, FILLER

_FOREIGN: Final = re.compile(f"[^{ALPHABET}]")
_FILLERS: Final = re.compile(f"{FILLER}+")
# The second engine knows all scripts and mixes these up. Only pairs whose exchange always breaks
# a check digit may be taken for one (G and 6, for one, differ by 10 and would pass).
_ALIKE: Final = str.maketrans("OIZSB", "01258")
# These look like 6, 8 or 1 and differ from it by 10 or 20: no check digit tells them apart.
_TWINS: Final = frozenset("GQSL")


@dataclass(frozen=True)
class Recognised:
    """The text of a line; `confidence` is the mean and `weakest` the least of its characters'.

    Both go from 0 to 1.
    """

    text: str
    confidence: float
    weakest: float

    @property
    def cleaned(self) -> str:
        """Upper case, without blanks and other characters that a zone cannot hold."""
        return _FOREIGN.sub("", self.text.upper())


def is_mistakable(text: str) -> bool:
    """Whether it holds a letter that may be a digit and would pass all check digits as well."""
    return not _TWINS.isdisjoint(text)


def bears_out(line: str, left: str, right: str) -> bool:
    """Whether the readings of a line's two overlapping halves agree with the line.

    The letter at the cut may be half a letter, and a run of fillers may be counted wrongly: both
    are left out of account. Everything else must be there, from the first character to the last.
    """
    whole, head, tail = _bare(line), _bare(left[:-1]), _bare(right[1:])
    covered = len(head) + len(tail) >= len(whole)
    return covered and whole.startswith(head) and whole.endswith(tail)


def _bare(text: str) -> str:
    return _FILLERS.sub(FILLER, text).strip(FILLER).translate(_ALIKE)
