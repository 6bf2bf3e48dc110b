"""Telling a person something, once."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kabinet.notifications import tasks
from kabinet.notifications.kinds import Params
from kabinet.notifications.models import Letter, Message


def notify(*, to: Any, kind: str, ref: str, params: Params, link: str = "") -> None:
    """A message on the screen, and a letter where the person has an e-mail.

    Call it inside the transaction of what happened; the same ``ref`` again tells nothing twice.
    ``to`` is a person (this floor knows persons only as the user model); ``link`` a path of this site.
    """
    _message, is_new = Message.objects.get_or_create(
        person=to, ref=ref, defaults={"kind": kind, "params": dict(params), "link": link}
    )
    address = getattr(to, "email", None)
    if is_new and address:
        send_letter(
            to=address,
            kind=kind,
            ref=f"{ref}:{to.pk}",
            params={**params, "link": f"{settings.ADDRESS}{link}"},
            language=getattr(to, "language", "") or "ru",
        )


def send_letter(*, to: str, kind: str, ref: str, params: Params, language: str) -> Letter:
    """A letter to an address, in the outbox with this transaction, delivered after it."""
    letter, is_new = Letter.objects.get_or_create(
        ref=ref,
        defaults={
            "address": to,
            "kind": kind,
            "params": {"link": settings.ADDRESS, **params},
            "language": language or "ru",
        },
    )
    if is_new:
        transaction.on_commit(lambda: tasks.deliver_later(letter.pk))
    return letter


def mark_read(*, message: Message) -> None:
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
