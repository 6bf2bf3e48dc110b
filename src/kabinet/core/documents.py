"""Numbers of identity documents as people type them.

Nothing here refuses: series change with new blanks, and the state itself knows of "problem" personal
numbers. The rules bring a number to one written form and name what looks wrong.
"""

import re
from datetime import date

from kabinet.core.lookalikes import latin_capitals

_PIN = re.compile(r"[0-9]{14}")
_SEX_DIGITS = {"1": "F", "2": "M"}


def tidy_number(text: str) -> str:
    """Latin capitals and digits without blanks, № and dashes: «АN 1234567» becomes ``AN1234567``."""
    return latin_capitals(text)


def pin_warnings(pin: str, *, birth: date | None = None, sex: str | None = None) -> list[str]:
    """Keys of what looks wrong in a personal number (ПИН); empty when nothing was typed or all fits.

    The number has 14 digits: 1 for a woman or 2 for a man, the birth date as ddmmyyyy, five more digits.
    ``sex`` begins with F or M. The structure is known from public practice, not from the decree
    (government decree 619 of 28.09.2017), therefore warnings only.
    """
    number = tidy_number(pin)
    if not number:
        return []
    if not _PIN.fullmatch(number):
        return ["pin.not_14_digits"]
    return [*_sex_warnings(number, sex), *_birth_warnings(number, birth)]


def _sex_warnings(number: str, sex: str | None) -> list[str]:
    told = _SEX_DIGITS.get(number[0])
    if told is None:
        return ["pin.first_digit"]
    return ["pin.sex_differs"] if sex and sex[0].upper() != told else []


def _birth_warnings(number: str, birth: date | None) -> list[str]:
    try:
        told = date(int(number[5:9]), int(number[3:5]), int(number[1:3]))
    except ValueError:
        return ["pin.no_such_date"]
    return ["pin.birth_differs"] if birth and birth != told else []
