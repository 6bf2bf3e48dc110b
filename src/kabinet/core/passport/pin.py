"""The Kyrgyz personal identification number (ПИН): fourteen digits that carry sex and birth date.

1 (female) or 2 (male), then ddmmyyyy, then five digits. Whether the last five hold a check digit
is not known, and the registry itself speaks of "problem PINs": a mismatch is a warning, no error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kabinet.core.lookalikes import latin_capitals

_SHAPE: Final = re.compile(r"([12])([0-9]{2})([0-9]{2})([0-9]{4})[0-9]{5}")


@dataclass(frozen=True)
class Pin:
    """A well-formed number and what it says of its holder."""

    text: str
    sex: Literal["F", "M"]
    birth: date


def parse_pin(text: str) -> Pin | None:
    """The parts of a number, or None when it is not fourteen digits of that make."""
    match = _SHAPE.fullmatch(latin_capitals(text))
    if match is None:
        return None
    sex, day, month, year = match.groups()
    try:
        birth = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Pin(text=match.group(), sex="F" if sex == "1" else "M", birth=birth)
