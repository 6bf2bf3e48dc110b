"""What makes an own password too easy to guess.

No rules of composition and no expiry (ASVS 6.2.5, 6.2.10): only length, common words, rows of keys,
and what stands on the owner's slip or over the door of the school.
"""

import string
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kabinet.core import names
from kabinet.people.access import posts_of
from kabinet.people.models import Person, Post

LONGEST = 200  # a bound against abuse; NIST asks for at least 64
_WORD = 4  # letters; shorter parts of names stand in too many words
_DIGITS = 6  # of a phone or number in a row
_BREAKS = 2  # «qwerty123456» has one
_AROUND = string.digits + string.punctuation + " «»№—–"
_COMMON_HERE = frozenset(
    "пароль привет любовь солнце наташа сырсөз салам бишкек кыргызстан школа выпускник абитуриент "
    "саламатсызбы kyrgyzstan bishkek parol privet salam salamatsyzby shkola kabinet ort".split()
)
_ROWS = (
    "12345678901",
    "abcdefghijklmnopqrstuvwxyza",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяа",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
)
_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "j",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "h",
            "c",
            "ch",
            "sh",
            "sh",
            "i",
            "e",
            "iu",
            "ia",
        ],
        strict=True,
    )
) | {"ь": "", "ъ": ""}
# How the same sound is written in Latin by other hands: Zhamal, Jamal; Aiperi, Ayperi.
_SPELLINGS = (("zh", "j"), ("kh", "h"), ("ts", "c"), ("y", "i"))


_FOR_THEMSELVES = frozenset({Post.Role.GRADUATE, Post.Role.PHD_STUDENT})


def least_length(user: Person | None) -> int:
    """12 for every post-holder (ruling 4) and where nobody is known; 10 for graduates and students.

    Who registers just now has no post yet and will be a student.
    """
    if user is None or user.is_staff:
        return 12
    return 10 if all(post.role in _FOR_THEMSELVES for post in posts_of(user)) else 12


class LengthValidator:
    """Long enough for the person's duties, short enough to be hashed."""

    def validate(self, password: str, user: Person | None = None) -> None:
        least, now = least_length(user), len(password)
        if now < least:
            sentence = ngettext(
                "Нужен хотя бы %(least)d знак, а здесь %(now)d",
                "Нужно хотя бы %(least)d знаков, а здесь %(now)d",
                least,
            )
            raise ValidationError(sentence % {"least": least, "now": now}, code="too_short")
        if now > LONGEST:
            sentence = _("Пароль длиннее %(most)d знаков. Сократите его")
            raise ValidationError(sentence % {"most": LONGEST}, code="too_long")

    def get_help_text(self) -> str:
        return ""


class CommonValidator(CommonPasswordValidator):
    """The 20,000 most used passwords, also with figures and signs put around them."""

    def validate(self, password: str, user: Any = None) -> None:
        folded = password.casefold().strip()
        if {folded, folded.strip(_AROUND)} & (self.passwords | _COMMON_HERE):
            sentence = _("Такой пароль есть у многих. Придумайте другой")
            raise ValidationError(sentence, code="common")

    def get_help_text(self) -> str:
        return ""


class RunValidator:
    """Rows of keys and repetitions: they are tried right after the common words."""

    def validate(self, password: str, user: Any = None) -> None:
        folded = password.casefold().replace(" ", "")
        if _is_repetition(folded) or _is_run(folded):
            sentence = _("Такой ряд знаков угадывают первым. Придумайте другой пароль")
            raise ValidationError(sentence, code="run")

    def get_help_text(self) -> str:
        return ""


class PersonalValidator:
    """Names, phone, number and school of the owner (ASVS 6.2.11)."""

    def validate(self, password: str, user: Person | None = None) -> None:
        if user is None:
            return
        if _holds_word(password, _words_of(user)):
            sentence = _("Уберите из пароля имя, фамилию и название школы: их знают другие")
            raise ValidationError(sentence, code="personal")
        if _holds_digits(password, _numbers_of(user)):
            sentence = _("Уберите из пароля номер телефона и номер абитуриента: их знают другие")
            raise ValidationError(sentence, code="personal")

    def get_help_text(self) -> str:
        return ""


def _is_repetition(text: str) -> bool:
    """«аааааааааа», «121212…», «пароль-пароль-»: one piece of up to seven signs again and again."""
    return any(
        len(text) >= 2 * size and text == (text[:size] * len(text))[: len(text)]
        for size in range(1, 8)
    )


def _is_run(text: str) -> bool:
    """Neighbours in a row of the keyboard or the alphabet, up or down, with a break or two."""
    return bool(text) and sum(not _neighbours(*pair) for pair in pairwise(text)) <= _BREAKS


def _neighbours(one: str, other: str) -> bool:
    return any(one + other in row or other + one in row for row in _ROWS)


def _words_of(user: Person) -> Iterator[str]:
    parts = [user.surname, user.given_name, user.patronymic]
    for post in posts_of(user):
        parts += [post.organisation.name, post.organisation.town]
    for word in names.search_key(*parts).split():
        if len(word) >= _WORD and not word.isdigit():
            yield word


def _holds_word(password: str, words: Iterator[str]) -> bool:
    folded = _in_latin(names.search_key(password).replace(" ", ""))
    return any(_in_latin(word) in folded for word in words)


def _in_latin(text: str) -> str:
    latin = "".join(_LATIN.get(letter, letter) for letter in text)
    for spelling, sound in _SPELLINGS:
        latin = latin.replace(spelling, sound)
    return latin


def _numbers_of(user: Person) -> Iterator[str]:
    for number in (user.phone, user.contact_phone, user.number):
        if number:
            yield number.lstrip("+")


def _holds_digits(password: str, numbers: Iterator[str]) -> bool:
    digits = "".join(sign for sign in password if sign.isdigit())
    return any(
        number[start : start + _DIGITS] in digits
        for number in numbers
        for start in range(len(number) - _DIGITS + 1)
    )
