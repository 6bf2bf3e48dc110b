"""Eyelids and iris of each eye, from the iris network."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from kabinet.core.photo.mesh import LEFT_EYE, RIGHT_EYE, Mesh
from kabinet.core.photo.networks import Network
from kabinet.core.photo.raster import Array, Frame, distance

_SIDE = 64
_MARGIN = 2.3  # the square of the network is 2.3 eye widths
_CONTOUR = 71
_UPPER = (11, 12, 13)  # the middle of the upper lid, and of the lower below it
_LOWER = (3, 4, 5)
_CORNERS = (0, 8)


@dataclass(frozen=True)
class Eye:
    """One eye, in pixels of the picture. `contour` 71 x 2 (lids first), `iris` 5 x 2 (centre first)."""

    contour: Array
    iris: Array

    @property
    def width(self) -> float:
        return distance(self.contour[_CORNERS[0]], self.contour[_CORNERS[1]])

    @property
    def openness(self) -> float:
        """Gap between the lids over the width of the eye; about 0.3 when open."""
        lids = zip(self.contour[[*_UPPER]], self.contour[[*_LOWER]], strict=True)
        gaps = [distance(upper, lower) for upper, lower in lids]
        return float(np.mean(gaps)) / max(self.width, 1e-6)

    @property
    def gaze(self) -> float:
        """Where the iris stands between the corners: 0 in the middle, 0.5 at the corner that lies
        to the right in the picture."""
        ends = sorted((self.contour[_CORNERS[0]], self.contour[_CORNERS[1]]), key=lambda p: p[0])
        along = (ends[1] - ends[0]) / max(self.width, 1e-6)
        return float((self.iris[0] - ends[0]) @ along) / max(self.width, 1e-6) - 0.5

    @property
    def iris_radius(self) -> float:
        return float(np.mean([distance(self.iris[0], point) for point in self.iris[1:]]))


def read_eyes(image: Image.Image, network: Network, mesh: Mesh) -> tuple[Eye, Eye]:
    """The eye at the left of the picture and the one at the right."""
    return (
        _read(image, network, mesh, RIGHT_EYE, mirrored=False),
        _read(image, network, mesh, LEFT_EYE, mirrored=True),
    )


def _read(
    image: Image.Image, network: Network, mesh: Mesh, corners: tuple[int, int], *, mirrored: bool
) -> Eye:
    outer, inner = mesh[corners[0]], mesh[corners[1]]
    centre = (outer + inner) / 2
    side = max(distance(outer, inner), 4.0) * _MARGIN
    frame = Frame(float(centre[0]), float(centre[1]), side, mesh.roll, _SIDE)
    picture = frame.crop(image) / 255
    contour, iris = network.run(picture[:, ::-1] if mirrored else picture)
    return Eye(*(_points(frame, values, mirrored=mirrored) for values in (contour, iris)))


def _points(frame: Frame, values: Array, *, mirrored: bool) -> Array:
    points = values.reshape(-1, 3)[:, :2].copy()
    if mirrored:
        points[:, 0] = _SIDE - points[:, 0]
    return frame.to_picture(points)
