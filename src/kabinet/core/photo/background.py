"""The background: its colour, its evenness, and what stands in it."""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.raster import Mask, chroma, dilated, lab
from kabinet.core.photo.segmentation import GRID, Segmentation

_SURE = 0.1  # below this confidence a cell holds no part of the person
_MARGIN = 5  # cells kept clear of the person: 2 % of the picture
_VISIBLE = 12  # L*a*b* difference that strikes the eye on a wall
_EDGE = 2  # cells kept clear of the picture's own edge


@dataclass(frozen=True)
class Background:
    """Of the background above the chin. L* 0..100; `worst` is the region (left,
    top, width, height; 0..1 of the picture) that differs from the rest, None when nothing does."""

    share: float  # of the picture
    lightness: float  # median L*
    chroma: float  # median distance from grey
    near_white: float  # share of cells that are light and colourless
    spread: float  # L* from the 5th to the 95th percentile
    odd: float  # share of background cells that differ visibly from the usual one
    hue: float  # how far those cells differ in a* and b* alone: a shadow hardly does
    worst: tuple[float, float, float, float] | None


def measure_background(
    scene: Segmentation, chin: float, *, light: float, colourless: float
) -> Background:
    """Measure the background above `chin` (0..1 of the height). `light` and `colourless` say what
    counts as near white: at least this L*, at most this chroma."""
    where = _background_cells(scene, chin)
    if where.sum() < 16:
        return Background(float(where.mean()), 0, 0, 0, 0, 0, 0, None)
    colours = lab(scene.colours[where])
    values, tint = colours[:, 0], chroma(colours)
    away = colours - np.median(colours, axis=0)
    unlike = np.linalg.norm(away, axis=1) > _VISIBLE
    low, middle, high = np.percentile(values, (5, 50, 95))
    return Background(
        share=float(where.mean()),
        lightness=float(middle),
        chroma=float(np.median(tint)),
        near_white=float(((values >= light) & (tint <= colourless)).mean()),
        spread=float(high - low),
        odd=float(unlike.mean()),
        hue=float(np.median(chroma(away[unlike]))) if unlike.any() else 0.0,
        worst=_box(where, unlike),
    )


def _background_cells(scene: Segmentation, chin: float) -> Mask:
    cells = ~dilated(scene.person > _SURE, _MARGIN)
    cells[max(0, min(GRID, int(chin * GRID))) :] = False
    cells[:_EDGE] = False
    cells[:, :_EDGE] = cells[:, -_EDGE:] = False
    return cells


def _box(where: Mask, unlike: Mask) -> tuple[float, float, float, float] | None:
    """Left, top, width and height (0..1) of the unlike cells, a few stray ones left out."""
    if unlike.sum() < 16:
        return None
    rows, columns = (places[unlike] for places in np.nonzero(where))
    left, right = (float(x) for x in np.percentile(columns, (2, 98)))
    top, bottom = (float(y) for y in np.percentile(rows, (2, 98)))
    return (left / GRID, top / GRID, (right + 1 - left) / GRID, (bottom + 1 - top) / GRID)
