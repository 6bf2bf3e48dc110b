"""The receipt form «Тип оплаты, Сумма, Номер квитанции»."""

from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kabinet.core.money import show_amount
from kabinet.core.receipts import ReceiptError, normalise_number
from kabinet.payments.models import Charge, Receipt
from kabinet.ui.fields import SomField
from kabinet.ui.sentences import say


class ReceiptForm(forms.Form):
    receipt_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    channel = forms.ChoiceField(label=_("Тип оплаты"), choices=Receipt.Channel.choices)
    amount = SomField(label=_("Сумма"), help_text=_("Как в квитанции, в сомах"))
    number = forms.CharField(
        label=_("Номер квитанции"),
        help_text=_("Стоит вверху квитанции, рядом со словом «Квитанция» или «№»"),
        max_length=Receipt._meta.get_field("number").max_length,
        error_messages={"required": _("Напишите номер квитанции")},
    )
    amount_is_right = forms.BooleanField(
        label=_("В квитанции именно эта сумма"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: object, charge: Charge, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.charge = charge
        self.amount_is_asked = False
        self.fields["amount"].initial = charge.amount

    def begin_anew(self) -> None:
        """Another receipt with what was typed: the next press is not the former one again."""
        typed = {name: self.data[name] for name in self.data}
        self.data = {**typed, "receipt_id": uuid4()}

    def clean_amount(self) -> int:
        amount: int = self.cleaned_data["amount"]
        if not amount:
            raise forms.ValidationError(gettext("Напишите сумму из квитанции"))
        return amount

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        try:
            normalise_number(number)
        except ReceiptError as error:
            raise forms.ValidationError(say(error.message_key, error.params)) from error
        return number

    def clean(self) -> None:
        """Another amount than due is asked about once, then taken: people also pay in parts."""
        amount = self.cleaned_data.get("amount")
        if amount in (None, self.charge.amount) or self.cleaned_data.get("amount_is_right"):
            return
        self.fields["amount_is_right"].widget = forms.CheckboxInput()
        self.amount_is_asked = True
        self.add_error(
            "amount",
            gettext(
                "К оплате %(due)s сом. Исправьте сумму или отметьте, что в квитанции именно эта"
            )
            % {"due": show_amount(self.charge.amount)},
        )
