"""The background: its colour, its evenness, and what stands in it."""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.raster import Array, Mask, chroma, dilated, lab
from kabinet.core.photo.segmentation import GRID, Segmentation

_SURE = 0.1  # below this confidence a cell holds no part of the person
_MARGIN = 5  # cells kept clear of the person: 2 % of the picture
_VISIBLE = 12  # L*a*b* difference that strikes the eye on a wall
_EDGE = 2  # cells kept clear of the picture's own edge
_HAIR = 14  # cells kept clear of the person where small things are looked for: stray hair
_AROUND = 8  # cells to each side of a cell's surroundings, and of a small thing: 7 % of the picture
_STRIKING = 4  # L*a*b* difference from the surroundings: an outline on a smooth wall
_TEXTURE = 6  # times the usual difference: what plaster, noise and compression do not reach


@dataclass(frozen=True)
class Background:
    """Of the background above the chin. L* 0..100; `worst` is the region (left,
    top, width, height; 0..1 of the picture) that differs from the rest, None when nothing does;
    `small` the window where most differs from its surroundings."""

    share: float  # of the picture
    lightness: float  # median L*
    chroma: float  # median distance from grey
    near_white: float  # share of cells that are light and colourless
    spread: float  # L* from the 5th to the 95th percentile
    odd: float  # share of background cells that differ visibly from the usual one
    hue: float  # how far those cells differ in a* and b* alone: a shadow hardly does
    worst: tuple[float, float, float, float] | None
    thing: float  # share of the window `small` that stands out from its surroundings
    small: tuple[float, float, float, float] | None


def measure_background(
    scene: Segmentation, chin: float, *, light: float, colourless: float
) -> Background:
    """Measure the background above `chin` (0..1 of the height). `light` and `colourless` say what
    counts as near white: at least this L*, at most this chroma."""
    where = _background_cells(scene, chin, _MARGIN)
    if where.sum() < 16:
        return Background(float(where.mean()), 0, 0, 0, 0, 0, 0, None, 0, None)
    thing, small = _small_thing(scene, _background_cells(scene, chin, _HAIR))
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
        thing=thing,
        small=small,
    )


def _background_cells(scene: Segmentation, chin: float, margin: int) -> Mask:
    cells = ~dilated(scene.person > _SURE, margin)
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


def _small_thing(
    scene: Segmentation, where: Mask
) -> tuple[float, tuple[float, float, float, float] | None]:
    """The window whose cells stand out most from their surroundings, and their share of it.

    A socket is a thousandth of the wall and nearly as light, so its share of the wall and
    the wall's spread do not tell; but its outline is sharp, and a wall's own texture is the same
    everywhere while a thing is in one place. Slow changes (light, soft shadows) follow the
    surroundings.
    """
    if where.sum() < 16:
        return 0.0, None
    colours = np.zeros((GRID, GRID, 3))
    colours[where] = lab(scene.colours[where])
    cells = np.maximum(_window_sums(where), 1)
    usual = np.stack([_window_sums(colours[..., i]) / cells for i in range(3)], axis=-1)
    away = np.linalg.norm(colours - usual, axis=-1)
    striking = max(_STRIKING, _TEXTURE * float(np.median(away[where])))
    found = _window_sums((away > striking) & where)
    row, column = (int(place) for place in np.unravel_index(found.argmax(), found.shape))
    top, left = max(0, row - _AROUND), max(0, column - _AROUND)
    bottom, right = min(GRID, row + _AROUND + 1), min(GRID, column + _AROUND + 1)
    place = (left / GRID, top / GRID, (right - left) / GRID, (bottom - top) / GRID)
    return float(found.max()) / (2 * _AROUND + 1) ** 2, place


def _window_sums(values: Array | Mask) -> Array:
    """For each cell the sum over its surroundings, cut at the edges."""
    total = np.pad(values.cumsum(axis=0, dtype=float).cumsum(axis=1), ((1, 0), (1, 0)))
    low = np.maximum(np.arange(GRID) - _AROUND, 0)
    high = np.minimum(np.arange(GRID) + _AROUND + 1, GRID)
    rows: Array = total[high] - total[low]
    return rows[:, high] - rows[:, low]
