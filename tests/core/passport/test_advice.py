"""What people are told: complete in three languages, the most useful thing first."""

from dataclasses import replace

import pytest

from kabinet.core.passport.advice import SENTENCES, advise, advise_pair
from kabinet.core.passport.document import Digests, Quality, Reading

BACK = Reading(
    status="verified",
    format="TD1",
    quality=Quality(side="mrz"),
    digests=Digests("f1", "p1", "0" * 64),
    engine="tests",
)
FRONT = Reading(
    quality=Quality(side="front"), digests=Digests("f2", "p2", "f" * 64), engine="tests"
)


def flawed(**flaws: bool) -> Reading:
    return replace(BACK, status="none", format=None, quality=Quality(**flaws))


@pytest.mark.parametrize("key", SENTENCES)
def test_every_sentence_is_there_in_three_languages(key):
    sentences = SENTENCES[key]
    assert set(sentences) == {"ru", "ky", "en"}
    assert len(set(sentences.values())) == 3
    assert all(
        (text.endswith(".") and text[0].isupper()) or text[0] == "«" for text in sentences.values()
    )


@pytest.mark.parametrize(
    ("flaw", "key"),
    [
        ("dark", "document-dark"),
        ("blur", "document-blur"),
        ("glare", "document-glare"),
        ("greyscale", "document-greyscale"),
        ("too_small", "document-too-small"),
        ("cropped", "document-cropped"),
    ],
)
def test_each_flaw_has_its_sentence(flaw, key):
    assert advise(flawed(**{flaw: True})) == (key,)


def test_flaws_come_before_what_follows_from_them():
    reading = flawed(dark=True, too_small=True, blur=True)
    assert advise(reading, slot="back") == ("document-too-small", "document-dark", "document-blur")


def test_good_sides_in_their_slots_need_no_advice():
    assert advise(BACK, slot="back") == ()
    assert advise(FRONT, slot="front") == ()
    assert advise_pair(FRONT, BACK) == ()


def test_exchanged_sides_are_named():
    assert advise(BACK, slot="front") == ("document-wrong-side-front",)
    assert advise(FRONT, slot="back") == ("document-wrong-side-back",)


def test_a_booklets_page_is_the_right_side_in_either_slot():
    page = replace(BACK, format="TD3")
    assert (advise(page, slot="front"), advise(page, slot="page")) == ((), ())


def test_the_same_side_twice_is_told_by_file_and_by_zone():
    other = replace(BACK, digests=Digests("f3", "p3", "a" * 64))
    assert advise_pair(BACK, BACK) == ("document-same-side-twice",)
    assert advise_pair(BACK, other) == ("document-same-side-twice",)
    assert advise_pair(FRONT, FRONT) == ("document-same-side-twice",)


def test_an_unread_or_doubtful_zone_is_said():
    assert advise(flawed(), slot="back") == ("document-unread",)
    assert advise(replace(BACK, status="probable"), slot="back") == ("document-doubtful",)


def test_without_engines_nothing_is_said_of_a_picture():
    assert advise(replace(Reading(), digests=Digests("f", "p", "0"))) == ()


def test_what_is_no_picture_is_said():
    assert advise(Reading()) == ("document-not-a-picture",)
