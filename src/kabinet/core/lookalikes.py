"""Look-alike letters: Cyrillic capitals typed where the printed number has Latin ones.

«АN1234567» with a Cyrillic А looks right and compares wrong; numbers of documents and of bank receipts
are therefore brought to Latin capitals before anything compares them.
"""

import unicodedata

_CYRILLIC = "АВЕКМНОРСТУХЅІЈҮԚԜҺ"
_LATIN = "ABEKMHOPCTYXSIJYQWH"
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_NUMBER_SIGNS = str.maketrans("", "", "№#")
_DASHES_AND_SPACES = frozenset({"Pd", "Zs", "Zl", "Zp", "Cc", "Cf"})
_MINUS = "\N{MINUS SIGN}"


def latin_capitals(text: str) -> str:
    """Capitals in compatibility form, without blanks, dashes, № and invisible characters."""
    # № goes first: its compatibility form is the two letters "No".
    folded = unicodedata.normalize("NFKC", text.translate(_NUMBER_SIGNS)).upper()
    kept = (letter for letter in folded if not _is_filling(letter))
    return unicodedata.normalize("NFC", "".join(kept)).translate(_TO_LATIN)


def _is_filling(letter: str) -> bool:
    return letter == _MINUS or unicodedata.category(letter) in _DASHES_AND_SPACES
