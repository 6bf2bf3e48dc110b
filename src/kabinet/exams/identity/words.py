"""The sentences of the library in the language of the page."""

from django.utils.translation import get_language

from kabinet.core.passport.advice import SENTENCES


def say(key: str) -> str:
    return SENTENCES[key][(get_language() or "ru")[:2]]
