"""From the texts of some lines to a machine readable zone, counting every character put right.

Two things are put right, and both bar the verdict "verified": a filler too many or too few in the
middle of fillers, and a letter where only a digit can stand (or the other way round). Guessing
until the check digits hold is not done: measured, it was wrong more often than right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final

from kabinet.core.passport.limits import Limits
from kabinet.core.passport.mrz import DATA_LINES, FILLER, SHAPES, Format, Zone, parse
from kabinet.core.passport.recognised import Recognised
from kabinet.core.passport.strict import strict_checks

_TO_DIGIT: Final = str.maketrans("OQDILZSBG", "000112586")
_TO_LETTER: Final = str.maketrans("012586", "OIZSBG")
# Where only digits or only letters can stand, by format and line (Doc 9303 parts 4 to 6).
_DIGITS: Final[dict[tuple[Format, int], tuple[slice, ...]]] = {
    ("TD1", 1): (slice(0, 7), slice(8, 15), slice(29, 30)),
    ("TD2", 1): (slice(9, 10), slice(13, 20), slice(21, 28), slice(35, 36)),
    ("TD3", 1): (slice(9, 10), slice(13, 20), slice(21, 28), slice(42, 44)),
}
_LETTERS: Final[dict[tuple[Format, int], tuple[slice, ...]]] = {
    ("TD1", 0): (slice(0, 5),),
    ("TD1", 1): (slice(7, 8), slice(15, 18)),
    ("TD1", 2): (slice(0, 30),),
    ("TD2", 0): (slice(0, 36),),
    ("TD2", 1): (slice(10, 13), slice(20, 21)),
    ("TD3", 0): (slice(0, 44),),
    ("TD3", 1): (slice(10, 13), slice(20, 21)),
}
_MOST_SLIPS: Final = 2
_FILLERS: Final = re.compile("<{2,}")


@dataclass(frozen=True)
class Candidate:
    """A zone that was put together, with what speaks for it.

    `first` is the number of its first line among those that were read; `weakest` the confidence
    of its most doubtful character in the data lines, 0 to 1.
    """

    zone: Zone
    repaired: int
    checks: dict[str, bool]
    first: int
    weakest: float

    @property
    def whole(self) -> bool:
        """Every check digit holds and nothing was put right."""
        return self.repaired == 0 and all(self.zone.digits.values())

    @property
    def mostly(self) -> bool:
        """More check digits hold than chance lets hold in lines that are upside down."""
        digits = self.zone.digits.values()
        return 2 * sum(digits) > len(digits)

    @property
    def weight(self) -> tuple[int, int, int]:
        """For choosing between candidates: check digits, then other rules, then few repairs."""
        return sum(self.zone.digits.values()), sum(self.checks.values()), -self.repaired


# The readings of one line, one for each way in which it was looked at.
Readings = Sequence[Recognised]


def assemble(lines: Sequence[Readings], *, limits: Limits) -> Candidate | None:
    """The best zone that neighbouring lines (top to bottom) make in any of their readings."""
    found = [
        candidate
        for name, (count, _) in SHAPES.items()
        for first in range(len(lines) - count + 1)
        for chosen in product(*lines[first : first + count])
        for candidate in _candidates(name, first, chosen, limits)
    ]
    return max(found, key=lambda candidate: candidate.weight, default=None)


def _candidates(name: Format, first: int, lines: Readings, limits: Limits) -> Iterator[Candidate]:
    fitted = [_fitted(name, place, line.cleaned) for place, line in enumerate(lines)]
    plain = [line for line, _ in filter(None, fitted)]
    if len(plain) < len(lines):
        return
    slips = sum(slip for _, slip in filter(None, fitted))
    typed = [_typed(name, place, line) for place, line in enumerate(plain)]
    weakest = min(lines[place].weakest for place in DATA_LINES[name])
    for version in (plain, typed) if typed != plain else (plain,):
        zone = parse(version)
        if zone is not None:
            checks = strict_checks(zone, limits=limits)
            yield Candidate(zone, slips + _changes(plain, version), checks, first, weakest)


def _fitted(name: Format, place: int, line: str) -> tuple[str, int] | None:
    """The line at its proper width and how many fillers had to be put in or taken out of it."""
    width = SHAPES[name][1]
    if len(line) == width:
        return line, 0
    if place not in DATA_LINES[name]:
        # A name line may have lost or gained any number of the fillers at its end.
        text = line.rstrip(FILLER)
        return (text.ljust(width, FILLER), 0) if 6 < len(text) <= width else None
    missing = width - len(line)
    if abs(missing) > _MOST_SLIPS:
        return None
    runs = [match.span() for match in _FILLERS.finditer(line)]
    if not runs:
        return None
    start, end = max(runs, key=lambda span: span[1] - span[0])
    if end - start + missing < 1:
        return None
    return line[:start] + FILLER * (end - start + missing) + line[end:], abs(missing)


def _typed(name: Format, place: int, line: str) -> str:
    """Letters where only letters, and digits where only digits can stand."""
    signs = list(line)
    for spans, table in ((_DIGITS, _TO_DIGIT), (_LETTERS, _TO_LETTER)):
        for span in spans.get((name, place), ()):
            signs[span] = "".join(signs[span]).translate(table)
    return "".join(signs)


def _changes(before: list[str], after: list[str]) -> int:
    """How many characters differ: all count, also those of the unprotected name line."""
    pairs = zip("".join(before), "".join(after), strict=True)
    return sum(old != new for old, new in pairs)
