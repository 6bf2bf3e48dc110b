"""The strict verdict: when a reading may be called verified.

Check digits alone are not enough: modulo 10 passes by chance once in ten, and sex, nationality,
country and names have none. So everything that the zone says twice, or that must be a real thing
in the world, is asked as well, and nothing that was put right counts as read.
"""

from __future__ import annotations

import re
import time
from datetime import date
from typing import Final

from kabinet.core.passport.document import Fields, Status
from kabinet.core.passport.limits import LIMITS, Limits
from kabinet.core.passport.mrz import Zone
from kabinet.core.passport.pin import Pin, parse_pin
from kabinet.core.passport.states import STATES

_SEXES: Final = {"F": "F", "M": "M", "<": "X"}
# A letter for the kind and at most one more: Doc 9303 part 4, 4.2.2.1 and part 5, 4.2.2.1.
_CODES: Final = {"TD1": "[ACI][A-Z]?", "TD2": "[ACI][A-Z]?", "TD3": "P[A-Z]?"}


def strict_checks(zone: Zone, *, limits: Limits = LIMITS) -> dict[str, bool]:
    """Every rule of the strict verdict by name: the check digits first, then the rules."""
    birth, expiry = birth_date(zone, limits=limits), expiry_date(zone)
    rules = {
        "code": bool(re.fullmatch(_CODES[zone.format], zone.code)),
        "country": zone.country in STATES,
        "nationality": zone.nationality in STATES,
        # Nothing else protects either; a document whose two states differ is for a person to see.
        "same_state": zone.country == zone.nationality,
        "birth_date": birth is not None,
        "expiry_date": expiry is not None and (birth is None or expiry > birth),
        "sex": zone.sex in _SEXES,
        "number_format": _number_fits(zone, limits),
    }
    if zone.country == "KGZ":
        rules |= _kyrgyz_rules(zone)
    return zone.digits | rules


def verdict(zone: Zone, checks: dict[str, bool], *, repaired: int) -> Status:
    """verified: all of `checks` without a repaired character; probable: all check digits."""
    if repaired == 0 and all(checks.values()):
        return "verified"
    return "probable" if all(zone.digits.values()) else "partial"


def fields_of(zone: Zone, *, limits: Limits = LIMITS) -> Fields:
    """The fields as a person would write them down."""
    return Fields(
        number=zone.number,
        country=zone.country,
        nationality=zone.nationality,
        birth=birth_date(zone, limits=limits),
        sex=_SEXES.get(zone.sex, ""),
        expiry=expiry_date(zone),
        pin=zone.optional if _pin_of(zone) else "",
        surname=zone.surname,
        given=zone.given,
    )


def birth_date(zone: Zone, *, limits: Limits = LIMITS) -> date | None:
    """The birth date; the ПИН gives the century, otherwise the latest that is not in the future."""
    today = limits.today or date(*time.gmtime()[:3])
    pin = _pin_of(zone)
    if pin is not None and f"{pin.birth:%y%m%d}" == zone.birth:
        return pin.birth
    return _date(zone.birth, century=2000, latest=today) or _date(
        zone.birth, century=1900, latest=today
    )


def expiry_date(zone: Zone) -> date | None:
    """The last day of validity, always of this century."""
    return _date(zone.expiry, century=2000)


def _date(text: str, *, century: int, latest: date = date.max) -> date | None:
    if not text.isdigit():
        return None
    try:
        day = date(century + int(text[0:2]), int(text[2:4]), int(text[4:6]))
    except ValueError:
        return None
    return day if day <= latest else None


def _pin_of(zone: Zone) -> Pin | None:
    return parse_pin(zone.optional) if zone.country == "KGZ" else None


def _number_fits(zone: Zone, limits: Limits) -> bool:
    pattern = limits.number_formats.get(zone.country)
    return bool(zone.number) if pattern is None else bool(re.fullmatch(pattern, zone.number))


def _kyrgyz_rules(zone: Zone) -> dict[str, bool]:
    pin = _pin_of(zone)
    return {
        "pin": pin is not None,
        "pin_birth": pin is not None and f"{pin.birth:%y%m%d}" == zone.birth,
        "pin_sex": pin is not None and pin.sex == zone.sex,
        "optional_2": zone.optional_2 == "",
    }
