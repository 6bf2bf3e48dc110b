"""A mask or cloth over the lower face: nose, cheeks and chin that are not of the colour of the skin
of the forehead. A beard leaves the nose bare, so it does not look like one. And no line between the
lips: cloth of the colour of skin hides that too."""

import numpy as np

from kabinet.core.photo.face import (
    CHIN_SKIN,
    LOWER_CHEEKS,
    NOSE,
    SIDE,
    UPPER_LIP,
    UPPER_SKIN,
    Face,
)
from kabinet.core.photo.mesh import LIPS
from kabinet.core.photo.raster import at_usual_light, lab, polygon_mask


def covered(face: Face) -> float:
    """The smallest colour difference (L*a*b*) between a place of the lower face and the skin above.

    All of nose, upper lip, chin and both cheeks must differ: one bare place makes it small.
    """
    skin = [patch for n in UPPER_SKIN if not np.isnan(patch := face.patch(n)).any()]
    if not skin:
        return float("nan")
    lower = (NOSE[0], *UPPER_LIP, *CHIN_SKIN, *LOWER_CHEEKS)
    return min(
        min(float(np.linalg.norm(face.patch(number) - patch)) for patch in skin) for number in lower
    )


def mouth_line(face: Face) -> float:
    """By how much the darkest of the lips is darker than the lips, L* at the usual light.

    No light comes out from between the lips, whatever their colour and that of the beard around
    them. Where something covers the mouth, the mesh still places the lips, but on cloth.
    """
    lips = face.rgb[polygon_mask(face.points[list(LIPS)], SIDE, SIDE) & face.inside]
    if len(lips) < 100:
        return float("nan")
    usual, line = (float(value) for value in np.percentile(lab(lips)[:, 0], (50, 3)))
    return at_usual_light(usual - line, usual)
