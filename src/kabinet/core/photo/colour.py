"""Is the photo in colour: grey, and monochrome that was tinted."""

from dataclasses import dataclass

import numpy as np

from kabinet.core.photo.face import Face
from kabinet.core.photo.raster import Array, at_usual_light, chroma, lab


@dataclass(frozen=True)
class Colour:
    """`chroma`: 90th percentile of the face's distance from grey. `own`: what is left of a* and b*
    when all that follows from L* is taken out, brought to a face of L* 60 (a* and b* of one pigment
    grow with L* + 16, so dark skin counts like light skin); of a tinted monochrome nothing is left.
    """

    chroma: float
    own: float


def measure_colour(face: Face) -> Colour | None:
    """The colour of the face, or None when too little of it lies in the picture."""
    pixels = face.rgb[face.oval][::5]
    if len(pixels) < 100:
        return None
    colours = lab(pixels)
    return Colour(float(np.percentile(chroma(colours), 90)), _own_colour(colours))


def _own_colour(colours: Array) -> float:
    lightness = colours[:, 0].astype(np.float64) / 100
    basis = np.stack([np.ones_like(lightness), lightness, lightness**2], axis=1)
    rest = colours[:, 1:].astype(np.float64)
    rest = rest - basis @ np.linalg.lstsq(basis, rest, rcond=None)[0]
    own = float(np.sqrt((rest**2).sum(axis=1).mean()))
    return at_usual_light(own, float(np.median(colours[:, 0])))
