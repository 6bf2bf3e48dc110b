"""How far a Latin name is from a Cyrillic one, when each letter has several accepted spellings.

There is no one table to transliterate by: the ICAO table (Doc 9303 part 3, section 6 B) does not
know Ө, Ү and Ң, Kyrgyz documents write ZH where people write J, and a citizen may ask for another
spelling. So names are not converted but compared: a letter spelt as in the ICAO table costs 0, an
accepted alternative 0.25, a letter too many, missing or different 1.
"""

from __future__ import annotations

import unicodedata
from typing import Final

ALTERNATIVE: Final = 0.25
EDIT: Final = 1.0

# The first spelling is ICAO's (or, for the Kyrgyz letters, the usual one). "-" is no letter.
_SPELLINGS: Final = """
А A | Б B | В V W | Г G H GH | Д D | Е E YE IE JE | Ё E YO IO JO O | Ж ZH J DZH DJ G ZJ | З Z S
И I Y EE | Й I Y J - | К K C Q CK | Л L LL | М M | Н N NN | О O | П P | Р R | С S SS C | Т T
У U OU OO W | Ф F PH | Х KH H X | Ц TS C TZ TC Z | Ч CH TCH C TSCH | Ш SH SCH CH S
Щ SHCH SCH SH SHH | Ъ IE - | Ы Y I UI | Ь - I Y | Э E A | Ю IU YU JU U YOU IOU | Я IA YA JA A EA
Ө O OE U | Ү U UE Y | Ң N NG | І I | Ї I YI | Є E IE YE | Ґ G | Ә A | Қ K Q | Ғ G GH | Ұ U | Һ H
"""
# Groups that are spelt together; the plain spelling letter by letter stays possible beside them.
_GROUPS: Final = """
КС X | ДЖ J DJ G | ИЯ IYA IA YA IJA | ИЙ Y I IY IJ II | ЫЙ Y I YI II | ЬЕ YE IE | ЬЯ YA IA | ЬЮ YU IU
ИЕ IE IYE | ИЮ IU IYU | ОО O | УУ U | АА A | ЭЭ E | ӨӨ O OE | ҮҮ U UE | ЕЕ EE E | ЖЖ J | ЧЧ CH
"""


def _table(text: str) -> dict[str, tuple[tuple[str, float], ...]]:
    entries = (entry.split() for line in text.strip().splitlines() for entry in line.split("|"))
    return {
        source: tuple(
            ("" if target == "-" else target, ALTERNATIVE if place else 0.0)
            for place, target in enumerate(targets)
        )
        for source, *targets in entries
    }


_LETTERS: Final = _table(_SPELLINGS)
_TOGETHER: Final = {
    source: tuple((target, ALTERNATIVE) for target, _ in targets)
    for source, targets in _table(_GROUPS).items()
}


def normalise_name(text: str) -> str:
    """Upper-case letters only: blanks, hyphens, apostrophes and accents are nobody's name."""
    composed = unicodedata.normalize("NFC", text).upper()
    return "".join(_plain(sign) for sign in composed if sign.isalpha())


def _plain(sign: str) -> str:
    """A Latin letter without its accent; Cyrillic letters (Й, Ё) stay what they are."""
    base = unicodedata.normalize("NFD", sign)[0]
    return base if base.isascii() else sign


def usual_spelling(name: str) -> str:
    """`name` in Latin capitals, each letter in its first spelling: one of several, for made-up people."""
    letters = (_LETTERS.get(sign, ((sign, 0.0),)) for sign in normalise_name(name))
    return "".join(spellings[0][0] for spellings in letters)


def distance(typed: str, latin: str, *, cut: bool = False) -> float:
    """The least cost of spelling `typed` (Cyrillic or Latin) as `latin`.

    With `cut` the Latin name may end early: a zone has room for 30 or 39 characters only.
    """
    source, target = normalise_name(typed), normalise_name(latin)
    columns = len(target) + 1
    costs = [[float("inf")] * columns for _ in range(len(source) + 1)]
    costs[0][0] = 0.0
    for i, row in enumerate(costs):
        for j in range(columns):
            if j:
                row[j] = min(row[j], row[j - 1] + EDIT)
            _spread(costs, source, target, i, j)
    ends = [row[-1] for row in costs]
    return min(ends) if cut and target else ends[-1]


def _spread(costs: list[list[float]], source: str, target: str, i: int, j: int) -> None:
    """Carry the cost of the cell (i, j) on to every cell that one letter or group leads to."""
    here = costs[i][j]
    for length, spelling, price in _moves(source, i):
        end = j + len(spelling)
        if target.startswith(spelling, j) and here + price < costs[i + length][end]:
            costs[i + length][end] = here + price
    if i < len(source):
        costs[i + 1][j] = min(costs[i + 1][j], here + EDIT)
        if j < len(target):
            price = 0.0 if source[i] == target[j] else EDIT
            costs[i + 1][j + 1] = min(costs[i + 1][j + 1], here + price)


def _moves(source: str, i: int) -> list[tuple[int, str, float]]:
    alone = [(1, *spelling) for spelling in _LETTERS.get(source[i : i + 1], ())]
    together = [(2, *spelling) for spelling in _TOGETHER.get(source[i : i + 2], ())]
    return alone + together
