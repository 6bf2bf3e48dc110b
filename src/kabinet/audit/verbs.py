"""What the verbs of the journal are called for people; each room registers its own."""

from collections.abc import Mapping

from django.utils.functional import Promise

_phrases: dict[str, str | Promise] = {}


def register(phrases: Mapping[str, str | Promise]) -> None:
    _phrases.update(phrases)


def phrase(verb: str) -> str:
    return str(_phrases.get(verb, verb))


def known() -> frozenset[str]:
    return frozenset(_phrases)
