"""The red glow of a flash in the pupil."""

import numpy as np

from kabinet.core.photo.face import SIDE, Face
from kabinet.core.photo.iris import Eye

_INNER = 0.7  # of the radius of the iris: clear of the lids
_SATURATED = 0.5
_BRIGHT = 80


def red_share(face: Face, eyes: tuple[Eye, Eye]) -> float:
    """The share of the pupil, in the redder eye, that is bright and mostly red, 0..1."""
    return max(_red_share(face, eye) for eye in eyes)


def _red_share(face: Face, eye: Eye) -> float:
    x, y = face.frame.from_picture(eye.iris[:1])[0]
    radius = eye.iris_radius * SIDE / face.frame.side * _INNER
    reach = int(radius) + 1
    top, left = max(0, int(y) - reach), max(0, int(x) - reach)
    window = np.s_[top : max(0, int(y) + reach + 1), left : max(0, int(x) + reach + 1)]
    rgb, inside = face.rgb[window], face.inside[window]
    rows, columns = np.ogrid[top : top + rgb.shape[0], left : left + rgb.shape[1]]
    pixels = rgb[((columns - x) ** 2 + (rows - y) ** 2 <= radius**2) & inside]
    if len(pixels) < 8:
        return 0.0
    red, rest = pixels[:, 0], pixels[:, 1:].max(axis=1)
    return float(((red >= _BRIGHT) & (red - rest >= _SATURATED * red)).mean())
