"""What was read beside what was typed: every difference is pointed out, none is decided.

The names are compared by alternatives (see `translit`), numbers and dates exactly, with "near"
for what looks like a slip of the finger.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kabinet.core.documents import tidy_number
from kabinet.core.passport.document import Reading
from kabinet.core.passport.mrz import FILLER
from kabinet.core.passport.translit import distance, normalise_name

Verdict = Literal["match", "near", "differs", "unknown"]
Severity = Literal["none", "low", "high"]

# The checks of a reading that protect a field; names are protected by nothing.
_PROTECTION: Final = {
    "number": ("number", "number_format"),
    "birth": ("birth", "birth_date"),
    "sex": ("composite", "sex"),
    "pin": ("composite", "pin"),
}


@dataclass(frozen=True)
class Typed:
    """What a person typed; names in Cyrillic or Latin letters. "" or None: left empty."""

    number: str = ""
    pin: str = ""
    birth: date | None = None
    sex: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""


@dataclass(frozen=True)
class Finding:
    """One field, compared. `severity` "high": a person should look at it before going on.

    `message` is the key of a sentence in `advice.SENTENCES`; `read` and `typed` are the two values
    as text, for showing side by side.
    """

    field: str
    verdict: Verdict
    severity: Severity
    message: str
    read: str
    typed: str


def compare(reading: Reading, typed: Typed) -> list[Finding]:
    """One finding per field, in the order of the form. Never raises."""
    fields = reading.fields
    return [
        _finding(reading, "surname", fields.surname, typed.surname, _names(reading)),
        _finding(reading, "given", fields.given, typed.given, _given_names(reading, typed)),
        _finding(reading, "sex", fields.sex.replace("X", ""), typed.sex, _exact),
        _finding(reading, "birth", _iso(fields.birth), _iso(typed.birth), _dates),
        _finding(reading, "number", fields.number, typed.number, _numbers),
        _finding(reading, "pin", fields.pin, typed.pin, _numbers),
    ]


def _finding(
    reading: Reading, name: str, read: str, typed: str, judge: Callable[[str, str], Verdict]
) -> Finding:
    verdict: Verdict = judge(read, typed) if read.strip() and typed.strip() else "unknown"
    return Finding(
        field=name,
        verdict=verdict,
        severity=_severity(reading, name, verdict),
        message=_message(name, verdict),
        read=read,
        typed=typed,
    )


def _message(name: str, verdict: Verdict) -> str:
    plain = verdict in ("match", "unknown")
    return f"compare-{verdict}" if plain else f"compare-{name}-{verdict}"


def _severity(reading: Reading, name: str, verdict: Verdict) -> Severity:
    if verdict in ("match", "unknown"):
        return "none"
    if name in _PROTECTION:
        return "high" if is_protected(reading, name) else "low"
    return "high" if verdict == "differs" and reading.status != "partial" else "low"


def is_protected(reading: Reading, field: str) -> bool:
    """Whether check digits and rules vouch for "number", "birth", "sex" or "pin" as it was read."""
    names = _PROTECTION[field]
    return reading.repaired == 0 and all(reading.checks.get(name, False) for name in names)


def _exact(read: str, typed: str) -> Verdict:
    return "match" if read == typed.strip().upper() else "differs"


def _numbers(read: str, typed: str) -> Verdict:
    """near: one character changed, missing or too many, or two neighbours exchanged."""
    left, right = tidy_number(read), tidy_number(typed)
    if left == right:
        return "match"
    return "near" if _one_slip(left, right) else "differs"


def _dates(read: str, typed: str) -> Verdict:
    """near: one digit differs, or day and month are exchanged."""
    if read == typed:
        return "match"
    year, month, day = read.split("-")
    exchanged = f"{year}-{day}-{month}" == typed
    return "near" if exchanged or _one_slip(read, typed) else "differs"


def _one_slip(left: str, right: str) -> bool:
    if len(left) == len(right):
        places = [i for i, pair in enumerate(zip(left, right, strict=True)) if pair[0] != pair[1]]
        if len(places) == 2 and places[1] == places[0] + 1:
            return left[places[0]] == right[places[1]] and left[places[1]] == right[places[0]]
        return len(places) == 1
    short, long = sorted((left, right), key=len)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _names(reading: Reading) -> Callable[[str, str], Verdict]:
    cut = _cut_short(reading)
    return lambda read, typed: _name_verdict(distance(typed, read, cut=cut), typed)


def _given_names(reading: Reading, typed: Typed) -> Callable[[str, str], Verdict]:
    """A zone holds the given name alone or with the patronymic: the better of the two counts."""
    cut = _cut_short(reading)

    def judge(read: str, given: str) -> Verdict:
        words = len(given.split())
        pairs = [(given, read), (given, " ".join(read.split()[:words]))]
        if typed.patronymic.strip():
            pairs.append((f"{given} {typed.patronymic}", read))
        costs = [(distance(left, right, cut=cut), left) for left, right in pairs]
        return _name_verdict(*min(costs))

    return judge


def _name_verdict(cost: float, typed: str) -> Verdict:
    if cost < 1:
        return "match"
    return "near" if cost <= max(1.0, 0.2 * len(normalise_name(typed))) else "differs"


def _cut_short(reading: Reading) -> bool:
    """Whether the name line is full to its last character, so that a name may go on unseen."""
    if not reading.lines:
        return False
    line = reading.lines[-1] if reading.format == "TD1" else reading.lines[0]
    return not line.endswith(FILLER)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
