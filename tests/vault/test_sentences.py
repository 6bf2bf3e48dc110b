"""Every refusal has its sentence, in every language."""

import pytest
from django.utils import translation

from kabinet.ui import sentences
from kabinet.vault import refusals

EXAMPLES = [
    refusals.Empty(),
    refusals.TooBig(size=14 * refusals.MEGABYTE, limit=10 * refusals.MEGABYTE),
    refusals.WrongType(found="GIF"),
    refusals.UnknownType(),
    refusals.TooManyPixels(megapixels=48, limit=16),
    refusals.TooSmall(width=120, height=160, limit=200),
    refusals.Damaged(),
    refusals.Animated(),
    refusals.TooManyScans(limit=100),
    refusals.TookTooLong(),
    refusals.Encrypted(),
    refusals.TooManyPages(pages=201, limit=200),
    refusals.Busy(),
]


def test_the_examples_are_all_there_is() -> None:
    assert {type(refusal).__name__ for refusal in EXAMPLES} == set(refusals.FAMILY)


@pytest.mark.parametrize("language", ["ru", "ky", "en"])
def test_every_refusal_can_be_said(language: str) -> None:
    with translation.override(language):
        said = [sentences.say(refusal.message_key, refusal.params) for refusal in EXAMPLES]
    assert len(set(said)) == len(EXAMPLES)
    assert [text for text in said if not text or "%(" in text or text.endswith(".")] == []


def test_sizes_are_said_as_people_write_them() -> None:
    big = refusals.TooBig(size=int(10.4 * refusals.MEGABYTE), limit=10 * refusals.MEGABYTE)
    with translation.override("ru"):
        said = sentences.say(big.message_key, big.params)
    assert said == "Файл 10,4\xa0МБ, можно до 10\xa0МБ. Снимите фото ещё раз камерой телефона"
