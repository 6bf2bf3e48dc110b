"""Phone numbers: one number, however it is typed, is one login.

``0555 204 118``, ``555204118``, ``996 555 204118`` and ``+996 (555) 20-41-18`` are the same person.
Numbers of other countries are taken with ``+``. Lengths and prefixes come from the numbering plans that
libphonenumber publishes.
"""

import re
import unicodedata
from typing import Any, NoReturn

import phonenumbers

from kabinet.core.refusal import Refusal

_WORLD = "001"  # numbers of no country, such as +800
_NBSP = "\N{NO-BREAK SPACE}"
_FILLING = re.compile(
    r"[\s().,/\-\u2010-\u2015\u2212\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+"
)
_TYPED = re.compile(r"(\+|00)?(\d+)", re.ASCII)


class PhoneError(Refusal):
    """The text is not a phone number; the subclass says why."""

    message_key = "phone.wrong"


class Empty(PhoneError):
    message_key = "phone.empty"


class NotANumber(PhoneError):
    """Letters or other signs stand in it."""

    message_key = "phone.not_a_number"


class TooShort(PhoneError):
    """``missing``: how many digits are lacking."""

    message_key = "phone.too_short"


class TooLong(PhoneError):
    """``extra``: how many digits are too many."""

    message_key = "phone.too_long"


class UnknownPrefix(PhoneError):
    """The length is right, but no such country or operator code exists."""

    message_key = "phone.unknown_prefix"


def parse(text: str, *, region: str = "KG") -> str:
    """The number in E.164, for example ``+996555204118``; ``region`` is the country meant without ``+``."""
    international, digits = _typed(text)
    home = str(phonenumbers.country_code_for_region(region))
    if international and not digits.startswith(home):
        home, region, national = _foreign(digits)
    else:
        national = _inland(digits, home, region, announced=international)
    return _in_plan(home, national) or _refuse(national, region)


def show(e164: str) -> str:
    """For reading, in groups joined by no-break spaces: ``+996 555 204 118``."""
    number = phonenumbers.parse(e164)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return written.replace(" ", _NBSP)


def national_part(e164: str, *, region: str = "KG") -> str:
    """What stands in a field after the country code, ``555 204 118``; a foreign number stays whole."""
    written = show(e164).replace(_NBSP, " ")
    return written.removeprefix(f"+{phonenumbers.country_code_for_region(region)} ")


def _typed(text: str) -> tuple[bool, str]:
    """Whether a country code was announced, and the digits."""
    bare = _FILLING.sub("", unicodedata.normalize("NFKC", text))
    if not bare:
        raise Empty
    match = _TYPED.fullmatch(bare)
    if match is None:
        raise NotANumber
    # No country code begins with zero: in +0555 204118 the plus is only an ornament.
    return match[1] is not None and not match[2].startswith("0"), match[2]


def _inland(digits: str, country: str, region: str, *, announced: bool) -> str:
    """The digits after country code and inland prefix, whichever of them were typed."""
    if announced or (digits.startswith(country) and len(digits) > max(_lengths(region))):
        digits = digits.removeprefix(country)
    # +996 0555 204118 is a frequent slip: the inland zero left standing after the country code.
    return digits.removeprefix(_plan(region).national_prefix or "")


def _foreign(digits: str) -> tuple[str, str, str]:
    """Country code, its main region, and the digits after it."""
    for size in (1, 2, 3):
        regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:size]), ())
        if regions and regions[0] != _WORLD:
            return digits[:size], regions[0], digits[size:]
    raise UnknownPrefix


def _in_plan(country: str, national: str) -> str | None:
    try:
        number = phonenumbers.parse(f"+{country}{national}")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _refuse(national: str, region: str) -> NoReturn:
    lengths = _lengths(region)
    if len(national) in lengths:
        raise UnknownPrefix
    longer = [length for length in lengths if length > len(national)]
    if longer:
        raise TooShort(missing=min(longer) - len(national))
    raise TooLong(extra=len(national) - max(lengths))


def _lengths(region: str) -> set[int]:
    """The lengths, in digits, of the numbers that persons have in that country."""
    plan = _plan(region)
    every = plan.general_desc.possible_length
    kinds = (plan.mobile, plan.fixed_line)
    # An empty tuple means "as in general"; -1, "no such numbers", is longer than no number.
    return {length for kind in kinds for length in kind.possible_length or every}


def _plan(region: str) -> Any:
    return phonenumbers.PhoneMetadata.metadata_for_region(region)
