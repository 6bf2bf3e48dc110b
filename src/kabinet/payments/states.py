"""What may happen to a receipt, and how a charge stands because of its receipts."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from kabinet.payments.models import Receipt

State = Receipt.State

MOVES: dict[State, dict[State, str]] = {
    State.IN_REVIEW: {State.CANCELLED: "receipt.cancelled"},
    State.CONFIRMED: {},
    State.REJECTED: {},
    State.CANCELLED: {},
}
"""From → to → the journal's verb."""


class Standing(models.TextChoices):
    NONE = "none", _("Нет квитанции")
    IN_REVIEW = "in_review", _("В рассмотрении")
    REJECTED = "rejected", _("Отклонена")
    SETTLED = "settled", _("Оплачено")


def standing(amount: int, receipts: Iterable[Receipt]) -> Standing:
    """Settled as soon as the confirmed receipts reach the amount; else what the newest ones say."""
    counted = [receipt for receipt in receipts if receipt.state != State.CANCELLED]
    confirmed = sum(receipt.amount for receipt in counted if receipt.state == State.CONFIRMED)
    if confirmed >= amount:
        return Standing.SETTLED
    states = {receipt.state for receipt in counted}
    if State.IN_REVIEW in states:
        return Standing.IN_REVIEW
    return Standing.REJECTED if State.REJECTED in states else Standing.NONE
