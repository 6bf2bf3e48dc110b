"""What may come in, and the few facts about documents that an authority may have to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

# Two letters and seven digits: the shape seen on Kyrgyz documents. No public source states it
# and new blanks come, so it is a setting; without it 1 of 113 "verified" readings was wrong.
KYRGYZ_NUMBER: Final = r"[A-Z]{2}[0-9]{7}"


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading.

    `max_bytes` of the file, `max_pixels` of the picture, `min_side` the shortest side in pixels
    that is not called too small, `work_side` the longest side of the picture that is looked at.
    `number_formats` maps a state code to the regular expression that its numbers must match to be
    verified. `today` is the day that decides the century of a birth date; None asks the clock.
    """

    max_bytes: int = 20_000_000
    max_pixels: int = 50_000_000
    min_side: int = 400
    work_side: int = 2000
    number_formats: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({"KGZ": KYRGYZ_NUMBER})
    )
    today: date | None = None


LIMITS: Final = Limits()
