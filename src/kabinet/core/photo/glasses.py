"""Glasses: the bridge between the eyes, and lenses darker than skin.

No package ships a network for this. The edge is measured on the logarithm of brightness and the
lenses against the cheeks of the same face, so both mean the same on dark and on light skin.
"""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.face import EYE_DISTANCE, EYE_LINE, LOWER_CHEEKS, SIDE, Face
from kabinet.core.photo.raster import linear_luminance, smoothed

_HALF = int(EYE_DISTANCE / 2)
_FLOOR = 8  # of 255: below it, differences are noise


@dataclass(frozen=True)
class Glasses:
    """`bridge`: the steepest level edge between the eyes, in natural logarithms per pixel; `dark`:
    stops (doublings) by which both eyes' surroundings are darker than the cheeks."""

    bridge: float
    dark: float


def measure_glasses(face: Face) -> Glasses:
    """Look for glasses on the aligned face."""
    return Glasses(_bridge(face), _dark_lenses(face))


def _bridge(face: Face) -> float:
    """The bridge runs level between the eyes: average over its width, keep the steepest row."""
    window = np.s_[EYE_LINE - 26 : EYE_LINE + 27, SIDE // 2 - 12 : SIDE // 2 + 13]
    logs = np.log(smoothed(face.grey[window], 1.0) + _FLOOR)
    slope = (logs[2:] - logs[:-2]) / 2
    return float(np.abs(slope[3:-3, 3:-3].mean(axis=1)).max())


def _dark_lenses(face: Face) -> float:
    cheeks = (face.points[number] for number in LOWER_CHEEKS)
    reference = np.nanmedian([_light(face, float(x), float(y), 7, 7) for x, y in cheeks])
    lenses = [_light(face, SIDE / 2 + side * _HALF, EYE_LINE + 4, 26, 18) for side in (-1, 1)]
    return float(np.nan_to_num(reference - max(lenses)))


def _light(face: Face, x: float, y: float, half_width: int, half_height: int) -> float:
    rows = slice(max(0, int(y) - half_height), max(0, int(y) + half_height + 1))
    columns = slice(max(0, int(x) - half_width), max(0, int(x) + half_width + 1))
    light = linear_luminance(face.rgb[rows, columns][face.inside[rows, columns]])
    return float(np.log2(np.median(light) + 0.002)) if len(light) else float("nan")
