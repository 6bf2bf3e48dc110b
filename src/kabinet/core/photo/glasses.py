"""Glasses: the bridge between the eyes, and lenses darker than skin.

No package ships a network for this. The edge is measured on the logarithm of brightness, its colour
at the lightness of an average face and the lenses against the cheeks of the same face, so all mean
the same on dark and on light skin.
"""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.face import EYE_DISTANCE, EYE_LINE, LOWER_CHEEKS, SIDE, Face
from kabinet.core.photo.raster import Array, at_usual_light, lab, linear_luminance, smoothed

_HALF = int(EYE_DISTANCE / 2)
_REACH = 26  # pixels above and below the eyes where a bridge may lie
_ACROSS = 12  # pixels to each side of the nose's root
_FRAME = 4  # pixels: the height of a rim and its shadow
_FLOOR = 8  # of 255: below it, differences are noise


@dataclass(frozen=True)
class Glasses:
    """`bridge`: the steepest level edge between the eyes, in natural logarithms per pixel; `rim`: the
    line across there that differs most in colour from what is above and below it, a*b* at the usual
    light; `dark`: stops (doublings) by which both eyes' surroundings are darker than the cheeks."""

    bridge: float
    rim: float
    dark: float


def measure_glasses(face: Face) -> Glasses:
    """Look for glasses on the aligned face."""
    return Glasses(_bridge(face), _rim(face), _dark_lenses(face))


def _bridge(face: Face) -> float:
    """The bridge runs level between the eyes: average over its width, keep the steepest row."""
    window = np.s_[
        EYE_LINE - _REACH : EYE_LINE + _REACH + 1, SIDE // 2 - _ACROSS : SIDE // 2 + _ACROSS + 1
    ]
    logs = np.log(smoothed(face.grey[window], 1.0) + _FLOOR)
    slope = (logs[2:] - logs[:-2]) / 2
    return float(np.abs(slope[3:-3, 3:-3].mean(axis=1)).max())


def _rim(face: Face) -> float:
    """Thin metal and clear plastic are as light as skin but of another colour; a wrinkle is darker
    skin, and its colour at the usual light is that of skin. The bridge may be an arch: of all paths
    from side to side that rise or fall by at most a row per column, the best on average.
    """
    rows = slice(EYE_LINE - _REACH - _FRAME, EYE_LINE + _REACH + _FRAME + 1)
    columns = slice(SIDE // 2 - _ACROSS - _FRAME, SIDE // 2 + _ACROSS + _FRAME)
    colours = lab(face.rgb[rows, columns])
    light = smoothed(colours[..., 0], 1.2)
    lines = np.hypot(
        *(_line(at_usual_light(smoothed(colours[..., i], 1.2), light)) for i in (1, 2))
    )
    best, *rest = lines[:, _FRAME:-_FRAME].T
    for column in rest:
        wide = np.pad(best, 1, mode="edge")
        best = column + np.maximum.reduce([wide[:-2], best, wide[2:]])
    return float(best.max()) / (2 * _ACROSS)


def _line(values: Array) -> Array:
    """How much each row differs from the mean of those a rim's height above and below it."""
    around: Array = (values[2 * _FRAME :] + values[: -2 * _FRAME]) / 2
    return around - values[_FRAME:-_FRAME]


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
