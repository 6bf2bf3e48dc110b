"""«Оплаты»: what is due, the receipts with their states, adding one, taking one back."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.payments import actions, states
from kabinet.payments.access import charge_for, check_can_cancel, receipt_for
from kabinet.payments.forms import ReceiptForm
from kabinet.payments.subjects import subject_of
from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.ui import language


@login_required
@require_safe
def charge(request: HttpRequest, charge_id: str) -> HttpResponse:
    found = charge_for(cast(Person, request.user), charge_id)
    receipts = list(found.receipts.select_related("added_by"))
    return render(
        request,
        "payments/charge.html",
        {
            "charge": found,
            "receipts": receipts,
            "standing": states.standing(found.amount, receipts),
            "subject": subject_of(found),
            "title": subject_of(found).title(found),
            "back": subject_of(found).back(found),
            "where": subject_of(found).where(found),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, charge_id: str) -> HttpResponse:
    found = charge_for(cast(Person, request.user), charge_id)
    form = ReceiptForm(request.POST or None, charge=found)
    if request.method == "POST" and not language.switched(request) and form.is_valid():
        try:
            actions.add_receipt(
                actor=cast(Person, request.user),
                charge=found,
                receipt_id=form.cleaned_data["receipt_id"],
                channel=form.cleaned_data["channel"],
                amount=form.cleaned_data["amount"],
                number=form.cleaned_data["number"],
            )
        except actions.AlreadyAdded as error:
            form.add_error("number", error.sentence)
        except actions.SentBefore as error:
            form.begin_anew()
            form.add_error(None, error.sentence)
        else:
            return redirect("payments:charge", found.pk)
    if language.switched(request):
        form = language.without_errors(form)
    status = 422 if form.errors else 200
    context = {"charge": found, "form": form, "title": subject_of(found).title(found)}
    return render(request, "payments/add.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, charge_id: str, receipt_id: str) -> HttpResponse:
    found = charge_for(cast(Person, request.user), charge_id)
    receipt = receipt_for(found, receipt_id)
    try:
        if request.method == "POST" and not language.switched(request):
            actions.cancel_receipt(actor=cast(Person, request.user), charge=found, receipt=receipt)
            return redirect("payments:charge", found.pk)
        check_can_cancel(receipt)
    except Refused as refused:
        messages.warning(request, str(refused.sentence))
        return redirect("payments:charge", found.pk)
    return render(
        request,
        "payments/cancel.html",
        {"charge": found, "receipt": receipt, "title": subject_of(found).title(found)},
    )
