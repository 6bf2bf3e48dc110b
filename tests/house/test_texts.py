"""Every text is complete in Russian, Kyrgyz and English, and nothing of it changed its parameters."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SOURCE = Path(__file__).parents[2] / "src/kabinet"
CATALOGUES = sorted(SOURCE.glob("*/locale/*/LC_MESSAGES/django.po"))
PARAMETER = re.compile(r"%\(\w+\)[sd]|%[sd]")


def messages(path: Path):
    with path.open("rb") as file:
        yield from (message for message in read_po(file) if message.id)


def forms(message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: f"{p.parts[-5]}-{p.parts[-3]}")
def test_no_text_is_missing_or_uncertain(path):
    language = path.parts[-3]
    missing = [
        message.id
        for message in messages(path)
        # Russian is the language of the code itself: only plurals need their three forms.
        if (language != "ru" or isinstance(message.id, tuple))
        and (message.fuzzy or not all(forms(message)))
    ]
    assert missing == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: f"{p.parts[-5]}-{p.parts[-3]}")
def test_translations_keep_the_parameters(path):
    changed = []
    for message in messages(path):
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {parameter for text in source for parameter in PARAMETER.findall(text)}
        for text in filter(None, forms(message)):
            if not set(PARAMETER.findall(text)) <= wanted:
                changed.append(message.id)
    assert changed == []


@pytest.mark.parametrize("language", ["en", "ky"])
def test_a_text_has_one_translation(language):
    """Catalogues are merged, so a second one is shown nowhere: two meanings need ``pgettext``."""
    translations = defaultdict(set)
    for path in CATALOGUES:
        if path.parts[-3] == language:
            for message in messages(path):
                translations[message.context, message.id].add(forms(message))
    assert [text for text, found in translations.items() if len(found) > 1] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: f"{p.parts[-5]}-{p.parts[-3]}")
def test_a_catalogue_is_compiled(path):
    """An uncertain heading makes the compiler leave the whole catalogue out without a word."""
    with path.open("rb") as file:
        assert not read_po(file).fuzzy


def test_every_room_with_texts_has_all_three_catalogues():
    rooms = {path.parts[-5] for path in CATALOGUES}
    expected = sorted((room, language) for room in rooms for language in ("en", "ky", "ru"))
    assert sorted((path.parts[-5], path.parts[-3]) for path in CATALOGUES) == expected
