"""Every rule of the core speaks to people in three languages."""

import ast
import importlib
import inspect
import pkgutil
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from kabinet import core
from kabinet.core import documents
from kabinet.core.refusal import Refusal
from kabinet.ui import core_sentences, sentences


def refusals() -> list[type[Refusal]]:
    """All typed refusals of the modules that lie directly in ``core``."""
    found: list[type[Refusal]] = []
    for info in pkgutil.iter_modules(core.__path__):
        if info.ispkg:
            continue
        module = importlib.import_module(f"kabinet.core.{info.name}")
        found += [
            one
            for one in vars(module).values()
            if inspect.isclass(one) and issubclass(one, Refusal) and one is not Refusal
        ]
    return found


def warnings_of_documents() -> set[str]:
    """The keys that ``documents`` returns: all its texts of the form ``pin.…``."""
    tree = ast.parse(Path(documents.__file__).read_text())
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and text.startswith("pin.")}


def params(sentence: Any) -> dict[str, int]:
    return dict.fromkeys(inspect.signature(sentence).parameters, 3)


def test_every_key_of_core_has_a_sentence() -> None:
    keys = {one.message_key for one in refusals()} | warnings_of_documents()

    assert keys - sentences.known() == set()
    assert len(keys) >= 20


@pytest.mark.parametrize("language", ["ru", "ky", "en"])
@pytest.mark.parametrize("key", sorted(core_sentences.SENTENCES))
def test_sentence_can_be_said_and_does_not_shout(language: str, key: str) -> None:
    sentence = core_sentences.SENTENCES[key]
    with translation.override(language):
        said = sentences.say(key, params(sentence))

    assert said == said.strip()
    assert not set("!{}%") & set(said)


@pytest.mark.parametrize(
    ("language", "missing", "said"),
    [
        ("ru", 1, "В номере не хватает одной цифры"),
        ("ru", 2, "В номере не хватает двух цифр"),
        ("ru", 5, "В номере не хватает 5 цифр"),
        ("ky", 1, "Номерде бир цифра жетишпейт"),
        ("en", 1, "The phone number is one digit short"),
    ],
)
def test_missing_digits_are_counted(language: str, missing: int, said: str) -> None:
    with translation.override(language):
        assert sentences.say("phone.too_short", {"missing": missing}) == said
