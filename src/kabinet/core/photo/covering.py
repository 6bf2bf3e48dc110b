"""A mask or cloth over the lower face: nose, cheeks and chin that are not of the colour of the skin
of the forehead. A beard leaves the nose bare, so it does not look like one."""

import numpy as np

from kabinet.core.photo.face import (
    CHIN_SKIN,
    LOWER_CHEEKS,
    NOSE,
    UPPER_LIP,
    UPPER_SKIN,
    Face,
)


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
