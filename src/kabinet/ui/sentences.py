"""From a message key of ``core`` to a sentence in the language of the page."""

from collections.abc import Callable, Mapping
from typing import Any

Sentence = Callable[..., str]
_sentences: dict[str, Sentence] = {}


def register(sentences: Mapping[str, Sentence]) -> None:
    """Each value is called with the key's parameters and returns the finished sentence."""
    _sentences.update(sentences)


def say(key: str, params: Mapping[str, Any] | None = None) -> str:
    return _sentences[key](**(params or {}))


def known() -> frozenset[str]:
    return frozenset(_sentences)
