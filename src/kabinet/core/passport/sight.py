"""Finding and reading the zone in a picture: cheap ways first, dear ones only if they fail.

1. Strips by morphology, read by Tesseract in two views; 2. the best of them read by the second
engine; 3. strips by the text detector, read likewise. The search ends with the first zone whose
check digits all hold and about whose every character the engines are sure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

import cv2
import numpy as np

from kabinet.core.passport.assembly import Candidate, Readings, assemble
from kabinet.core.passport.engines import line_engine, second_engine, text_finder
from kabinet.core.passport.limits import Limits
from kabinet.core.passport.mrz import DATA_LINES
from kabinet.core.passport.recognised import Recognised, bears_out, is_mistakable
from kabinet.core.passport.smear import is_smeared
from kabinet.core.passport.strips import (
    Grey,
    Stack,
    Strip,
    levelled,
    line_image,
    mended,
    smeared_strips,
    stacks,
)

_SEARCH_SIDE: Final = 1200
# The detector sees most documents in few pixels; small print on a big table only in more.
_DETECTOR_SIDES: Final = (960, 1600)
# On lines blurred on purpose, right readings had their weakest character above 0.985 in most
# cases and wrong ones never above 0.981: below it the second engine must bear the reading out.
_SURE: Final = 0.985
_FIRST_VIEW: Final[Mapping[str, Any]] = {"margin": 0.3}
_SECOND_VIEW: Final[Mapping[str, Any]] = {"margin": 0.15, "fill": 0.75, "height": 56}
# Shorter and longer texts are never a zone's line, and less sure ones never its print.
_LENGTHS: Final = range(20, 49)
_HOPELESS: Final = 0.95
# Printed sheets around a document make stacks of lines as well; so many are read at most.
_MOST_STACKS: Final = 5
_FILLERS: Final = "<<<"


@dataclass(frozen=True)
class Sight:
    """What was seen: the stack of lines (in the picture's pixels), its readings, their best zone.

    `sure`: every character of the data lines was read with confidence, or the second engine read
    the same. `texts` is what the detector saw, if it was asked; `fillers`: some line, whole or
    not, holds the fillers that stand in zones only; `smeared`: nothing whole was read in a picture
    that is out of focus or shaken.
    """

    stack: Stack = ()
    readings: tuple[Readings, ...] = ()
    candidate: Candidate | None = None
    sure: bool = False
    texts: tuple[Strip, ...] = ()
    fillers: bool = False
    smeared: bool = False

    @property
    def whole(self) -> bool:
        """A zone whose check digits all hold."""
        return self.candidate is not None and self.candidate.whole

    @property
    def confidence(self) -> float:
        """The mean over the lines, 0 to 1."""
        means = [max(item.confidence for item in line) for line in self.readings]
        return sum(means) / len(means) if means else 0.0

    @property
    def weight(self) -> tuple[tuple[int, int, int], bool, float]:
        worth = self.candidate.weight if self.candidate else (-1, 0, 0)
        return worth, self.sure, self.confidence

    @property
    def settled(self) -> bool:
        """Looking further cannot make it better."""
        return self.sure and self.whole


def look(greys: Sequence[Grey], *, limits: Limits) -> Sight:
    """The best reading of a zone in one picture; an empty Sight when there is none.

    `greys` are the picture in different greys of the same size, the likelier one first.
    """
    seen: list[list[Stack]] = [[] for _ in greys]
    best = Sight()
    for grey, stacks_seen in zip(greys, seen, strict=True):
        best = _search(grey, _by_morphology(grey), best, stacks_seen, limits)
        if best.settled:
            return best
    smeared = is_smeared(greys[0])
    texts: list[list[Strip]] = []
    for grey, stacks_seen, side in zip(greys, seen, _DETECTOR_SIDES, strict=True):
        texts.append(mended(text_finder().find(grey, side=side)))
        long = [strip for strip in texts[-1] if strip.slim]
        best = _search(grey, stacks(long), best, stacks_seen, limits)
        # More pixels show no more in a smeared picture, nor of a zone that was found.
        if smeared or (best.candidate is not None and best.candidate.mostly):
            break
    fillers = _fillers_seen(grey, best, long)
    return replace(best, texts=tuple(texts[0]), fillers=fillers, smeared=smeared and not best.whole)


def _fillers_seen(grey: Grey, best: Sight, long: list[Strip]) -> bool:
    """Asked when no whole zone was read: is a part of one there?"""
    read = (item.text for line in best.readings for item in line)
    if any(_FILLERS in text for text in read):
        return True
    longest = sorted(long, key=lambda strip: -strip.length)[:3]
    return any(_FILLERS in _view(grey, strip, _FIRST_VIEW).text for strip in longest)


def _search(
    grey: Grey, found: Iterable[Stack], best: Sight, seen: list[Stack], limits: Limits
) -> Sight:
    """The best of what was known and the zones in these stacks, read by both engines if need be."""
    here = Sight()
    fresh = (stack for stack in found if not any(_same(stack, old) for old in seen))
    for stack in islice(fresh, _MOST_STACKS):
        seen.append(stack)
        here = max(here, _read(grey, stack, limits), key=lambda sight: sight.weight)
        if here.settled:
            return here
    return max(best, _with_second_engine(grey, here, limits), key=lambda sight: sight.weight)


def _by_morphology(grey: Grey) -> Iterator[Stack]:
    factor = min(1.0, _SEARCH_SIDE / max(grey.shape))
    small = cv2.resize(grey, None, None, factor, factor, cv2.INTER_AREA)
    for strips in smeared_strips(np.asarray(small, np.uint8)):
        for stack in stacks(strips)[:2]:
            yield tuple(strip.scaled(1 / factor) for strip in stack)


def _same(stack: Stack, old: Stack) -> bool:
    return len(stack) == len(old) and all(
        abs(strip.x - other.x) + abs(strip.y - other.y) < 0.5 * other.thickness
        and abs(strip.length - other.length) < 0.03 * other.length
        and 0.8 < strip.thickness / other.thickness < 1.25
        for strip, other in zip(stack, old, strict=True)
    )


def _read(grey: Grey, stack: Stack, limits: Limits) -> Sight:
    """The stack read from both ends, the likelier end first."""
    upright = levelled(stack)
    sight = _read_way(grey, upright, limits)
    if sight.candidate is not None and sight.candidate.mostly:
        return sight
    turned = tuple(strip.turned() for strip in reversed(upright))
    return max(sight, _read_way(grey, turned, limits), key=lambda item: item.weight)


def _read_way(grey: Grey, stack: Stack, limits: Limits) -> Sight:
    last = _view(grey, stack[-1], _FIRST_VIEW)
    if last.confidence < _HOPELESS or len(last.text) not in _LENGTHS:
        return Sight(stack=stack)
    lines = [*(_view(grey, strip, _FIRST_VIEW) for strip in stack[:-1]), last]
    sight = _judged(grey, stack, tuple((line,) for line in lines), limits)
    if sight.settled or sight.candidate is None:
        return sight
    again = [_view(grey, strip, _SECOND_VIEW) for strip in stack]
    return _judged(grey, stack, tuple(zip(lines, again, strict=True)), limits)


def _view(grey: Grey, strip: Strip, view: Mapping[str, Any]) -> Recognised:
    return line_engine().recognise(line_image(grey, strip, **view))


def _judged(grey: Grey, stack: Stack, readings: tuple[Readings, ...], limits: Limits) -> Sight:
    candidate = assemble(readings, limits=limits)
    sure = candidate is not None and candidate.whole and _sure(grey, stack, candidate)
    return Sight(stack=stack, readings=readings, candidate=candidate, sure=sure)


def _sure(grey: Grey, stack: Stack, candidate: Candidate) -> bool:
    zone = candidate.zone
    if candidate.weakest >= _SURE and not is_mistakable(zone.number + zone.optional):
        return True
    return all(
        _borne_out(grey, stack[candidate.first + place], zone.lines[place])
        for place in DATA_LINES[zone.format]
    )


def _borne_out(grey: Grey, strip: Strip, line: str) -> bool:
    left, right = second_engine().halves(line_image(grey, strip, **_FIRST_VIEW))
    return bears_out(line, left.text, right.text)


def _with_second_engine(grey: Grey, sight: Sight, limits: Limits) -> Sight:
    """The second engine's readings beside the first one's; what it alone read is never sure."""
    if sight.candidate is None or sight.candidate.whole:
        return sight
    more = [second_engine().recognise(line_image(grey, strip)) for strip in sight.stack]
    readings = tuple((*old, new) for old, new in zip(sight.readings, more, strict=True))
    candidate = assemble(readings, limits=limits)
    return replace(sight, readings=readings, candidate=candidate, sure=False)
