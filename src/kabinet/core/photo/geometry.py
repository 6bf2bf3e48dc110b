"""Head pose and the shape of the mouth, from the mesh in space.

The axes of the face are taken from the mesh itself: left to right through temples, eye corners and
mouth corners; top to bottom from the forehead to the chin.
"""

from dataclasses import dataclass
from math import asin, atan2, degrees

import numpy as np

from kabinet.core.photo.mesh import (
    CHIN,
    FOREHEAD,
    INNER_LIPS,
    LEFT_EYE,
    MOUTH_CORNERS,
    RIGHT_EYE,
    TEMPLES,
    Mesh,
)
from kabinet.core.photo.raster import Array, distance

_ACROSS = (TEMPLES, MOUTH_CORNERS, (RIGHT_EYE[0], LEFT_EYE[0]), (RIGHT_EYE[1], LEFT_EYE[1]))
# The line forehead-chin of this mesh leans back by 7 degrees when the head is level (photo.md).
_PITCH_OFFSET = 7.0


@dataclass(frozen=True)
class Pose:
    """Degrees. Roll: clockwise as seen; yaw: towards the left of the picture; pitch: chin down."""

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True)
class Mouth:
    """`width` and `lift` in eye distances, freed of the pose; `gap` in eye-to-chin lengths."""

    width: float
    lift: float  # how far the corners stand above the middle of the lips
    gap: float


def head_pose(mesh: Mesh) -> Pose:
    """How the head is turned against the camera."""
    across, down = _axes(mesh)
    yaw = degrees(asin(float(np.clip(across[2], -1, 1))))
    pitch = degrees(atan2(float(down[2]), float(np.hypot(down[0], down[1])))) - _PITCH_OFFSET
    return Pose(yaw, pitch, degrees(mesh.roll))


def mouth_shape(mesh: Mesh) -> Mouth:
    """The mouth as it would look from straight ahead."""
    points = _frontal(mesh)
    right, left = (points[n] for n in MOUTH_CORNERS)
    upper, lower = (points[n] for n in INNER_LIPS)
    lift = float((upper[1] + lower[1]) / 2 - (right[1] + left[1]) / 2)
    gap = distance(mesh[INNER_LIPS[0]], mesh[INNER_LIPS[1]]) / max(mesh.eye_to_chin, 1e-6)
    return Mouth(distance(right, left), lift, gap)


def _axes(mesh: Mesh) -> tuple[Array, Array]:
    """Unit vectors across the face (to the right of the picture) and down it."""
    across = _unit(np.sum([_unit(mesh[b] - mesh[a]) for a, b in _ACROSS], axis=0))
    down = mesh[CHIN] - mesh[FOREHEAD]
    return across, _unit(down - across * (down @ across))


def _frontal(mesh: Mesh) -> Array:
    """The points along the axes of the face, in eye distances."""
    points = (mesh.points - mesh.eye_middle) @ np.stack(_axes(mesh), axis=1)
    right, left = (points[list(eye)].mean(axis=0) for eye in (RIGHT_EYE, LEFT_EYE))
    scaled: Array = points / max(distance(right, left), 1e-6)
    return scaled


def _unit(vector: Array) -> Array:
    unit: Array = vector / max(float(np.linalg.norm(vector)), 1e-6)
    return unit
