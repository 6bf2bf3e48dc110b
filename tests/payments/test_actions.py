"""Charges and claims of payment: what is written, told and refused."""

from uuid import uuid4

import pytest
from django.core.management import call_command

from kabinet.audit.models import Event
from kabinet.core.receipts import NoDigits
from kabinet.payments import states
from kabinet.payments.actions import AlreadyAdded, add_receipt, cancel_receipt, set_charge
from kabinet.payments.models import Charge, Receipt
from kabinet.payments.signals import charge_changed
from kabinet.people.access import Refused


def claim(charge, actor, number="4410-228", receipt_id=None, amount=141000):
    return add_receipt(
        actor=actor,
        charge=charge,
        receipt_id=receipt_id or uuid4(),
        channel="bank",
        amount=amount,
        number=number,
    )


@pytest.fixture
def told():
    heard = []

    def hear(sender, charge, standing, **kwargs):
        heard.append(standing)

    charge_changed.connect(hear)
    yield heard
    charge_changed.disconnect(hear)


def verbs():
    return list(Event.objects.order_by("pk").values_list("verb", flat=True))


def test_setting_a_charge_again_changes_it_and_keeps_one(charge, aiperi, school, application):
    again = set_charge(
        actor=aiperi, payer=aiperi, organisation=school, subject=application, amount=94000, lines=[]
    )
    assert again.pk == charge.pk
    assert Charge.objects.get().amount == 94000
    assert verbs() == ["charge.set", "charge.set"]


def test_a_claim_stands_in_review_and_is_told_once(charge, aiperi, told):
    receipt = claim(charge, aiperi)
    assert receipt.state == "in_review"
    assert told == ["in_review"]
    assert verbs() == ["charge.set", "receipt.added"]


def test_the_same_form_sent_twice_adds_one_receipt(charge, aiperi):
    key = uuid4()
    first, second = claim(charge, aiperi, receipt_id=key), claim(charge, aiperi, receipt_id=key)
    assert first == second
    assert Receipt.objects.count() == 1
    assert verbs() == ["charge.set", "receipt.added"]


@pytest.mark.parametrize("number", ["4410-228", "4410 228", " 44l0228 ".replace("l", "1")])
def test_a_number_written_otherwise_is_the_same_number(charge, aiperi, number):
    claim(charge, aiperi)
    with pytest.raises(AlreadyAdded):
        claim(charge, aiperi, number=number)


def test_a_number_without_digits_is_refused(charge, aiperi):
    with pytest.raises(NoDigits):
        claim(charge, aiperi, number="оплачено")


def test_somebody_elses_number_is_taken_in_and_only_marked_for_the_cashier(
    charge, aiperi, bakyt, other_school, campaign
):
    claim(charge, aiperi)
    other = set_charge(
        actor=bakyt,
        payer=bakyt,
        organisation=other_school,
        subject=campaign,
        amount=141000,
        lines=[],
    )
    receipt = claim(other, bakyt, number="4410 228")
    assert receipt.state == "in_review"
    marked = Receipt.objects.with_used_elsewhere().values_list("charge", "used_elsewhere")
    assert sorted(marked) == sorted([(charge.pk, True), (other.pk, True)])


def test_cancelling_frees_the_number_and_is_told(charge, aiperi, told):
    receipt = claim(charge, aiperi)
    cancel_receipt(actor=aiperi, charge=charge, receipt=receipt)
    assert told == ["in_review", "none"]
    assert claim(charge, aiperi).state == "in_review"
    assert verbs() == ["charge.set", "receipt.added", "receipt.cancelled", "receipt.added"]


def test_cancelling_twice_is_one_cancelling(charge, aiperi):
    receipt = claim(charge, aiperi)
    cancel_receipt(actor=aiperi, charge=charge, receipt=receipt)
    cancel_receipt(actor=aiperi, charge=charge, receipt=receipt)
    assert verbs() == ["charge.set", "receipt.added", "receipt.cancelled"]


@pytest.mark.parametrize("state", ["confirmed", "rejected"])
def test_a_decided_claim_cannot_be_taken_back(charge, aiperi, state):
    receipt = claim(charge, aiperi)
    Receipt.objects.filter(pk=receipt.pk).update(state=state)
    with pytest.raises(Refused):
        cancel_receipt(actor=aiperi, charge=charge, receipt=receipt)


@pytest.mark.parametrize(
    ("receipts", "expected"),
    [
        ([], "none"),
        ([("cancelled", 141000)], "none"),
        ([("rejected", 141000)], "rejected"),
        ([("rejected", 141000), ("in_review", 141000)], "in_review"),
        ([("confirmed", 141000)], "settled"),
        ([("confirmed", 47000)], "none"),
        ([("confirmed", 47000), ("in_review", 94000)], "in_review"),
        ([("confirmed", 47000), ("confirmed", 94000)], "settled"),
    ],
)
def test_a_charge_stands_as_its_receipts_say(receipts, expected):
    rows = [Receipt(state=state, amount=amount) for state, amount in receipts]
    assert states.standing(141000, rows) == expected


def test_no_migration_is_missing(db):
    call_command("makemigrations", "payments", check=True, dry_run=True, verbosity=0)
