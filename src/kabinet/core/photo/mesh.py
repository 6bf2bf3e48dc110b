"""The face mesh: 468 points in space, and whether there is a face at all."""

from dataclasses import dataclass
from math import pi
from typing import Final

import numpy as np
from PIL import Image

from kabinet.core.photo.detector import Proposal
from kabinet.core.photo.networks import Network
from kabinet.core.photo.raster import Array, Frame, angle_between, distance

# Point numbers of the mesh; "right" is the person's right, at the left of the picture.
RIGHT_EYE: Final = (33, 133)  # outer and inner corner
LEFT_EYE: Final = (263, 362)
MOUTH_CORNERS: Final = (61, 291)
INNER_LIPS: Final = (13, 14)
OUTER_LIPS: Final = (0, 17)
NOSE_TIP: Final = 4
FOREHEAD: Final = 10
CHIN: Final = 152
LIPS: Final = (
    *(61, 146, 91, 181, 84, 17, 314, 405, 321, 375),
    *(291, 409, 270, 269, 267, 0, 37, 39, 40, 185),
)  # their outline
TEMPLES: Final = (234, 454)
OVAL: Final = (
    *(10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377),
    *(152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109),
)

_SIDE = 192
_MARGIN = 1.5  # the square is half as large again as the face in it


@dataclass(frozen=True)
class Mesh:
    """Points (468 x 3) in pixels of the picture, depth in the same unit; presence 0..1."""

    points: Array
    presence: float

    def __getitem__(self, number: int) -> Array:
        point: Array = self.points[number]
        return point

    @property
    def right_eye(self) -> Array:
        return ((self[RIGHT_EYE[0]] + self[RIGHT_EYE[1]]) / 2).astype(np.float32)

    @property
    def left_eye(self) -> Array:
        return ((self[LEFT_EYE[0]] + self[LEFT_EYE[1]]) / 2).astype(np.float32)

    @property
    def eye_middle(self) -> Array:
        return ((self.right_eye + self.left_eye) / 2).astype(np.float32)

    @property
    def eye_distance(self) -> float:
        """Distance between the middles of the eyes, in pixels of the picture."""
        return distance(self.right_eye, self.left_eye)

    @property
    def roll(self) -> float:
        """Tilt of the eye line in radians, clockwise as seen."""
        return angle_between(self.right_eye, self.left_eye)

    @property
    def eye_to_chin(self) -> float:
        """The "T" of ISO/IEC 29794-5: from the middle of the eyes to the chin, in pixels."""
        return distance(self.eye_middle, self[CHIN])

    def bounds(self, numbers: tuple[int, ...] = OVAL) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of some points, by default the face, in pixels."""
        chosen = self.points[list(numbers), :2]
        (left, top), (right, bottom) = chosen.min(axis=0), chosen.max(axis=0)
        return float(left), float(top), float(right), float(bottom)


def fit_mesh(image: Image.Image, network: Network, proposal: Proposal) -> Mesh:
    """Fit the mesh to a proposal, and once more to what the first fit found."""
    first = _fit(image, network, _frame_of_proposal(proposal))
    if not np.ptp(first.points[:, 0]) > 1:
        return first
    second = _fit(image, network, _frame_of_mesh(first))
    return second if second.presence >= 0.5 else first


def _fit(image: Image.Image, network: Network, frame: Frame) -> Mesh:
    outputs = sorted(network.run(frame.crop(image) / 255), key=len)
    presence = 1 / (1 + np.exp(-np.clip(outputs[0][0], -60, 60)))
    return Mesh(frame.to_picture(outputs[1].reshape(-1, 3)), float(presence))


def _frame_of_proposal(proposal: Proposal) -> Frame:
    left, top, width, height = proposal.box
    angle = angle_between(proposal.eyes[0], proposal.eyes[1])
    side = max(width, height, 8.0) * _MARGIN
    return Frame(left + width / 2, top + height / 2, side, _upright(angle), _SIDE)


def _frame_of_mesh(mesh: Mesh) -> Frame:
    x, y = (float(value) for value in mesh[NOSE_TIP][:2])
    level = Frame(x, y, 1.0, _upright(mesh.roll), 1)
    turned = level.from_picture(mesh.points)
    low, high = turned.min(axis=0), turned.max(axis=0)
    centre = level.to_picture(((low + high) / 2)[None])[0]
    side = max(float((high - low).max()), 8.0) * _MARGIN
    return Frame(float(centre[0]), float(centre[1]), side, level.angle, _SIDE)


def _upright(angle: float) -> float:
    """The tilt, unless it is past a quarter turn: then the eyes were mixed up."""
    return angle if abs(angle) < pi / 2 else 0.0
