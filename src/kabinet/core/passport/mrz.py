"""The machine readable zone: its three sizes, its fields and its check digits.

Written after ICAO Doc 9303 (8th edition): part 3 section 4 (characters, dates, check digits),
part 4 (TD3, passport books), part 5 (TD1, cards) and part 6 (TD2). Nothing here looks at pixels
and nothing here corrects: what was read is split and weighed as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Format = Literal["TD1", "TD2", "TD3"]

FILLER: Final = "<"
ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
SHAPES: Final[dict[Format, tuple[int, int]]] = {"TD1": (3, 30), "TD2": (2, 36), "TD3": (2, 44)}

# Lines that check digits protect; the others hold the names, which nothing protects.
DATA_LINES: Final[dict[Format, tuple[int, ...]]] = {"TD1": (0, 1), "TD2": (1,), "TD3": (1,)}

_VALUES: Final = {sign: value for value, sign in enumerate(ALPHABET[:-1])} | {FILLER: 0}
_WEIGHTS: Final = (7, 3, 1)
_ZONE_LINE: Final = re.compile(r"[0-9A-Z<]+")


@dataclass(frozen=True)
class Zone:
    """One machine readable zone, split into its fields; fillers at the ends are gone.

    `birth` and `expiry` are six characters YYMMDD as printed. `digits` says of every check digit
    whether it holds.
    """

    format: Format
    lines: tuple[str, ...]
    code: str
    country: str
    nationality: str
    number: str
    birth: str
    sex: str
    expiry: str
    optional: str
    optional_2: str
    surname: str
    given: str
    digits: dict[str, bool]


def check_digit(text: str) -> str:
    """The check digit of `text` (weights 7, 3, 1; modulo 10). Doc 9303 part 3, 4.9.

    Raises ValueError for a character that a zone cannot hold.
    """
    try:
        total = sum(_VALUES[sign] * _WEIGHTS[place % 3] for place, sign in enumerate(text))
    except KeyError as error:
        raise ValueError(f"not a character of a machine readable zone: {error.args[0]!r}") from None
    return str(total % 10)


def format_of(lines: Sequence[str]) -> Format | None:
    """The format whose number of lines and length these lines have, or None."""
    for name, (count, width) in SHAPES.items():
        if len(lines) == count and all(len(line) == width for line in lines):
            return name
    return None


def parse(lines: Sequence[str]) -> Zone | None:
    """Split the lines of a zone; None when they have no known shape or foreign characters."""
    name = format_of(lines)
    if name is None or not all(_ZONE_LINE.fullmatch(line) for line in lines):
        return None
    return _card(lines) if name == "TD1" else _booklet(name, lines)


def _card(lines: Sequence[str]) -> Zone:
    first, second, third = lines
    number, number_holds, optional = _number(first[5:14], first[14], first[15:30])
    surname, given = split_names(third)
    composite = first[5:30] + second[0:7] + second[8:15] + second[18:29]
    return Zone(
        format="TD1",
        lines=tuple(lines),
        code=_trim(first[0:2]),
        country=_trim(first[2:5]),
        nationality=_trim(second[15:18]),
        number=number,
        birth=second[0:6],
        sex=second[7],
        expiry=second[8:14],
        optional=optional,
        optional_2=_trim(second[18:29]),
        surname=surname,
        given=given,
        digits={
            "number": number_holds,
            "birth": check_digit(second[0:6]) == second[6],
            "expiry": check_digit(second[8:14]) == second[14],
            "composite": check_digit(composite) == second[29],
        },
    )


def _booklet(name: Format, lines: Sequence[str]) -> Zone:
    first, second = lines
    end = 35 if name == "TD2" else 42
    # Only TD2 has room rules for a long number; a passport's number always fits (part 4, 4.2.2).
    if name == "TD2":
        number, number_holds, optional = _number(second[0:9], second[9], second[28:end])
    else:
        number, optional = _trim(second[0:9]), _trim(second[28:end])
        number_holds = check_digit(second[0:9]) == second[9]
    digits = {
        "number": number_holds,
        "birth": check_digit(second[13:19]) == second[19],
        "expiry": check_digit(second[21:27]) == second[27],
    }
    if name == "TD3":
        digits["personal"] = _personal_holds(second[28:42], second[42])
    digits["composite"] = check_digit(second[0:10] + second[13:20] + second[21:-1]) == second[-1]
    surname, given = split_names(first[5:])
    return Zone(
        format=name,
        lines=tuple(lines),
        code=_trim(first[0:2]),
        country=_trim(first[2:5]),
        nationality=_trim(second[10:13]),
        number=number,
        birth=second[13:19],
        sex=second[20],
        expiry=second[21:27],
        optional=optional,
        optional_2="",
        surname=surname,
        given=given,
        digits=digits,
    )


def _number(principal: str, digit: str, optional: str) -> tuple[str, bool, str]:
    """The document number, whether its check digit holds, and the optional data that remain.

    A number of more than nine characters goes on in the optional data and ends there with its
    check digit and a filler; its usual place of the check digit holds a filler (part 5, note j).
    """
    if digit != FILLER:
        return _trim(principal), check_digit(principal) == digit, _trim(optional)
    rest, _, remaining = optional.partition(FILLER)
    if not rest or FILLER in principal:
        return _trim(principal), False, _trim(optional)
    number = principal + rest[:-1]
    return number, check_digit(number) == rest[-1], _trim(remaining)


def _personal_holds(field: str, digit: str) -> bool:
    """An empty personal number may carry a filler for a check digit (part 4, 4.2.2.2)."""
    if field.strip(FILLER) == "" and digit == FILLER:
        return True
    return check_digit(field) == digit


def split_names(field: str) -> tuple[str, str]:
    """Surname and given names of a name field, with blanks for single fillers."""
    surname, _, given = field.strip(FILLER).partition(FILLER * 2)
    return _words(surname), _words(given)


def _words(text: str) -> str:
    return " ".join(part for part in text.split(FILLER) if part)


def _trim(text: str) -> str:
    return text.rstrip(FILLER)
