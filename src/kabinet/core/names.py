"""Names of people: how they are written, found and put in order.

A name is kept as its owner writes it. Beside it lie two keys for the database: one for finding, which
forgives Ё/Е and the Kyrgyz letters typed on a Russian keyboard, and one for alphabetical order, which
needs no collation of the database.
"""

import re
import unicodedata
from functools import lru_cache

_NBSP = "\N{NO-BREAK SPACE}"
_APOSTROPHES = "'’‘ʼʻ"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_STRAY = str.maketrans({"`": "'", "´": "'"} | dict.fromkeys("‐‑‒–—−", "-"))
_HYPHEN = re.compile(r"\s*-\s*")
_WORD_PART = re.compile(r"[^\s-]+")

# «Асан уулу», «Нурлан кызы» and their neighbours' forms: part of the name, never capitalised.
_LOWER_WORDS = frozenset(
    ["уулу", "кызы", "оглы", "оглу", "гызы", "угли", "uulu", "kyzy", "oglu", "ogly", "kizi", "qizi"]
)
# Д'Артаньян, О'Коннор; but Мар'яна, and in Latin O'tkir: there the apostrophe belongs to the letter.
_ELISIONS = frozenset("доdl")


def tidy(name: str) -> str:
    """As typed, without stray blanks; words wholly in capitals or wholly in small letters become Title."""
    spaced = unicodedata.normalize("NFC", name).translate(_STRAY)
    words = " ".join(_without_invisible(spaced).split())
    return _WORD_PART.sub(lambda part: _cased(part[0]), _HYPHEN.sub("-", words))


def is_name(text: str) -> bool:
    """Letters of any script, and between them blanks, hyphens, apostrophes and full stops."""
    composed = unicodedata.normalize("NFC", text)
    return _is_letter(composed[:1]) and all(
        _is_letter(sign) or sign in " -." or sign in _APOSTROPHES for sign in composed
    )


def initials(surname: str, given: str, patronymic: str = "") -> str:
    """«Абдыраева А. Н.», with no-break spaces; a name without a patronymic has one initial."""
    first_letters = [_initial(part) for part in (given, patronymic) if part]
    return _NBSP.join([surname, *first_letters])


def search_key(*parts: str) -> str:
    """Folded text for finding: small letters, digits and single blanks only (rulings.md, 21)."""
    folded = "".join(_found_as(letter) for letter in _simple(" ".join(parts)))
    return " ".join(folded.split())


def may_be(written: str, surname: str, given: str, patronymic: str = "") -> bool:
    """Whether «Орлова Н. В.», «проф. Н. Орлова» or the full name may mean this person.

    The surname must be there. Of what else is written, a word that begins the given name, then
    one that begins the patronymic; where only the surname is written, that is enough.
    """
    family = search_key(surname).split()
    words = search_key(written).split()
    if not family or any(word not in words for word in family):
        return False
    others = [word for word in words if word not in family]
    first = search_key(given)
    at = next((place for place, word in enumerate(others) if first.startswith(word)), None)
    if at is None:
        return not others
    second, after = search_key(patronymic), others[at + 1 : at + 2]
    return not second or not after or second.startswith(after[0])


def sort_key(*parts: str) -> str:
    """Digits whose order is the Kyrgyz and Russian alphabetical order of the parts, surname first.

    Every letter is a number of fixed width, so the order is the same under each collation that any
    database may use. Cyrillic stands before Latin, numbers before letters and by their size («№ 5»
    before «№ 12»); case and apostrophes do not count; an earlier part decides before a later one.
    """
    return _PART_END.join(_ordered(part) for part in parts)


def _without_invisible(text: str) -> str:
    return "".join(
        sign for sign in text if sign.isspace() or unicodedata.category(sign) not in {"Cc", "Cf"}
    )


def _cased(word: str) -> str:
    if word.lower() in _LOWER_WORDS:
        return word.lower()
    if not (word.isupper() or word.islower()):
        return word
    titled = word[:1].upper() + word[1:].lower()
    if word[:1].lower() in _ELISIONS and word[1:2] and word[1:2] in _APOSTROPHES:
        titled = titled[:2] + titled[2:3].upper() + titled[3:]
    return titled


def _is_letter(sign: str) -> bool:
    return sign != "" and unicodedata.category(sign)[0] in "LM"


def _initial(name: str) -> str:
    return "-".join(f"{part[0].upper()}." for part in name.split("-") if part)


def _simple(text: str) -> str:
    """Small letters in compatibility form, without apostrophes (ʻ and ʼ count as letters otherwise)."""
    plain = text.translate(_STRAY).translate(_NO_APOSTROPHES)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", plain).casefold())


_FOLDED = str.maketrans("өүңәғқұһіўҳґєӣӯ", "оунагкухиухгеиу")


@lru_cache(4096)  # letters repeat; a school's list folds some ten thousand of them
def _found_as(letter: str) -> str:
    """The letter without its marks; й is a letter of its own, not an и with a mark."""
    if letter == "й":
        return letter
    bare = unicodedata.normalize("NFKD", letter.translate(_FOLDED))
    kept = "".join(sign for sign in bare if unicodedata.category(sign)[0] != "M")
    return kept if all(sign.isalnum() for sign in kept) else " "


_PART_END, _WORD_END = "00", "01"
_FIRST_DIGIT, _FIRST_CYRILLIC, _FIRST_LATIN, _ANY_OTHER = 10, 20, 70, "99"
_CYRILLIC = "аәбвгґғдеёєжзийіїкқлмнңоөпрстуўұүфхҳһцчшщъыьэюя"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_NUMBER = re.compile("[0-9]+")
_WEIGHTS = {
    letter: f"{first + place}"
    for first, alphabet in (
        (_FIRST_DIGIT, "0123456789"),
        (_FIRST_CYRILLIC, _CYRILLIC),
        (_FIRST_LATIN, _LATIN),
    )
    for place, letter in enumerate(alphabet)
}


def _ordered(part: str) -> str:
    words = re.split(r"[\s-]+", _simple(part).strip(" -"))
    return _WORD_END.join(
        "".join(_weight(letter) for letter in _NUMBER.sub(_longer_later, word)) for word in words
    )


def _longer_later(number: re.Match[str]) -> str:
    """How many digits it has stands before a number; more than nine count as nine."""
    digits = number[0].lstrip("0") or "0"
    return f"{min(len(digits), 9)}{digits}"


def _weight(letter: str) -> str:
    if letter in _WEIGHTS:
        return _WEIGHTS[letter]
    bare = unicodedata.normalize("NFKD", letter)[:1]
    if bare in _WEIGHTS:
        return _WEIGHTS[bare]
    return f"{_ANY_OTHER}{ord(letter):07d}" if letter.isalnum() else ""
