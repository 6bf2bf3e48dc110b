"""Light on the face: too little, too much, from one side.

How light a face is says more about the person than about the light, so "too dark" is judged by the
lightest parts of the picture (a white background, eyes, collar), and light from one side by the
quotient of the light on both cheeks, which is the same on any skin.
"""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.face import CHEEKS, LOWER_CHEEKS, UNDER_EYES, Face
from kabinet.core.photo.raster import Array, lightness, linear_luminance

_BURNT = 250


@dataclass(frozen=True)
class Exposure:
    """`white`: L* of the lightest parts of the picture; `face`: median L* of the skin; `burnt`: share
    of skin with two channels at their end, `clipped` with at least one; `side`: light of the lighter
    over the darker half of the face, in stops (doublings)."""

    white: float
    face: float
    burnt: float
    clipped: float
    side: float


def measure_exposure(face: Face, picture: Array) -> Exposure | None:
    """Measure the light; `picture` is the whole picture (n x m x 3). None when the face is cut."""
    skin = face.rgb[face.skin]
    if len(skin) < 100:
        return None
    ended = (skin >= _BURNT).sum(axis=1)
    return Exposure(
        white=lightness(float(np.percentile(linear_luminance(picture[::2]), 98))),
        face=lightness(float(np.median(linear_luminance(skin)))),
        burnt=float((ended >= 2).mean()),
        clipped=float((ended >= 1).mean()),
        side=_side_light(face),
    )


def _side_light(face: Face) -> float:
    pairs = (UNDER_EYES, CHEEKS, LOWER_CHEEKS)
    stops = [_stops(face, right) - _stops(face, left) for right, left in pairs]
    return float(np.nan_to_num(abs(np.median(stops))))


def _stops(face: Face, number: int) -> float:
    x, y = (round(float(v)) for v in face.points[number])
    window = np.s_[max(0, y - 7) : y + 8, max(0, x - 7) : x + 8]
    light = linear_luminance(face.rgb[window][face.inside[window]])
    return float(np.log2(np.median(light) + 0.002)) if len(light) else float("nan")
