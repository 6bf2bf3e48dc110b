"""Messages on the screen, and the outbox of letters. A row here is a promise; the queue is a hint."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.notifications import kinds
from kabinet.vault.fields import SealedJSONField


class Message(models.Model):
    """A notice on the screen. ``ref`` names the happening it tells of, so it is told once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="messages")
    ref = models.CharField(max_length=120)
    kind = models.CharField(max_length=60)
    params = SealedJSONField(context="notifications.message", default=dict)
    link = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint("person", "ref", name="message_told_once")]
        indexes = [models.Index(fields=["person", "-created_at"], name="message_of_person")]

    def __str__(self) -> str:
        return self.kind

    @property
    def subject(self) -> str:
        return kinds.subject(self.kind, {"link": self.link, **self.params})

    @property
    def text(self) -> str:
        return kinds.text(self.kind, {"link": self.link, **self.params})


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime | None = None) -> "LetterQuerySet":
        """To be sent now: waiting ones, and those whose sender died before it was done."""
        moment = at or timezone.now()
        waiting = Q(state=Letter.State.QUEUED, try_at__lte=moment)
        abandoned = Q(state=Letter.State.SENDING, lease_until__lt=moment)
        return self.filter(waiting | abandoned)


class Letter(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("Ждёт отправки")
        SENDING = "sending", _("Отправляется")
        SENT = "sent", _("Отправлено")
        FAILED = "failed", _("Не отправлено")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ref = models.CharField(max_length=160, unique=True)
    address = models.EmailField()
    language = models.CharField(max_length=2, default="ru")
    kind = models.CharField(max_length=60)
    params = SealedJSONField(context="notifications.letter", default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("письмо")
        verbose_name_plural = _("письма")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "try_at"], name="letter_due")]

    def __str__(self) -> str:
        return f"{self.kind} → {self.address}"

    @property
    def rendered(self) -> tuple[str, str]:
        """Subject and text in the reader's language."""
        return kinds.in_language(self.kind, self.params, self.language)
