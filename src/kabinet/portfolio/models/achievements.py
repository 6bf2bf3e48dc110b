"""What a student tells of: publications, conferences, further achievements, each with a file if any."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.portfolio.models.enrolment import Enrolment


class Told(models.Model):
    """A line of the portfolio. ``happened_on``: the day, or the first day of the year if no more is known.

    ``token``: known when the same page is sent again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="%(class)ss")
    title = models.CharField(_("название"), max_length=300)
    happened_on = models.DateField(_("когда"), null=True, blank=True)
    document = models.OneToOneField(
        "vault.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-happened_on", "-added_at"]
        constraints = [
            models.UniqueConstraint(
                "enrolment", "token", condition=~Q(token=""), name="%(class)s_once_per_token"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Publication(Told):
    authors = models.CharField(_("авторы"), max_length=300, blank=True)
    published_in = models.CharField(_("где опубликовано"), max_length=300)
    indexed_in = models.CharField(_("в каких базах"), max_length=120, blank=True)
    address = models.CharField(_("DOI или ссылка"), max_length=200, blank=True)

    class Meta(Told.Meta):
        verbose_name = _("публикация")
        verbose_name_plural = _("публикации")


class Conference(Told):
    place = models.CharField(_("где"), max_length=200, blank=True)
    talk = models.CharField(_("доклад"), max_length=300, blank=True)

    class Meta(Told.Meta):
        verbose_name = _("конференция")
        verbose_name_plural = _("конференции")


class Achievement(Told):
    about = models.CharField(_("подробнее"), max_length=1000, blank=True)

    class Meta(Told.Meta):
        verbose_name = _("достижение")
        verbose_name_plural = _("достижения")
