"""One decoded picture seen with all engines: its zone, its fields and its quality."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Lock
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from kabinet.core.passport.document import Quality, Reading
from kabinet.core.passport.engines import engine_name, line_engine, second_engine, text_finder
from kabinet.core.passport.limits import Limits
from kabinet.core.passport.quality import measure
from kabinet.core.passport.sight import Sight, look
from kabinet.core.passport.strict import fields_of, verdict
from kabinet.core.passport.strips import Grey

_log = logging.getLogger(__name__)
# The engines keep state between calls: one picture at a time in one process.
_one_at_a_time = Lock()
# In fewer pixels than these no line of a zone can be told apart.
_SMALLEST_SIDE: Final = 64


def see(picture: Image.Image, *, limits: Limits) -> Reading:
    """A Reading without digests and time. An engine that fails leaves the zone unread, no more."""
    if min(picture.size) < _SMALLEST_SIDE:
        return Reading(quality=Quality(too_small=True), engine=engine_name())
    colours = np.asarray(picture)
    grey = np.asarray(cv2.cvtColor(colours, cv2.COLOR_RGB2GRAY), np.uint8)
    with _one_at_a_time:
        sight = _looked((grey, _without_colours(colours)), limits)
    return _reading(sight, measure(colours, grey, sight, limits=limits), limits)


def load() -> None:
    """Load the engines, and what each of them loads at its first line."""
    blank = np.full((48, 960), 255, np.uint8)
    line_engine().recognise(blank)
    second_engine().recognise(blank)
    text_finder().find(blank)
    engine_name()


def _without_colours(colours: NDArray[np.uint8]) -> Grey:
    """The lightest channel of each pixel.

    Security print is coloured and nearly vanishes there; ink is dark in every channel.
    """
    return np.asarray(colours.max(axis=2), np.uint8)


def _looked(greys: Sequence[Grey], limits: Limits) -> Sight:
    try:
        return look(greys, limits=limits)
    except (OSError, RuntimeError, cv2.error):
        _log.warning("the document reader failed", exc_info=True)
        return Sight()


def _reading(sight: Sight, quality: Quality, limits: Limits) -> Reading:
    candidate = sight.candidate
    if candidate is None or not candidate.mostly:
        return Reading(quality=quality, engine=engine_name())
    checks = candidate.checks | {"sure": sight.sure}
    return Reading(
        status=verdict(candidate.zone, checks, repaired=candidate.repaired),
        format=candidate.zone.format,
        lines=candidate.zone.lines,
        fields=fields_of(candidate.zone, limits=limits),
        checks=checks,
        repaired=candidate.repaired,
        confidence=round(sight.confidence, 3),
        quality=quality,
        engine=engine_name(),
    )
