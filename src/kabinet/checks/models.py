"""What was seen in a document of the vault, and what two persons have in common.

A row without ``done_at`` is a promise: somebody will look. The queue is only a hint.
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.vault.fields import SealedJSONField


class CheckQuerySet(models.QuerySet["Check"]):
    def undone(self, at: datetime | None = None) -> "CheckQuerySet":
        """To be looked at: nobody has, and nobody is at it (or who was has died)."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lt=at or timezone.now())
        return self.filter(free, done_at__isnull=True)


class Check(models.Model):
    """One look at one document.

    ``owner`` is what the vault stores the document for, ``person`` whose picture it is.
    ``verdict``: of a face ``ok``, ``human`` or ``fails`` (``core.photo``), of an identity document
    ``verified``, ``probable``, ``partial`` or ``none`` (``core.passport``). ``report`` is the whole
    answer as plain data, empty when nobody could look. ``kept_at``: «Оставить это», with remarks.
    """

    class Kind(models.TextChoices):
        FACE = "face", _("Фото лица")
        IDENTITY = "identity", _("Документ, удостоверяющий личность")

    document = models.OneToOneField(
        "vault.Document", models.CASCADE, primary_key=True, related_name="checked"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    owner = models.CharField(max_length=60)
    asked_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    report = SealedJSONField(context="checks.report", default=dict)
    policy_version = models.CharField(max_length=20, blank=True)
    model_version = models.CharField(max_length=100, blank=True)
    picture_hash = models.CharField(max_length=64, blank=True)
    is_compared = models.BooleanField(default=False)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kept_at__isnull=True, kept_by__isnull=True)
                | Q(kept_at__isnull=False, kept_by__isnull=False),
                name="check_kept_by_somebody",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(done_at__isnull=True), name="check_undone"
            ),
            models.Index(
                fields=["kind"],
                condition=Q(is_compared=False, done_at__isnull=False) & ~Q(picture_hash=""),
                name="check_not_compared",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class Trace(models.Model):
    """A number that was typed, or read from a document, as a keyed digest (never the number)."""

    class What(models.TextChoices):
        NUMBER = "number", _("Номер документа")
        PIN = "pin", _("ПИН")

    what = models.CharField(max_length=10, choices=What.choices)
    index = models.CharField(max_length=64)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    owner = models.CharField(max_length=60)
    document = models.ForeignKey(
        "vault.Document", models.CASCADE, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["what", "index", "person"], name="trace_found_again"),
            models.Index(fields=["owner"], name="trace_of_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}"


class CoincidenceQuerySet(models.QuerySet["Coincidence"]):
    def standing(self) -> "CoincidenceQuerySet":
        """Those that are still so: a number that was corrected coincides no more."""
        return self.filter(Q(what=Coincidence.What.PICTURE) | _still("one") & _still("other"))


class Coincidence(models.Model):
    """The same number, or the same picture, with two persons: for a person of the centre to judge.

    ``one`` is the person with the smaller key. ``index`` is the trace they share, or empty for a
    picture, where the two documents are named.
    """

    class What(models.TextChoices):
        NUMBER = "number", _("Один номер документа")
        PIN = "pin", _("Один ПИН")
        PICTURE = "picture", _("Один снимок")

    what = models.CharField(_("что совпало"), max_length=10, choices=What.choices)
    index = models.CharField(max_length=64, blank=True)
    one = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("у кого")
    )
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("и у кого")
    )
    one_document = models.ForeignKey("vault.Document", models.CASCADE, null=True, related_name="+")
    other_document = models.ForeignKey(
        "vault.Document", models.CASCADE, null=True, related_name="+"
    )
    found_at = models.DateTimeField(_("замечено"), default=timezone.now)

    objects = CoincidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("совпадение")
        verbose_name_plural = _("совпадения")
        ordering = ["-found_at"]
        constraints = [
            models.UniqueConstraint(
                "what",
                "index",
                "one",
                "other",
                condition=Q(one_document__isnull=True),
                name="coincidence_of_numbers_once",
            ),
            models.UniqueConstraint(
                "one_document",
                "other_document",
                condition=Q(one_document__isnull=False),
                name="coincidence_of_pictures_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    what="picture", one_document__isnull=False, other_document__isnull=False
                )
                | Q(~Q(what="picture"), one_document__isnull=True, other_document__isnull=True),
                name="coincidence_names_its_pictures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.one}, {self.other}"


def _still(side: str) -> Exists:
    return Exists(
        Trace.objects.filter(what=OuterRef("what"), index=OuterRef("index"), person=OuterRef(side))
    )
