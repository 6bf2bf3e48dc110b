"""Where faces may be: BlazeFace in its short-range and full-range form.

Decoding follows the published anchor scheme of the two networks. A box is only a proposal: the
detectors also fire on things that are no faces, so `mesh` has the last word.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from kabinet.core.photo.networks import Network
from kabinet.core.photo.raster import Array

_KEYPOINTS = 6  # right eye, left eye, nose, mouth, right ear, left ear (the person's own sides)


@dataclass(frozen=True)
class Proposal:
    """A box (x, y, width, height) with its eyes, in pixels of the picture."""

    score: float
    box: tuple[float, float, float, float]
    eyes: Array  # 2 x 2: the eye at the left of the picture first


@dataclass(frozen=True)
class _Layout:
    """Input side of a network and its anchor grids: (cells per side, anchors per cell)."""

    side: int
    grids: tuple[tuple[int, int], ...]


_SHORT_RANGE = _Layout(128, ((16, 2), (8, 6)))
_FULL_RANGE = _Layout(192, ((48, 1),))


def propose_faces(
    image: Image.Image, longest: int, short: Network, full: Network, *, threshold: float
) -> list[Proposal]:
    """Proposals of both networks above `threshold` (0..1), overlapping ones merged, best first.

    `image` may be a reduced copy; places come in pixels of the picture whose long side is `longest`.
    """
    found = _detect(image, longest, short, _SHORT_RANGE, threshold)
    found += _detect(image, longest, full, _FULL_RANGE, threshold)
    return _without_overlaps(found)


def _detect(
    image: Image.Image, longest: int, network: Network, layout: _Layout, threshold: float
) -> list[Proposal]:
    scale = layout.side / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    square = np.zeros((layout.side, layout.side, 3), np.float32)  # black letterbox, top left
    small = image.resize(size, Image.Resampling.BILINEAR, reducing_gap=2.0)
    square[: size[1], : size[0]] = np.asarray(small)
    outputs = sorted(network.run(square / 127.5 - 1), key=len)
    scores = 1 / (1 + np.exp(-np.clip(outputs[0], -60, 60)))
    raw = outputs[1].reshape(-1, 4 + 2 * _KEYPOINTS)
    return [
        _proposal(float(scores[i]), raw[i], _anchors(layout)[i], layout.side, longest)
        for i in np.flatnonzero(scores >= threshold)
    ]


@cache
def _anchors(layout: _Layout) -> Array:
    centres = []
    for cells, repeats in layout.grids:
        ticks = (np.arange(cells) + 0.5) / cells
        grid = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
        centres.append(np.repeat(grid, repeats, axis=0))
    return np.concatenate(centres).astype(np.float32)


def _proposal(score: float, raw: Array, anchor: Array, side: int, longest: int) -> Proposal:
    points = (raw.reshape(-1, 2) / side).astype(np.float32)
    centre, size, eyes = points[0] + anchor, points[1], points[2:4] + anchor
    left, top = (centre - size / 2) * longest
    width, height = size * longest
    return Proposal(score, (float(left), float(top), float(width), float(height)), eyes * longest)


def _without_overlaps(found: list[Proposal]) -> list[Proposal]:
    kept: list[Proposal] = []
    for proposal in sorted(found, key=lambda p: -p.score):
        if all(_overlap(proposal.box, other.box) < 0.3 for other in kept):
            kept.append(proposal)
    return kept


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    width = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    height = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min(a[2] * a[3], b[2] * b[3])
