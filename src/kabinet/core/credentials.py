"""What a person is handed to get in: applicant number, first password, and the token of the slip's QR."""

import base64
import hashlib
import hmac
import re
import secrets
import unicodedata

_NBSP = "\N{NO-BREAK SPACE}"
FIRST_PASSWORD_DIGITS = 10  # 33 bits; NIST SP 800-63B asks for 20 of a one-time look-up secret
APPLICANT_NUMBER_DIGITS = 8
_TOKEN_BYTES = 16
_FILLING = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]+")

# Numbers run from 1000000 to 9999999: no leading zero for a spreadsheet to swallow.
_LOWEST = 1_000_000
APPLICANT_NUMBERS = 9_000_000
# Prime to 9,000,000 and near its golden section, so neighbours land far apart. A look, not a secret:
# the number only names a person, it never opens anything.
_STRIDE = 5_562_307
_SHIFT = 2_718_281

# Quasigroup of order 10, totally anti-symmetric: H. M. Damm, "Total anti-symmetrische Quasigruppen",
# doctoral thesis, Marburg 2004. Finds every single wrong digit and every swap of neighbours.
_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)


def new_first_password() -> str:
    """Ten digits, all 10¹⁰ equally likely, from the system's cryptographic source."""
    return f"{secrets.randbelow(10**FIRST_PASSWORD_DIGITS):0{FIRST_PASSWORD_DIGITS}d}"


def show_first_password(password: str) -> str:
    """Grouped for reading aloud: ``4827 1936 05``, with ordinary blanks so that it can be pasted."""
    return " ".join(password[start : start + 4] for start in range(0, len(password), 4))


def tidy_first_password(text: str) -> str:
    """The digits without the blanks and dashes of the printed form; nothing else is changed."""
    return _FILLING.sub("", unicodedata.normalize("NFKC", text))


def applicant_number(serial: int) -> str:
    """The eight digits of the applicant with this serial (0 … 8,999,999), the last a check digit."""
    if not 0 <= serial < APPLICANT_NUMBERS:
        raise ValueError(f"there are only {APPLICANT_NUMBERS} applicant numbers")
    body = str(_LOWEST + (serial * _STRIDE + _SHIFT) % APPLICANT_NUMBERS)
    return f"{body}{_damm(body)}"


def is_applicant_number(text: str) -> bool:
    """Eight digits without blanks, the first not zero, the check digit right."""
    return re.fullmatch(r"[1-9][0-9]{7}", text) is not None and _damm(text) == 0


def show_applicant_number(number: str) -> str:
    """Grouped for reading: ``4827 1936``."""
    return f"{number[:4]}{_NBSP}{number[4:]}"


def tidy_applicant_number(text: str) -> str:
    """The number as stored, from what a person typed or pasted."""
    return tidy_first_password(text)


def slip_token(key: bytes, person: str, issue: str) -> str:
    """128 bits, URL-safe, for the QR of one issue of one person's slip; made again, never stored.

    Each issue of a slip must carry a new ``issue`` mark, then the tokens of older slips no longer match.
    """
    message = b"".join(_sized(part) for part in ("kabinet slip", person, issue))
    mac = hmac.new(key, message, hashlib.sha256).digest()[:_TOKEN_BYTES]
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def _sized(part: str) -> bytes:
    """With its length in front, so that ("ab", "c") and ("a", "bc") never meet."""
    encoded = part.encode()
    return len(encoded).to_bytes(4, "big") + encoded


def _damm(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state
