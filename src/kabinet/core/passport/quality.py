"""What is wrong with the picture: measured inside the document where its zone shows where it lies.

Thresholds come from synthetic pictures and are starting values. A colour copy or a photograph of
a screen is not recognised by any of them.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from kabinet.core.passport.document import Quality, Side
from kabinet.core.passport.limits import Limits
from kabinet.core.passport.mrz import SHAPES, Format
from kabinet.core.passport.sight import Sight
from kabinet.core.passport.strips import Grey, Strip

Colours = NDArray[np.uint8]
Outline = NDArray[np.float64]

_MEASURE_SIDE: Final = 1200
# Lightness 0 to 100, of which a document in ordinary light has 60 and more.
_DARK_BELOW: Final = 30.0
# 99th percentile of chroma without the cast of the light: copies 1 to 6, originals 24 and more.
_GREY_BELOW: Final = 6.5
# Share of the fine detail (1 pixel) in the coarse (3 pixels): blurred 0.18 to 0.24, clean 0.4 on.
_BLURRED_BELOW: Final = 0.20
_BLOWN: Final = 250
_GLARE_SHARE: Final = 0.006
_PAPER_SHARE: Final = 0.2
_SOLID: Final = 0.99
# Smallest distance of two characters, in pixels of the working picture, that is read reliably.
_SMALLEST_PITCH: Final = 9.0
# A document's size and the place of its zone in units of the character distance (2.54 mm):
# width, height, left margin, and from the middle of the last line to the lower edge.
_BLANKS: Final[dict[Format, tuple[float, float, float, float]]] = {
    "TD1": (33.7, 21.25, 1.85, 2.9),
    "TD2": (41.3, 29.1, 2.7, 2.9),
    "TD3": (49.2, 34.6, 2.6, 2.9),
}
# How far, in those units, a corner may lie outside the picture before it counts as cut off.
_SLACK: Final = 1.6
_FRONT_TEXTS: Final = 5


def measure(colours: Colours, grey: Grey, sight: Sight, *, limits: Limits) -> Quality:
    """All measures of one picture (RGB and grey of the same size), given what was seen in it."""
    outline = _outline(sight)
    part = _part(colours, outline)
    light, chroma = _light_and_chroma(part)
    dark = light < _DARK_BELOW
    read = sight.whole
    plain = np.asarray(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), np.uint8)
    blur = sight.smeared or _sharpness(plain) < _BLURRED_BELOW
    glare = not read and _glare(grey)
    cropped = _cropped(grey, sight, outline, loose=read or blur)
    return Quality(
        dark=dark,
        blur=blur,
        glare=glare,
        greyscale=not dark and chroma < _GREY_BELOW,
        too_small=min(grey.shape) < limits.min_side
        or (not read and _pitch(sight) < _SMALLEST_PITCH),
        cropped=cropped,
        side=_side(sight, spoilt=dark or blur or glare or cropped),
    )


def _zone_strips(sight: Sight) -> tuple[Strip, ...]:
    if sight.candidate is None:
        return ()
    first = sight.candidate.first
    return sight.stack[first : first + len(sight.candidate.zone.lines)]


def _outline(sight: Sight) -> Outline | None:
    """The four corners where the document must lie, from the place of its zone."""
    strips = _zone_strips(sight)
    if sight.candidate is None or not sight.candidate.mostly:
        return None
    form = sight.candidate.zone.format
    last = strips[-1]
    pitch = last.length / SHAPES[form][1]
    width, height, left, below = (value * pitch for value in _BLANKS[form])
    along = np.array(last.along)
    down = np.array([-along[1], along[0]])
    start = np.array([last.x, last.y]) - along * (last.length / 2 + left) + down * below
    return np.array(
        [start, start + along * width, start + along * width - down * height, start - down * height]
    )


def _part(colours: Colours, outline: Outline | None) -> Colours:
    """The document's bounding box, or the middle of the picture, at the size of the measures."""
    height, width = colours.shape[:2]
    if outline is None:
        box = colours[height // 6 : height - height // 6, width // 6 : width - width // 6]
    else:
        low = np.clip(outline.min(axis=0), 0, [width - 8, height - 8]).astype(int)
        high = np.clip(outline.max(axis=0), low + 8, [width, height]).astype(int)
        box = colours[low[1] : high[1], low[0] : high[0]]
    factor = min(1.0, _MEASURE_SIDE / max(colours.shape))
    return np.asarray(cv2.resize(box, None, None, factor, factor, cv2.INTER_AREA), np.uint8)


def _light_and_chroma(part: Colours) -> tuple[float, float]:
    """Median lightness (0 to 100) and the 99th percentile of chroma, free of the light's cast."""
    small = cv2.resize(part, None, None, 0.5, 0.5, cv2.INTER_AREA)
    lab = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).reshape(-1, 3).astype(np.float32)
    tints = lab[:, 1:] - np.median(lab[:, 1:], axis=0)
    chroma = float(np.percentile(np.hypot(tints[:, 0], tints[:, 1]), 99))
    return float(np.median(lab[:, 0])) / 2.55, chroma


def _sharpness(grey: Grey) -> float:
    fine, coarse = (
        float(np.percentile(cv2.absdiff(grey, cv2.GaussianBlur(grey, (0, 0), sigma)), 99))
        for sigma in (1.0, 3.0)
    )
    # A blank surface has no detail at all; that is not blur.
    return fine / coarse if coarse > 4 else 1.0


def _glare(grey: Grey) -> bool:
    """A large blown-out spot without a hole in it: white paper is full of print, a gleam is not."""
    blown = (grey >= _BLOWN).astype(np.uint8)
    contours, _ = cv2.findContours(blown, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None or not _GLARE_SHARE < cv2.contourArea(largest) / grey.size < _PAPER_SHARE:
        return False
    spot = cv2.drawContours(np.zeros_like(blown), [largest], -1, 1, cv2.FILLED)
    return bool(blown[spot == 1].mean() > _SOLID)


def _box(strip: Strip) -> NDArray[np.int32]:
    along = np.array(strip.along)
    reach, half = along * strip.length / 2, np.array([-along[1], along[0]]) * strip.thickness / 2
    middle = np.array([strip.x, strip.y])
    corners = [middle - reach - half, middle + reach - half, middle + reach + half]
    return np.array([*corners, middle - reach + half]).astype(np.int32)


def _cropped(grey: Grey, sight: Sight, outline: Outline | None, *, loose: bool) -> bool:
    """By the outline; without one by texts at the edge, unless these are `loose`: they say nothing
    where the zone was read, or where there is no text to be seen."""
    height, width = grey.shape
    if outline is not None and sight.candidate is not None:
        last = _zone_strips(sight)[-1]
        slack = _SLACK * last.length / SHAPES[sight.candidate.zone.format][1]
        outside = np.maximum(-outline, outline - [width, height])
        return bool(outside.max() > slack)
    return not loose and any(_at_edge(strip, width, height) for strip in sight.texts)


def _at_edge(strip: Strip, width: int, height: int) -> bool:
    corners = _box(strip)
    return bool(
        (corners <= 2).any()
        or (corners[:, 0] >= width - 3).any()
        or (corners[:, 1] >= height - 3).any()
    )


def _pitch(sight: Sight) -> float:
    """Distance of two characters in pixels; infinite while no zone is seen."""
    if sight.candidate is None:
        return float("inf")
    return sight.stack[0].length / SHAPES[sight.candidate.zone.format][1]


def _side(sight: Sight, *, spoilt: bool) -> Side:
    if sight.fillers or (sight.candidate is not None and sight.candidate.mostly):
        return "mrz"
    return "front" if not spoilt and len(sight.texts) >= _FRONT_TEXTS else "unknown"
