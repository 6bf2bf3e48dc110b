"""Codes of six digits sent by e-mail: they prove who reads the address, and nothing else.

A code belongs to the browser that asked for it, so whoever guesses uses up codes of their own. It
is stored as a keyed digest, lives 15 minutes, bears five tries however many come at once, and dies
when it is used. Letters to an address are counted by who asks, and those asked for by strangers
together: an address bears 30 a day, that is 150 guesses in a million (docs/decisions: codes).
"""

import secrets
from datetime import datetime, timedelta
from functools import cache
from math import ceil

from allauth.core.internal.ratelimit import get_ip
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kabinet.core import cipher
from kabinet.notifications.actions import send_letter
from kabinet.notifications.kinds import Kind, Params
from kabinet.people import devices
from kabinet.people.models import EmailCode, Person
from kabinet.vault import keys

Purpose = EmailCode.Purpose
DIGITS = 6
LIFE = timedelta(minutes=15)
RESEND = timedelta(seconds=60)
MOST_TRIES = 5
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
OF_ONE_ASKER = ((5, _HOUR), (10, _DAY))  # letters to one address
OF_STRANGERS = ((30, _DAY),)
_NETWORK = "network:"

KINDS = {
    "code.register": Kind(
        subject=_("Код регистрации: %(code)s"),
        text=_(
            "Здравствуйте.\n\nКод регистрации в личном кабинете аспиранта: %(code)s\n\n"
            "Введите его на странице регистрации, затем придумайте пароль. "
            "Входить вы будете по этому адресу эл. почты. Код действует %(minutes)s минут.\n\n"
            "Если вы не регистрировались, ничего не делайте: без кода доступ не откроется."
        ),
    ),
    "code.reset": Kind(
        subject=_("Код для нового пароля: %(code)s"),
        text=_(
            "Здравствуйте.\n\nКод для нового пароля: %(code)s\n\n"
            "Введите его на странице, где просили новый пароль. Код действует %(minutes)s минут.\n\n"
            "Если вы не просили, ничего не делайте: прежний пароль действует. Никому не сообщайте код."
        ),
    ),
    "code.change_email": Kind(
        subject=_("Код для нового адреса: %(code)s"),
        text=_(
            "Здравствуйте.\n\nКод, чтобы входить по этому адресу: %(code)s\n\n"
            "Введите его в кабинете. Код действует %(minutes)s минут.\n\n"
            "Если вы не меняли адрес, ничего не делайте."
        ),
    ),
    "code.known": Kind(
        subject=_("У вас уже есть кабинет"),
        text=_(
            "Здравствуйте.\n\nКто-то указал этот адрес, чтобы открыть кабинет. Он у вас уже есть: "
            "%(link)s\n\nВойдите по этому адресу эл. почты. Если забыли пароль, нажмите "
            "«Забыли пароль?».\n\nЕсли это были не вы, ничего не делайте."
        ),
    ),
    "code.unknown": Kind(
        subject=_("По этому адресу кабинета нет"),
        text=_(
            "Здравствуйте.\n\nКто-то указал этот адрес, чтобы получить новый пароль. Кабинета по нему "
            "нет: возможно, вы регистрировались с другим адресом.\n\n"
            "Если это были не вы, ничего не делайте."
        ),
    ),
    "email.changed": Kind(
        subject=_("Адрес эл. почты изменён"),
        text=_(
            "Здравствуйте.\n\nТеперь вы входите в кабинет по другому адресу эл. почты. "
            "Если это сделали не вы, сразу сообщите в отдел, который открыл вам доступ."
        ),
    ),
}


class TooSoon(Exception):
    """No letter now; ``seconds`` until one may be sent."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class CodeRefused(Exception):
    """One answer for a wrong, an expired, a used and a never sent code; another one for too many tries."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def asker_of(request: HttpRequest, reader: Person | None) -> str:
    """Against whom a letter is counted: a device the reader has signed in from, else a network.

    ``reader``: whose address it is, if anybody's.
    """
    if device := devices.known(request, reader):
        return f"device:{device}"
    return f"{_NETWORK}{_blind(get_ip(request))}"


@transaction.atomic
def issue(*, email: str, purpose: str, asker: str, language: str) -> EmailCode:
    """A new code, on its way by letter. Raises TooSoon. Only who holds the row's id can use it."""
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = _numbered(email.lower(), purpose, asker)
    row.digest = _digest(row, code)
    params: Params = {"code": code, "minutes": LIFE.seconds // 60}
    return _sent(row, f"code.{purpose}", params, language)


@transaction.atomic
def issue_none(*, email: str, purpose: str, asker: str, language: str, letter: str) -> EmailCode:
    """For an address that gets no code: as much is done as if it did. Raises TooSoon.

    ``letter``: the kind of letter that tells its reader why.
    """
    return _sent(_numbered(email.lower(), purpose, asker), letter, {}, language)


def check(*, code_id: str, code: str) -> None:
    """Uses the code up. Raises CodeRefused.

    A try is taken before the code is looked at, in one conditional statement: of any number that
    come at the same moment five are judged. Not to be called inside a transaction that may fail.
    """
    row = of(code_id)
    if row is None or row.expires_at <= timezone.now():
        raise CodeRefused(_wrong())
    held = EmailCode.objects.filter(pk=row.pk)
    if not held.filter(tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        raise CodeRefused(_("Слишком много попыток. Запросите новый код: этот больше не действует"))
    tidied = "".join(letter for letter in code if letter.isdigit())
    matches = constant_time_compare(_digest(row, tidied), row.digest)
    if not matches or not held.exclude(digest="").update(digest="", expires_at=timezone.now()):
        raise CodeRefused(_wrong())


def of(code_id: str) -> EmailCode | None:
    """The letter with this code; ``code_id`` is empty where none went."""
    return EmailCode.objects.filter(pk=code_id).first() if code_id else None


def seconds_to_wait(*, email: str, purpose: str, asker: str) -> int:
    """Until another letter to the address may be asked for; 0 when it may be now."""
    return _wait(_letters(email.lower(), purpose), asker)


def forget_old() -> int:
    """Removes what is no longer counted; how many. For the daily clean-up."""
    removed, _of = EmailCode.objects.filter(issued_at__lt=timezone.now() - _DAY).delete()
    return removed


def _letters(email: str, purpose: str) -> list[EmailCode]:
    """All that are known to have gone to the address, the last one first."""
    return list(EmailCode.objects.filter(email=email, purpose=purpose).order_by("-number"))


def _numbered(email: str, purpose: str, asker: str) -> EmailCode:
    """The next letter to the address, not yet stored. Raises TooSoon."""
    letters = _letters(email, purpose)
    if seconds := _wait(letters, asker):
        raise TooSoon(seconds)
    now = timezone.now()
    return EmailCode(
        email=email,
        purpose=purpose,
        number=letters[0].number + 1 if letters else 1,
        asker=asker,
        issued_at=now,
        expires_at=now + LIFE,
    )


def _sent(row: EmailCode, kind: str, params: Params, language: str) -> EmailCode:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # another letter took the number at this very moment
        raise TooSoon(1) from error
    send_letter(to=row.email, kind=kind, ref=f"code:{row.pk}", params=params, language=language)
    return row


def _wait(letters: list[EmailCode], asker: str) -> int:
    own = [each.issued_at for each in letters if each.asker == asker]
    ready = _full_until(own, OF_ONE_ASKER)
    if asker.startswith(_NETWORK):
        of_strangers = [each.issued_at for each in letters if each.asker.startswith(_NETWORK)]
        ready += _full_until(of_strangers, OF_STRANGERS)
    now = timezone.now()
    return max(0, ceil((max(ready, default=now) - now).total_seconds()))


def _full_until(
    moments: list[datetime], limits: tuple[tuple[int, timedelta], ...]
) -> list[datetime]:
    """When each limit that has as many letters lets the next one go. ``moments``: the last first."""
    return [moments[most - 1] + within for most, within in limits if len(moments) >= most]


def _digest(row: EmailCode, code: str) -> str:
    return _blind(row.email, row.purpose, str(row.pk), code)


def _wrong() -> Promise:
    return _(
        "Код не подходит или уже не действует. Возьмите код из последнего письма или запросите новый"
    )


def _blind(*parts: str) -> str:
    return cipher.blind_index(_key(), *parts)


@cache
def _key() -> bytes:
    return cipher.derive(keys.index_key(), "e-mail code")
