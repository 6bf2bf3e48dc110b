"""Money: whole tyiyn in, whole tyiyn out; 100 tyiyn are one som, and nothing is ever rounded."""

import re
import unicodedata

from kabinet.core.refusal import Refusal

_NBSP = "\N{NO-BREAK SPACE}"
MOST_TYIYN = 10_000_000 * 100
_UNIT = re.compile(r"(сом|som|kgs|с)\.?$")
_AMOUNT = re.compile(r"([-−]?)(\d+)(?:[.,](\d*))?", re.ASCII)


class MoneyError(Refusal):
    """The text is not an amount that can be taken; the subclass says why."""

    message_key = "money.wrong"


class NotANumber(MoneyError):
    message_key = "money.not_a_number"


class Negative(MoneyError):
    message_key = "money.negative"


class TooPrecise(MoneyError):
    """More than two digits after the comma; also «1,000», which might be meant as a thousand."""

    message_key = "money.too_precise"


class TooLarge(MoneyError):
    """``most``: the largest amount taken, in som."""

    message_key = "money.too_large"


def parse_som(text: str) -> int:
    """Tyiyn from what a person types: «1 000», «1000,5», «1 000.50 сом»."""
    match = _AMOUNT.fullmatch(_bare(text))
    if match is None:
        raise NotANumber
    minus, whole, fraction = match[1], match[2], match[3] or ""
    if minus:
        raise Negative
    if len(fraction) > 2:
        raise TooPrecise
    # Compared by length first: turning a megabyte of digits into a number takes its time.
    digits = whole.lstrip("0") + fraction.ljust(2, "0")
    if len(digits) > len(str(MOST_TYIYN)) or int(digits) > MOST_TYIYN:
        raise TooLarge(most=MOST_TYIYN // 100)
    return int(digits)


def show_amount(tyiyn: int) -> str:
    """«1 000» or «1 000,50», without the unit, groups joined by no-break spaces."""
    som, rest = divmod(abs(tyiyn), 100)
    sign = "\N{MINUS SIGN}" if tyiyn < 0 else ""
    fraction = f",{rest:02d}" if rest else ""
    return f"{sign}{som:,}".replace(",", _NBSP) + fraction


def show_som(tyiyn: int, *, unit: str = "сом") -> str:
    """«1 000 сом»; the unit is the caller's word, already translated."""
    return f"{show_amount(tyiyn)}{_NBSP}{unit}"


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return _UNIT.sub("", "".join(folded.split()))
