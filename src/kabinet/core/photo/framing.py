"""How the head stands in the picture."""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.mesh import OVAL, Mesh
from kabinet.core.photo.raster import Array, lab
from kabinet.core.photo.segmentation import GRID, Segmentation

_PLAIN = 8  # of 255: the values of a plain bar differ by no more


@dataclass(frozen=True)
class Framing:
    """Shares of the picture's width or height.

    `cut`: how far the face reaches over the edge; `crown`: room above the head (the eyes are taken
    to lie half way between crown and chin, so hair and hats do not count), 0 when the person touches
    the upper edge above the face; `head`: height of the head; `off_centre`: face aside from the
    middle; `eyes`: height of the eye line from the top; `bars`: plain bars at the top or a side.
    """

    cut: float
    crown: float
    head: float
    off_centre: float
    eyes: float
    aspect: float
    bars: float


def measure_framing(mesh: Mesh, scene: Segmentation, size: tuple[int, int]) -> Framing:
    """Measure the framing; `size` is width and height of the picture the mesh was fitted to."""
    width, height = size
    oval = mesh.points[list(OVAL), :2] / np.array([width, height])
    eyes = float(mesh.eye_middle[1]) / height
    head = 2 * mesh.eye_to_chin / height
    crown = eyes - head / 2
    return Framing(
        cut=float(max(-oval.min(), oval.max() - 1)),
        crown=min(crown, 0.0) if _touches_top(scene, oval) else crown,
        head=head,
        off_centre=abs(float(oval[:, 0].min() + oval[:, 0].max()) / 2 - 0.5),
        eyes=eyes,
        aspect=width / height,
        bars=_bars(scene.colours),
    )


def _touches_top(scene: Segmentation, oval: Array) -> bool:
    left, right = (int(np.clip(x, 0, 0.99) * GRID) for x in (oval[:, 0].min(), oval[:, 0].max()))
    edge = scene.person[:3, left : right + 1]
    return bool(edge.size and (edge.min(axis=0) > 0.5).mean() > 0.2)


def _bars(colours: Array) -> float:
    """The widest plain bar at the top or a side whose colour is not that of the background beside it.

    Not at the bottom: there a dark jacket looks the same, and a screenshot has its bars on both ends.
    """
    sideways = colours.transpose(1, 0, 2)
    return max(_bar(lines) for lines in (colours, sideways, sideways[::-1]))


def _bar(lines: Array) -> float:
    """Depth of the plain bar at the first line, as a share; 0 when it goes on into what follows."""
    first = lines[0].mean(axis=0)
    depth = next((at for at, line in enumerate(lines) if np.abs(line - first).max() > _PLAIN), 0)
    if not 0 < depth < len(lines) - 8:
        return 0.0
    bar, beyond = lab(lines[depth // 2].mean(axis=0)), lab(np.median(lines[depth + 2], axis=0))
    return depth / len(lines) if float(np.linalg.norm(bar - beyond)) > 15 else 0.0
