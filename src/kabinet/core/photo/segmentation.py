"""Person against background, on a grid of 256 x 256 stretched over the whole picture."""

from dataclasses import dataclass

import numpy as np
from PIL import Image

from kabinet.core.photo.networks import Network
from kabinet.core.photo.raster import Array

GRID = 256


@dataclass(frozen=True)
class Segmentation:
    """`person` 256 x 256, the network's confidence 0..1; `colours` 256 x 256 x 3, the picture."""

    person: Array
    colours: Array


def segment(image: Image.Image, network: Network) -> Segmentation:
    """Separate the person from the background."""
    grid = image.resize((GRID, GRID), Image.Resampling.BILINEAR, reducing_gap=2.0)
    colours = np.asarray(grid, np.float32)
    return Segmentation(network.run(colours / 255)[0].reshape(GRID, GRID), colours)
