"""Bank receipt numbers: two people typing the same receipt must be seen to type the same.

The normal form is a key for comparing (rulings.md, 28); keep beside it what was typed, for showing.
"""

from kabinet.core.lookalikes import latin_capitals
from kabinet.core.refusal import Refusal

SHORTEST = 4
LONGEST = 40


class ReceiptError(Refusal):
    """The text cannot be the number of a receipt; the subclass says why."""

    message_key = "receipt.wrong"


class Empty(ReceiptError):
    message_key = "receipt.empty"


class TooShort(ReceiptError):
    """``least``: how many signs a number has at least."""

    message_key = "receipt.too_short"


class TooLong(ReceiptError):
    """``most``: how many signs a number has at most."""

    message_key = "receipt.too_long"


class NoDigits(ReceiptError):
    """Words only: «оплачено», the bank's name, a payer's name."""

    message_key = "receipt.no_digits"


def normalise_number(text: str) -> str:
    """Latin capitals and digits, without blanks, dashes and №; the letter O is written as zero.

    Banks print both and people read either for the other, so O and 0 must compare equal everywhere.
    """
    number = latin_capitals(text)
    if not number:
        raise Empty
    if not any(sign.isdecimal() for sign in number):
        raise NoDigits
    if len(number) < SHORTEST:
        raise TooShort(least=SHORTEST)
    if len(number) > LONGEST:
        raise TooLong(most=LONGEST)
    return number.replace("O", "0")
