"""The pages of payments, as somebody meets them who presses twice, goes back, or forges a field."""

from uuid import uuid4

import pytest
from django.urls import reverse

from kabinet.payments.actions import cancel_receipt
from kabinet.payments.models import Receipt
from tests.payments.test_actions import claim


@pytest.fixture
def receipt(charge, aiperi):
    return claim(charge, aiperi)


@pytest.mark.parametrize("state", ["cancelled", "confirmed", "rejected"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_decided_claim_leads_back_with_a_sentence(
    client_of, aiperi, charge, receipt, state, method
):
    """Who goes back to the question in the browser, or whose cashier was quicker."""
    Receipt.objects.filter(pk=receipt.pk).update(state=state)
    address = reverse("payments:cancel", args=[charge.pk, receipt.pk])
    page = getattr(client_of(aiperi), method)(address, follow=True)
    assert page.redirect_chain == [(reverse("payments:charge", args=[charge.pk]), 302)]
    repeated = (state, method) == ("cancelled", "post")  # pressed twice: nothing to tell
    assert ("отменить её нельзя" in page.text or "Отменить можно только" in page.text) != repeated


def test_the_title_of_a_wrong_claim_says_error_once(client_of, aiperi, charge):
    page = client_of(aiperi).post(reverse("payments:add", args=[charge.pk]), {"number": ""})
    title = page.text.partition("<title>")[2].partition("</title>")[0]
    assert (page.status_code, title) == (422, "Ошибка: Добавить квитанцию")


@pytest.fixture
def send(charge, aiperi, client_of):
    client = client_of(aiperi)

    def press(**typed: object):
        form = {"receipt_id": uuid4(), "channel": "bank", "amount": "1410", "number": "4410-228"}
        return client.post(reverse("payments:add", args=[charge.pk]), {**form, **typed})

    return press


def test_the_same_form_with_another_number_is_no_receipt_and_goes_at_the_next_press(send):
    key = uuid4()
    send(receipt_id=key)
    answer = send(receipt_id=key, number="4410-229")
    assert answer.status_code == 422
    assert "уже отправлена с другими данными" in answer.text
    assert Receipt.objects.count() == 1
    fresh = answer.context["form"]["receipt_id"].value()
    assert send(receipt_id=fresh, number="4410-229").status_code == 302


def test_the_same_form_with_another_amount_does_not_pass_for_the_first(send):
    key = uuid4()
    send(receipt_id=key)
    answer = send(receipt_id=key, amount="470", amount_is_right="on")
    assert answer.status_code == 422
    assert Receipt.objects.get().amount == 141000


def test_the_key_of_somebody_elses_receipt_tells_and_changes_nothing(send, charge, aiperi):
    theirs = claim(charge, aiperi, number="7000-1")
    cancel_receipt(actor=aiperi, charge=charge, receipt=theirs)
    before = Receipt.objects.values().get()
    assert send(receipt_id=theirs.pk).status_code == 422
    assert Receipt.objects.values().get() == before


@pytest.mark.parametrize(
    "typed", [{"amount": "0", "amount_is_right": "on"}, {"number": "4-" * 29 + "1"}]
)
def test_what_the_database_would_refuse_is_told_at_its_field(send, typed):
    assert send(**typed).status_code == 422
