"""Whose charges somebody sees: one's own, and those of the schools in one's reach."""

from django.db.models import Q
from django.utils.translation import gettext as _

from kabinet.payments.models import Charge, Receipt
from kabinet.people.access import Refused, one_or_404, within
from kabinet.people.models import Person


def charge_for(user: Person, charge_id: object) -> Charge:
    charge: Charge = one_or_404(
        Charge.objects.filter(Q(payer=user) | within(user, "organisation")).select_related("payer"),
        charge_id,
    )
    return charge


def receipt_for(charge: Charge, receipt_id: object) -> Receipt:
    """A receipt of a charge that was fetched through :func:`charge_for`."""
    receipt: Receipt = one_or_404(charge.receipts.all(), receipt_id)
    return receipt


def check_can_cancel(receipt: Receipt) -> None:
    if receipt.state == Receipt.State.CONFIRMED:
        raise Refused(_("Оплата подтверждена, отменить её нельзя. Позвоните в центр тестирования."))
    if receipt.state != Receipt.State.IN_REVIEW:
        raise Refused(_("Отменить можно только оплату, которая ещё в рассмотрении."))
