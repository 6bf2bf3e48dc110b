"""Type, year and place of a file, as far as its name tells them: proposed, never decided."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from kabinet.portfolio.models import AcademicYear, DocumentType, Requirement

_PAIR = re.compile(r"(?<!\d)(20\d\d) ?[-–/ ] ?(?:20)?(\d\d)(?!\d)")
_ONE = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_STEM = 4  # letters of a term that its cases share: «осень», «осенний», «осенью»


def guess_type(name: str, types: Sequence[DocumentType]) -> DocumentType | None:
    """The type whose word stands in the name; of several the longest word, of two equals none."""
    words = plain(name).split()
    found = [(length, kind) for kind in types if (length := _longest(kind, words))]
    best = max((length for length, _kind in found), default=0)
    winners = [kind for length, kind in found if length == best]
    return winners[0] if len(winners) == 1 else None


def guess_year(
    name: str, years: Sequence[AcademicYear], today: date | None = None
) -> AcademicYear | None:
    """«2026-27» is that year; a lone «2027» the year that holds today, or the only one it may be."""
    text = plain(name)
    pair = _PAIR.search(text)
    if pair and int(pair[2]) == (int(pair[1]) + 1) % 100:
        return next((y for y in years if y.starts.year == int(pair[1])), None)
    lone = _ONE.search(text)
    if not lone:
        return None
    touched = [y for y in years if int(lone[1]) in (y.starts.year, y.ends.year)]
    day = today or timezone.localdate()
    return next((y for y in touched if y.holds(day)), touched[0] if len(touched) == 1 else None)


def guess_requirement(name: str, wanted: Iterable[Requirement]) -> Requirement | None:
    """The one whose term («осень») stands in the name."""
    words = plain(name).split()
    found = [each for each in wanted if each.term_ru and _stands(plain(each.term_ru), words)]
    return found[0] if len(found) == 1 else None


def plain(name: str) -> str:
    """Lower case, «ё» as «е», without the ending, everything between words and figures a blank."""
    stem = name.rsplit(".", 1)[0] if "." in name else name
    return " ".join(re.sub(r"[^\w]|_", " ", stem.lower().replace("ё", "е")).split())


def _longest(kind: DocumentType, words: Sequence[str]) -> int:
    known = [plain(word) for word in kind.words.split(",") if word.strip()]
    return max((len(word) for word in known if any(w.startswith(word) for w in words)), default=0)


def _stands(term: str, words: Sequence[str]) -> bool:
    stem = term[:_STEM]
    return any(word.startswith(stem) for word in words)
