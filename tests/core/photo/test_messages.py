import string

import pytest

from kabinet.core.photo.messages import LANGUAGES, MESSAGES, RULE_NAMES, message
from kabinet.core.photo.policy import POLICIES
from kabinet.core.photo.report import DECLARED, RULES


def placeholders(text):
    return {name for _, name, _, _ in string.Formatter().parse(text.title + text.advice) if name}


def test_messages_exist_for_every_band_and_every_rule():
    bands = {name for policy in POLICIES.values() for name in policy.bands}
    good = {f"{rule}.ok" for rule in set(RULES) - DECLARED}
    told = {f"{rule}.declared" for rule in DECLARED} | {"age.taken", "retouching.software"}
    assert (bands | good | told) - set(MESSAGES) == set()


@pytest.mark.parametrize("key", MESSAGES)
def test_message_is_complete_in_three_languages(key):
    texts = MESSAGES[key]
    assert set(texts) == set(LANGUAGES)
    assert all(text.title for text in texts.values())
    assert len({bool(text.advice) for text in texts.values()}) == 1
    assert placeholders(texts["ky"]) <= placeholders(texts["ru"])


@pytest.mark.parametrize("key", MESSAGES)
def test_message_is_short_and_calm(key):
    for text in MESSAGES[key].values():
        assert len(text.title) <= 60
        assert len(text.advice) <= 90
        assert "!" not in text.title + text.advice


def test_message_with_its_parameters():
    text = message("size.eye_distance", {"pixels": 41, "need": 75}, "en")
    assert text.title == "The face is small: 41 pixels between the eyes"


def test_rule_names_are_complete():
    assert set(RULE_NAMES) == set(RULES)
    assert all(set(names) == set(LANGUAGES) for names in RULE_NAMES.values())
