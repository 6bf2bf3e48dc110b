"""Events of the journal: a hash chain per organisation, with erasable details beside it.

The hash of an event covers its own facts and a salted digest of its details. The details (old
and new values) lie in a row of their own, which may be erased when their time has come without
breaking the chain (ruling 26). Subjects and actors are label + id + text, without foreign keys,
so that history outlives erasure.
"""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppendOnly(Exception):
    """The journal is only ever added to."""


class AppendOnlyQuerySet(models.QuerySet["Event"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class Event(models.Model):
    chain = models.CharField(_("цепочка"), max_length=40)
    seq = models.PositiveBigIntegerField(_("№"))
    at = models.DateTimeField(_("когда"))
    verb = models.CharField(_("что"), max_length=60)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_text = models.CharField(_("кто"), max_length=250)
    subject_label = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_text = models.CharField(_("о чём"), max_length=250)
    person_id = models.CharField(max_length=40, blank=True)
    details_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("событие")
        verbose_name_plural = _("журнал")
        constraints = [models.UniqueConstraint("chain", "seq", name="event_one_after_another")]
        indexes = [
            models.Index(fields=["person_id", "-at"], name="event_of_person"),
            models.Index(fields=["subject_id", "-at"], name="event_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.verb} {self.subject_text}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class Details(models.Model):
    """What exactly changed: JSON with old and new values, and the salt of its digest."""

    event = models.OneToOneField(Event, models.CASCADE, primary_key=True, related_name="details")
    salt = models.CharField(max_length=32)
    values = models.JSONField()

    class Meta:
        verbose_name = _("подробности")

    def __str__(self) -> str:
        return f"{self.event_id}"
