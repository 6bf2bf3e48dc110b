"""Sharpness as the width of a blur, which does not depend on contrast, light or skin.

For pictures with the usual 1/f² spectrum, blurred by a Gaussian of radius s, the mean squared first
derivative is proportional to 1/(2 s²) and the mean squared second derivative to 1/(2 s⁴) (along
one axis the factors differ, the quotient does not): the root of their quotient is the radius.
Darkening a picture scales both alike, so dark skin and dim light are not taken for blur.
"""

import numpy as np

from kabinet.core.photo.face import EYE_LINE, Face
from kabinet.core.photo.raster import Array, Mask, smoothed

_NOISE_RADIUS = 1.0


def blur_width(face: Face) -> float:
    """Radius of the blur across the worse of the two axes, in per cent of the eye distance.

    A sharp photo has 1.1 to 2.0 (1.0 of it is the smoothing against noise). Motion blurs one axis.
    """
    rows = np.arange(face.grey.shape[0])[:, None] > EYE_LINE - 25
    where = (face.oval & rows)[1:-1, 1:-1]
    if where.sum() < 100:
        return 0.0
    grey = smoothed(face.grey, _NOISE_RADIUS)
    middle = grey[1:-1, 1:-1]
    east, west, north, south = grey[1:-1, 2:], grey[1:-1, :-2], grey[:-2, 1:-1], grey[2:, 1:-1]
    return max(
        _width((east - west) / 2, east + west - 2 * middle, where),
        _width((south - north) / 2, south + north - 2 * middle, where),
    )


def _width(slope: Array, bend: Array, where: Mask) -> float:
    bends = float(np.mean(bend[where] ** 2))
    return float(np.sqrt(np.mean(slope[where] ** 2) / bends)) if bends > 1e-6 else 99.0
