"""Is the face neutral or smiling: two witnesses that know nothing of each other.

A network trained on seven expressions, and the shape of the mouth freed of the head's pose. Only
where both are sure is it a smile; where they differ a person looks.
"""

from statistics import fmean

import numpy as np
from PIL import Image

from kabinet.core.photo.geometry import Mouth
from kabinet.core.photo.mesh import Mesh
from kabinet.core.photo.networks import Network
from kabinet.core.photo.raster import Frame, luma

_SIDE = 64
_HAPPY = 3  # angry, disgust, fear, happy, sad, surprise, neutral
_CROPS = (0.9, 1.0, 1.1)  # the network is sensitive to the crop: the mean of three is steadier

# Where a neutral mouth ends and a plain smile begins, in eye distances.
_LIFT = (0.02, 0.06)
_WIDTH = (1.00, 1.15)


def smile(image: Image.Image, network: Network, mesh: Mesh, mouth: Mouth) -> float:
    """How sure it is that the face smiles, 0..1: the mean of both witnesses."""
    shape = max(_ramp(mouth.lift, *_LIFT), _ramp(mouth.width, *_WIDTH))
    return (_happiness(image, network, mesh) + shape) / 2


def _happiness(image: Image.Image, network: Network, mesh: Mesh) -> float:
    left, top, right, bottom = mesh.bounds()
    middle = ((left + right) / 2, (top + bottom) / 2)
    sides = [max((bottom - top) * crop, 8.0) for crop in _CROPS]
    crops = [luma(Frame(*middle, side, mesh.roll, _SIDE).crop(image)) for side in sides]
    return fmean(float(network.run(grey[..., None] / 127.5 - 1)[0][_HAPPY]) for grey in crops)


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))
