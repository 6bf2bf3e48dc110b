"""What is owed for something, and the bank receipts claimed for it. Money is integer tyiyn."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Charge(models.Model):
    """What one person owes for one thing, computed by the server.

    ``subject_label`` and ``subject_id`` name the thing (an application form) without knowing its
    app. ``lines`` is a list of ``{"code", "name": {"ru","ky","en"}, "tyiyn"}``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="charges",
        verbose_name=_("плательщик"),
    )
    organisation = models.ForeignKey(
        "people.Organisation", models.PROTECT, related_name="charges", verbose_name=_("школа")
    )
    subject_label = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    amount = models.PositiveIntegerField(_("сумма, тыйын"))
    lines = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("начисление")
        verbose_name_plural = _("начисления")
        constraints = [
            models.UniqueConstraint("subject_label", "subject_id", name="charge_once_per_subject")
        ]

    def __str__(self) -> str:
        return f"{self.payer}: {self.amount / 100:.2f}"

    @property
    def shown_lines(self) -> list[dict[str, Any]]:
        """The lines with their names in the language of the page."""
        language = (get_language() or "ru")[:2]
        return [
            {**line, "name": line["name"].get(language) or line["name"]["ru"]}
            for line in self.lines
        ]


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def with_used_elsewhere(self) -> "ReceiptQuerySet":
        """Marks numbers that another payer has named too; for the cashier's eyes (ruling 28)."""
        others = (
            Receipt.objects.filter(
                channel=models.OuterRef("channel"), number_key=models.OuterRef("number_key")
            )
            .exclude(state=Receipt.State.CANCELLED)
            .exclude(charge__payer=models.OuterRef("charge__payer"))
        )
        return self.annotate(used_elsewhere=models.Exists(others))


class Receipt(models.Model):
    """A bank receipt somebody says they paid with."""

    class State(models.TextChoices):
        IN_REVIEW = "in_review", _("В рассмотрении")
        CONFIRMED = "confirmed", _("Подтверждена")
        REJECTED = "rejected", _("Отклонена")
        CANCELLED = "cancelled", _("Отменена")

    class Channel(models.TextChoices):
        BANK = "bank", _("Через банк")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    charge = models.ForeignKey(Charge, models.PROTECT, related_name="receipts")
    channel = models.CharField(
        _("тип оплаты"), max_length=12, choices=Channel.choices, default=Channel.BANK
    )
    amount = models.PositiveIntegerField(_("сумма, тыйын"))
    number = models.CharField(_("номер квитанции"), max_length=40)
    number_key = models.CharField(max_length=40, db_index=True, editable=False)
    state = models.CharField(
        _("статус"), max_length=12, choices=State.choices, default=State.IN_REVIEW
    )
    reason = models.CharField(_("причина"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("квитанция")
        verbose_name_plural = _("квитанции")
        ordering = ["-added_at"]
        constraints = [
            models.UniqueConstraint(
                "channel",
                "number_key",
                condition=Q(state="confirmed"),
                name="receipt_confirmed_once",
            ),
            models.UniqueConstraint(
                "charge",
                "channel",
                "number_key",
                condition=Q(state__in=["in_review", "confirmed"]),
                name="receipt_once_per_charge",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.number}, {self.get_state_display()}"
