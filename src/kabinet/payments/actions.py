"""Charging, claiming a payment, taking the claim back."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.core.receipts import normalise_number
from kabinet.payments import states
from kabinet.payments.access import check_can_cancel
from kabinet.payments.models import Charge, Receipt
from kabinet.payments.signals import charge_changed
from kabinet.people.models import Organisation, Person


class AlreadyAdded(Exception):
    """The same payer has a receipt with this number that is not cancelled."""

    @property
    def sentence(self) -> str:
        return _("Эта квитанция уже добавлена. Проверьте номер")


class SentBefore(Exception):
    """The form was sent before with something else in it, or it is somebody else's."""

    @property
    def sentence(self) -> str:
        return _("Эта форма уже отправлена с другими данными. Проверьте их и нажмите ещё раз")


@transaction.atomic
def set_charge(
    *,
    actor: Person,
    payer: Person,
    organisation: Organisation,
    subject: models.Model,
    amount: int,
    lines: Sequence[Mapping[str, Any]],
) -> Charge:
    """What ``payer`` owes for ``subject``, in tyiyn; a second call changes the amount and lines."""
    charge, is_new = Charge.objects.select_for_update().get_or_create(
        subject_label=subject._meta.label_lower,
        subject_id=str(subject.pk),
        defaults={
            "payer": payer,
            "organisation": organisation,
            "amount": amount,
            "lines": list(lines),
        },
    )
    before = {} if is_new else {"old": charge.amount}
    charge.amount, charge.lines = amount, list(lines)
    charge.save(update_fields=["amount", "lines"])
    record(
        "charge.set",
        actor=actor,
        subject=charge,
        chain=organisation,
        person=payer,
        details={**before, "new": amount, "lines": [line["code"] for line in lines]},
    )
    _tell(charge)
    return charge


@transaction.atomic
def add_receipt(
    *,
    actor: Person,
    charge: Charge,
    receipt_id: UUID,
    channel: str,
    amount: int,
    number: str,
) -> Receipt:
    """Claim that ``charge`` was paid with the bank receipt ``number``; ``amount`` in tyiyn.

    ``receipt_id`` comes with the form, so a form sent twice (double click, retry) adds one receipt.
    A number that somebody else has used is taken in as usual (ruling 28): only the cashier sees it.
    Raises :class:`AlreadyAdded`, :class:`SentBefore` and what ``core.receipts.normalise_number``
    raises.
    """
    key = normalise_number(number)
    told = {"channel": channel, "amount": amount, "number_key": key}
    Charge.objects.select_for_update().get(pk=charge.pk)
    sent_before = charge.receipts.filter(pk=receipt_id, **told).first()
    if sent_before:
        return sent_before
    own = Receipt.objects.filter(charge__payer=charge.payer_id, channel=channel, number_key=key)
    if own.exclude(state__in=[Receipt.State.CANCELLED, Receipt.State.REJECTED]).exists():
        raise AlreadyAdded
    if Receipt.objects.filter(pk=receipt_id).exists():
        raise SentBefore
    receipt = Receipt.objects.create(
        pk=receipt_id, charge=charge, number=number.strip(), added_by=actor, **told
    )
    _journal("receipt.added", actor, charge, receipt)
    _tell(charge)
    return receipt


@transaction.atomic
def cancel_receipt(*, actor: Person, charge: Charge, receipt: Receipt) -> None:
    """Take a claim back while nobody has decided on it; its number is free again."""
    receipt = charge.receipts.select_for_update().get(pk=receipt.pk)
    if receipt.state == Receipt.State.CANCELLED:
        return
    check_can_cancel(receipt)
    verb = states.MOVES[states.State(receipt.state)][states.State.CANCELLED]
    receipt.state = Receipt.State.CANCELLED
    receipt.decided_at = timezone.now()
    receipt.save(update_fields=["state", "decided_at"])
    _journal(verb, actor, charge, receipt)
    _tell(charge)


def _journal(verb: str, actor: Person, charge: Charge, receipt: Receipt) -> None:
    record(
        verb,
        actor=actor,
        subject=receipt,
        chain=charge.organisation_id,
        person=charge.payer,
        details={"number": receipt.number, "amount": receipt.amount, "state": receipt.state},
    )


def _tell(charge: Charge) -> None:
    charge_changed.send(
        sender=Charge, charge=charge, standing=states.standing(charge.amount, charge.receipts.all())
    )
