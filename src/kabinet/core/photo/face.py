"""The face brought to one size and level, on which colours, edges and light are measured.

100 pixels between the eyes, eyes level at (200, 160) in a square of 400 pixels: every measure means
the same on every photo, whatever its size.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from PIL import Image

from kabinet.core.photo.mesh import OVAL, Mesh
from kabinet.core.photo.raster import Array, Frame, Mask, eroded, lab, luma, polygon_mask

SIDE: Final = 400
EYE_DISTANCE: Final = 100.0
EYE_LINE: Final = 160

# Points of the mesh in the middle of bare skin.
UPPER_SKIN: Final = (151, 9, 168)  # forehead, between the brows, root of the nose
UNDER_EYES: Final = (118, 347)
CHEEKS: Final = (50, 280)
LOWER_CHEEKS: Final = (205, 425)
NOSE: Final = (4, 5)
UPPER_LIP: Final = (164,)
CHIN_SKIN: Final = (200,)
_RIM = 2  # pixels at the picture's edge that carry the edge itself


@dataclass(frozen=True)
class Face:
    """`rgb` 400 x 400 x 3 (0..255), `points` 468 x 2 in its pixels, `frame` the way back."""

    frame: Frame
    rgb: Array
    points: Array
    inside: Mask  # the part of the square that lies inside the picture

    @cached_property
    def grey(self) -> Array:
        return luma(self.rgb)

    @cached_property
    def oval(self) -> Mask:
        """The face from the brow to the chin, clear of its outline."""
        whole = polygon_mask(self.points[list(OVAL)], SIDE, SIDE)
        return eroded(whole, 6) & self.inside

    @cached_property
    def skin(self) -> Mask:
        """The oval below the eyes."""
        rows = np.arange(SIDE)[:, None] > EYE_LINE + 20
        return self.oval & rows

    def patch(self, number: int, radius: int = 7) -> Array:
        """Median L*a*b* of the small square around a point of the mesh; NaN outside."""
        x, y = (round(float(v)) for v in self.points[number])
        window = np.s_[max(0, y - radius) : y + radius + 1, max(0, x - radius) : x + radius + 1]
        pixels = self.rgb[window][self.inside[window]]
        if len(pixels) < radius:
            return np.full(3, np.nan, np.float32)
        return np.median(lab(pixels), axis=0).astype(np.float32)


def align_face(image: Image.Image, mesh: Mesh) -> Face:
    """Cut the face out at its standard size."""
    side = SIDE * mesh.eye_distance / EYE_DISTANCE
    x, y = (float(value) for value in mesh.eye_middle[:2])
    eyes = Frame(x, y, side, mesh.roll, SIDE)
    shift = np.array([[SIDE / 2, SIDE - EYE_LINE]], np.float32)  # the middle lies below the eyes
    centre = eyes.to_picture(shift)[0]
    frame = Frame(float(centre[0]), float(centre[1]), side, mesh.roll, SIDE)
    return Face(
        frame, frame.crop(image), frame.from_picture(mesh.points), _inside(frame, image.size)
    )


def _inside(frame: Frame, size: tuple[int, int]) -> Mask:
    corners = frame.to_picture(np.array([[0, 0], [0, SIDE], [SIDE, 0], [SIDE, SIDE]]))
    if (corners >= _RIM).all() and (corners <= np.array(size) - 1 - _RIM).all():
        return np.ones((SIDE, SIDE), bool)
    grid = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), axis=-1).reshape(-1, 2)
    placed = frame.to_picture(grid.astype(np.float32)).reshape(SIDE, SIDE, 2)
    return np.asarray(((placed >= _RIM) & (placed <= np.array(size) - 1 - _RIM)).all(axis=-1))
