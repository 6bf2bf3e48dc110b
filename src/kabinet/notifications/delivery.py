"""Delivering letters so that a dying process loses none."""

import hashlib
from datetime import timedelta
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.utils import timezone

from kabinet.notifications.models import Letter

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)


def deliver(letter_id: UUID) -> bool:
    """Hand one letter to the mail server, if it is due and nobody else is at it; whether it was sent.

    Claimed for the time of a lease: a process that dies leaves the letter to the next sweep. If it
    died after the server had taken the letter, the second copy bears the same Message-ID, by which
    mail systems know it for the same letter (docs/decisions: letters).
    """
    now = timezone.now()
    claimed = (
        Letter.objects.due(now)
        .filter(pk=letter_id)
        .update(
            state=Letter.State.SENDING,
            lease_until=now + LEASE,
            attempts=models.F("attempts") + 1,
        )
    )
    if not claimed:
        return False
    letter = Letter.objects.get(pk=letter_id)
    try:
        _hand_over(letter)
    except (SMTPException, OSError, ValueError) as error:  # ValueError: no mail bears this address
        _put_back(letter, error)
        return False
    letter.state, letter.sent_at = Letter.State.SENT, timezone.now()
    letter.lease_until, letter.error = None, ""
    if not settings.DEMO:
        letter.params = {}  # what was told is with the reader now, a code has no business here
    letter.save()
    return True


def message_id(letter: Letter) -> str:
    """The same for every attempt at the same letter."""
    name = hashlib.sha256(f"{letter.pk}:{letter.ref}".encode()).hexdigest()[:32]
    return f"<{name}@{urlsplit(settings.ADDRESS).hostname}>"


def _hand_over(letter: Letter) -> None:
    subject, text = letter.rendered
    mail = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        to=[letter.address],
        headers={"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"},
    )
    mail.send()


def _put_back(letter: Letter, error: Exception) -> None:
    """Try again later, each time after twice the pause; give up on an address that is refused."""
    hopeless = isinstance(error, SMTPRecipientsRefused) or letter.attempts >= MOST_ATTEMPTS
    letter.state = Letter.State.FAILED if hopeless else Letter.State.QUEUED
    letter.try_at = timezone.now() + FIRST_PAUSE * 2 ** (letter.attempts - 1)
    letter.lease_until = None
    letter.error = f"{type(error).__name__}: {error}"[:300]
    letter.save(update_fields=["state", "try_at", "lease_until", "error"])
