"""Strips: long thin slanted boxes in a picture that may each be one printed line.

A strip is found cheaply by smearing dark print along rows (morphology). Strips that lie under one
another, equally long, make a stack: two or three of them are what a machine readable zone is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Points = NDArray[np.float32]

# A zone's line is 25 to 45 times as long as its letters are high; a smeared one less, and what
# is slimmer is an edge.
_LEAST_SLIM, _MOST_SLIM = 8.0, 60.0
# Widths of the smear, as parts of the picture's width: letters 8 to 40 pixels apart at 1200.
_SMEARS: Final = (1 / 28, 1 / 70)
# Lines of one zone are equally long; a shorter one was found in part.
_ALIKE: Final = 0.8
# From one line of a zone to the next, in lengths of a line: 1/18 (passports) to 1/14 (cards) seen
# from above.
_LEAST_STEP, _MOST_STEP = 1 / 30, 1 / 7
# Pieces of one line differ by five degrees at most.
_STRAIGHT: Final = 0.996
# Darkness of ink in an evened line, and how much of it a letter shows, in parts of the height.
_INK: Final = 110
_LETTER_INK: Final = 0.25


@dataclass(frozen=True)
class Strip:
    """One line: its middle, half its run along the line as a vector, and its thickness (pixels)."""

    x: float
    y: float
    run_x: float
    run_y: float
    thickness: float

    @property
    def length(self) -> float:
        return 2 * float(np.hypot(self.run_x, self.run_y))

    @property
    def along(self) -> tuple[float, float]:
        """The unit vector in reading direction."""
        half = self.length / 2
        return self.run_x / half, self.run_y / half

    @property
    def slim(self) -> bool:
        """As long and thin as a zone's line may appear."""
        return _LEAST_SLIM * self.thickness < self.length < _MOST_SLIM * self.thickness

    def scaled(self, factor: float) -> Strip:
        """The same line in a picture `factor` times as large."""
        return Strip(
            self.x * factor,
            self.y * factor,
            self.run_x * factor,
            self.run_y * factor,
            self.thickness * factor,
        )

    def turned(self) -> Strip:
        """The same line read from its other end."""
        return Strip(self.x, self.y, -self.run_x, -self.run_y, self.thickness)


Stack = tuple[Strip, ...]


def strip_around(points: Points) -> Strip:
    """The narrowest strip around some points, reading rightwards (or downwards if upright)."""
    (x, y), (width, height), angle = cv2.minAreaRect(points)
    if width < height:
        width, height, angle = height, width, angle + 90
    bearing = np.deg2rad(angle)
    run = np.array([np.cos(bearing), np.sin(bearing)]) * width / 2
    if run[0] < -1e-3 * width or (abs(run[0]) <= 1e-3 * width and run[1] < 0):
        run = -run
    return Strip(float(x), float(y), float(run[0]), float(run[1]), float(height))


def smeared_strips(grey: Grey) -> Iterator[list[Strip]]:
    """Strips of dark print on lighter ground, once for each smear along rows and along columns."""
    ink = _ink(grey)
    for upright in (False, True):
        for part in _SMEARS:
            reach = max(9, round(max(grey.shape) * part))
            yield list(_long_blobs(ink, reach, upright=upright))


def _ink(grey: Grey) -> Grey:
    """Black-and-white print without its background: white where thin dark strokes are."""
    size = max(9, max(grey.shape) // 60) | 1
    box = cv2.getStructuringElement(cv2.MORPH_RECT, (size, size))
    strokes = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, box)
    # Where light is uneven the strokes are as faint as the light: compare with the surroundings.
    ground = cv2.blur(cv2.dilate(grey, box), (size * 3, size * 3))
    evened = cv2.divide(strokes, np.maximum(ground, 8), scale=255)
    _, ink = cv2.threshold(evened, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return np.asarray(ink, np.uint8)


def _long_blobs(ink: Grey, reach: int, *, upright: bool) -> Iterator[Strip]:
    kernel = np.ones((reach, 1) if upright else (1, reach), np.uint8)
    smear = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, kernel)
    # Thin bridges between lines (borders, specks) go; the lines themselves are thicker.
    smear = cv2.morphologyEx(smear, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    contours, _ = cv2.findContours(smear, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    shortest = 0.14 * max(ink.shape)
    for contour in contours:
        strip = strip_around(contour.astype(np.float32))
        steep = abs(strip.run_y) > abs(strip.run_x)
        if strip.length > shortest and strip.slim and steep == upright:
            yield strip


def mended(strips: Iterable[Strip]) -> list[Strip]:
    """Strips with the pieces of one line put together: the detector breaks at wide gaps."""
    rest = sorted(strips, key=lambda strip: -strip.length)
    whole = []
    while rest:
        line = rest.pop(0)
        pieces = [piece for piece in rest if _continues(line, piece)]
        while pieces:
            rest = [strip for strip in rest if strip not in pieces]
            line = strip_around(np.concatenate([_ends(strip) for strip in (line, *pieces)]))
            pieces = [piece for piece in rest if _continues(line, piece)]
        whole.append(line)
    return whole


def _continues(line: Strip, piece: Strip) -> bool:
    """On the same line, as thick, and less than three thicknesses away.

    A piece that is long enough to show its direction must have the line's.
    """
    thick = line.thickness
    bent = piece.slim and abs(_cosine(line, piece)) < _STRAIGHT
    gap = abs(_offset(line, piece)) - (line.length + piece.length) / 2
    alike = 0.6 < piece.thickness / thick < 1.6
    level = abs(_depth(line, piece)) < 0.4 * thick
    return alike and level and not bent and -thick < gap < 3 * thick


def _ends(strip: Strip) -> Points:
    """The four corners."""
    along = np.array(strip.along)
    half = np.array([-along[1], along[0]]) * strip.thickness / 2
    middle, run = np.array([strip.x, strip.y]), np.array([strip.run_x, strip.run_y])
    corners = [middle - run - half, middle - run + half, middle + run - half, middle + run + half]
    return np.array(corners, np.float32)


def stacks(strips: Iterable[Strip]) -> list[Stack]:
    """Stacks of two to four strips, the longest first, each read from top to bottom."""
    every = rest = sorted(strips, key=lambda strip: -strip.length)
    found: list[Stack] = []
    while rest:
        pile, rest = _pile(rest[0], rest[1:])
        whole = _with_parts(pile, every)
        runs = chain(*(_runs(lines) for lines in (pile, whole) if len(lines) > 1))
        found.extend(run for run in runs if _as_close(run))
    return sorted(found, key=lambda stack: -max(strip.length for strip in stack))


def _pile(first: Strip, others: list[Strip]) -> tuple[list[Strip], list[Strip]]:
    """All strips that lie beside the first or beside one another, by depth; and the rest."""
    # Upright lines may each have been taken for reading up or down.
    rest = [other if _agree(first, other) else other.turned() for other in others]
    pile, fresh = [first], [first]
    while fresh:
        near = [other for other in rest if any(_beside(strip, other) for strip in fresh)]
        rest = [other for other in rest if other not in near]
        pile, fresh = pile + near, near
    return sorted(pile, key=lambda strip: _depth(first, strip)), rest


def _with_parts(pile: list[Strip], others: list[Strip]) -> list[Strip]:
    """One or two lines with the longest parts that were found of their neighbours; else nothing."""
    found = list(pile)
    for other in others:
        part = other if _agree(pile[0], other) else other.turned()
        beside = any(_part_beside(line, part) for line in pile)
        if beside and all(_apart(part, known) for known in found):
            found.append(part)
    if len(pile) > 2 or len(found) == len(pile):
        return []
    return sorted(found, key=lambda strip: _depth(pile[0], strip))


def _agree(first: Strip, other: Strip) -> bool:
    """Whether both read in about the same direction."""
    return _cosine(first, other) >= 0


def _runs(members: list[Strip]) -> Iterator[Stack]:
    """Cut a pile of parallel strips where the distance to the next one jumps."""
    first = members[0]
    steps = [_depth(first, low) - _depth(first, high) for high, low in pairwise(members)]
    usual = min(steps)
    run = [first]
    for step, strip in zip(steps, members[1:], strict=True):
        if step > 1.7 * usual:
            if len(run) > 1:
                yield tuple(run[-4:])
            run = []
        run.append(strip)
    if len(run) > 1:
        yield tuple(run[-4:])


def _as_close(stack: Stack) -> bool:
    """Whether its lines follow one another as closely as a zone's, unlike those of a printed page."""
    steps = [_depth(stack[0], low) - _depth(stack[0], high) for high, low in pairwise(stack)]
    return _LEAST_STEP < min(steps) / max(strip.length for strip in stack) < _MOST_STEP


def _beside(first: Strip, other: Strip) -> bool:
    """Parallel, about as long and thick, starting about where the first starts, and near."""
    alike = _ALIKE < other.length / first.length < 1 / _ALIKE
    return alike and _near(first, other) and abs(_offset(first, other)) < 0.12 * first.length


def _part_beside(line: Strip, other: Strip) -> bool:
    """Parallel, near, and between the ends of the line."""
    room = 0.55 * line.length - other.length / 2
    long = 0.25 < other.length / line.length <= _ALIKE
    return long and _near(line, other) and abs(_offset(line, other)) < room


def _near(first: Strip, other: Strip) -> bool:
    """Parallel, and as far below or above as the lines of a zone are."""
    close = abs(_depth(first, other)) < 0.14 * first.length
    return _cosine(first, other) > 0.99 and close and _apart(first, other)


def _apart(first: Strip, other: Strip) -> bool:
    """Not on the same line."""
    return abs(_depth(first, other)) > 0.8 * max(first.thickness, other.thickness)


def _cosine(first: Strip, other: Strip) -> float:
    """Of the angle between their reading directions."""
    along = first.along
    return along[0] * other.along[0] + along[1] * other.along[1]


def _offset(first: Strip, other: Strip) -> float:
    """How far the other's middle lies along the first's direction."""
    along = first.along
    return (other.x - first.x) * along[0] + (other.y - first.y) * along[1]


def _depth(first: Strip, other: Strip) -> float:
    """How far below the first strip the other lies, across the reading direction."""
    along = first.along
    return (other.y - first.y) * along[0] - (other.x - first.x) * along[1]


def levelled(stack: Stack) -> Stack:
    """The strips with common ends and one thickness: a faint first letter is not left out."""
    reach = max(strip.length for strip in stack) / 2
    thickness = float(np.median([strip.thickness for strip in stack]))
    guide = max(stack, key=lambda strip: strip.length)
    along = guide.along
    level = []
    for strip in stack:
        slip = -_offset(guide, strip)
        own = strip.along if strip.length > _ALIKE * guide.length else along
        level.append(
            Strip(
                strip.x + own[0] * slip,
                strip.y + own[1] * slip,
                own[0] * reach,
                own[1] * reach,
                thickness,
            )
        )
    return tuple(level)


def line_image(
    grey: Grey, strip: Strip, *, height: int = 48, fill: float = 0.62, margin: float = 0.3
) -> Grey:
    """The line cut out upright, `height` pixels high, of which the strip takes the part `fill`.

    Its background is evened out, and `margin` (in thicknesses) of it is left before the first and
    after the last letter: with more, Tesseract reads letters into the emptiness.
    """
    scale = height * fill / max(strip.thickness, 1.0)
    along = np.array(strip.along)
    across = np.array([-along[1], along[0]])
    width = max(height, round((strip.length + strip.thickness) * scale))
    corner = np.array([strip.x, strip.y]) - along * width / 2 / scale - across * height / 2 / scale
    matrix = np.column_stack([along / scale, across / scale, corner]).astype(np.float32)
    source = cv2.GaussianBlur(grey, (0, 0), 0.45 / scale) if scale < 0.75 else grey
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    cut = cv2.warpAffine(
        source, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return _trimmed(evened(np.asarray(cut, np.uint8)), round(margin * height * fill))


def _trimmed(line: Grey, margin: int) -> Grey:
    """The line between its first and its last ink, with a margin; untouched if there is none."""
    height = line.shape[0]
    dark = (line[height // 5 : -height // 5] < _INK).sum(axis=0).astype(np.float32)
    # A letter has ink in several neighbouring columns, a speck has not.
    window = max(3, height // 8)
    dense = np.convolve(dark, np.ones(window), "same")
    inked = np.flatnonzero(dense > height * _LETTER_INK)
    if not len(inked):
        return line
    first = max(0, int(inked[0]) + window // 2 - margin)
    last = min(line.shape[1], int(inked[-1]) - window // 2 + 1 + margin)
    return line[:, first:last] if last - first > height else line


def evened(line: Grey) -> Grey:
    """The line on a white ground: divided by its surroundings and stretched to full contrast."""
    height = line.shape[0]
    ground = cv2.morphologyEx(line, cv2.MORPH_CLOSE, np.ones((height // 2, height // 2), np.uint8))
    ground = cv2.GaussianBlur(ground, (0, 0), height / 3)
    flat = cv2.divide(line, np.maximum(ground, 1), scale=255).astype(np.float32)
    low, high = np.percentile(flat, (2, 90))
    stretched = (flat - low) * (255 / max(float(high - low), 12.0))
    return np.asarray(np.clip(stretched, 0, 255), np.uint8)
