"""The name a person's device gave to a file: shown to people, never used to find anything."""

import unicodedata

LONGEST = 120


def shown(name: str) -> str:
    """One printable line without a path, at most 120 characters, its ending kept."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    line = " ".join("".join(map(_visible, unicodedata.normalize("NFC", last))).split())
    return line if len(line) <= LONGEST else _shortened(line)


def _visible(letter: str) -> str:
    """Control, direction and invisible characters could make a name look like another one."""
    category = unicodedata.category(letter)
    if category.startswith("Z"):
        return " "
    return "" if category.startswith("C") else letter


def _shortened(line: str) -> str:
    stem, dot, ending = line.rpartition(".")
    if not dot or len(ending) > 10:
        return line[: LONGEST - 1] + "…"
    return stem[: LONGEST - len(ending) - 2] + "…." + ending
