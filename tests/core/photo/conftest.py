"""Faces drawn for single measures, and the labelled portraits where there are any."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from kabinet.core.photo import models_ready
from kabinet.core.photo.face import EYE_LINE, SIDE, Face
from kabinet.core.photo.mesh import OVAL
from kabinet.core.photo.raster import Array, Frame

SKIN = (198, 150, 124)


@pytest.fixture(scope="session")
def models() -> None:
    """The networks; `make models` fetches them."""
    if not models_ready():
        pytest.skip("the photo models are not set up: run `make models`")


@pytest.fixture(scope="session")
def portraits(models: None) -> list[object]:
    """Labelled portraits of the folder KABINET_FACES."""
    from tests.core.photo.variants import load_portraits  # noqa: PLC0415 (needs the models)

    folder = os.environ.get("KABINET_FACES", "")
    if not folder or not (Path(folder) / "labels.csv").exists():
        pytest.skip("no labelled portraits: set KABINET_FACES to a folder with labels.csv")
    return list(load_portraits(Path(folder)))


@pytest.fixture
def face() -> Callable[[Array], Face]:
    """A face of the standard size with these colours: an oval of points, the others in its middle."""
    return drawn_face


def drawn_face(rgb: Array) -> Face:
    points = np.full((468, 2), (SIDE / 2, EYE_LINE + 40), np.float32)
    turns = np.linspace(0, 2 * np.pi, len(OVAL), endpoint=False)
    points[list(OVAL), 0] = SIDE / 2 + 90 * np.sin(turns)
    points[list(OVAL), 1] = EYE_LINE + 40 - 120 * np.cos(turns)
    frame = Frame(SIDE / 2, SIDE / 2, SIDE, 0.0, SIDE)
    return Face(frame, rgb.astype(np.float32), points, np.ones((SIDE, SIDE), bool))


def flat(colour: tuple[float, float, float] = SKIN) -> Array:
    return np.broadcast_to(np.array(colour, np.float32), (SIDE, SIDE, 3)).copy()
