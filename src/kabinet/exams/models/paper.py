"""Photos and scans added to a form: which slot they fill, and which benefit they prove."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.exams.models.application import Application
from kabinet.exams.models.campaign import Benefit


class BenefitClaim(models.Model):
    """One benefit a graduate says they have; it counts only with a paper that proves it."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="benefit_claims")
    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="claims")

    class Meta:
        constraints = [
            models.UniqueConstraint("application", "benefit", name="benefit_claimed_once")
        ]

    def __str__(self) -> str:
        return f"{self.benefit}"


class PaperQuerySet(models.QuerySet["Paper"]):
    def present(self) -> "PaperQuerySet":
        return self.filter(removed_at__isnull=True)


class Paper(models.Model):
    """A document in its slot. A removed one stays for a day, so that a mistake can be undone."""

    class Slot(models.TextChoices):
        FRONT = "front", _("Лицевая сторона")
        BACK = "back", _("Оборотная сторона")
        BENEFIT = "benefit", _("Документ о льготе")
        FACE = "face", _("Фото лица")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    slot = models.CharField(max_length=10, choices=Slot.choices)
    claim = models.ForeignKey(
        BenefitClaim, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    document = models.OneToOneField("vault.Document", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    token = models.CharField(
        max_length=40,
        blank=True,
        help_text="mark of the upload: one sent twice is known by it",
    )

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.UniqueConstraint(
                "application",
                "slot",
                condition=Q(removed_at__isnull=True) & ~Q(slot="benefit"),
                name="paper_once_per_slot",
            ),
            models.UniqueConstraint(
                "application", "token", condition=~Q(token=""), name="paper_once_per_token"
            ),
            models.CheckConstraint(
                condition=Q(slot="benefit", claim__isnull=False)
                | (~Q(slot="benefit") & Q(claim__isnull=True)),
                name="paper_claim_only_for_benefit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}"
