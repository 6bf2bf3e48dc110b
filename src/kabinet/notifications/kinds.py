"""The kinds of notices and their texts; each room registers its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import override

Params = Mapping[str, str | int]


@dataclass(frozen=True)
class Kind:
    """``subject`` is also the line on the screen; both may hold ``%(name)s`` of the parameters."""

    subject: Promise | str
    text: Promise | str


_kinds: dict[str, Kind] = {}


def register(kinds: Mapping[str, Kind]) -> None:
    _kinds.update(kinds)


def known() -> frozenset[str]:
    return frozenset(_kinds)


def subject(kind: str, params: Params) -> str:
    return str(_kinds[kind].subject) % params


def text(kind: str, params: Params) -> str:
    return str(_kinds[kind].text) % params


def in_language(kind: str, params: Params, language: str) -> tuple[str, str]:
    """Subject and text for a letter."""
    with override(language or "ru"):
        return subject(kind, params), text(kind, params)
