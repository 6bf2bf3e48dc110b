"""Accesses of those who work at a university: who, where, by which login, from and to which day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kabinet.cabinets.forms import EndForm, HolderForm
from kabinet.people.access_rows import AccessRow
from kabinet.ui.fields import DateBoxesField
from kabinet.ui.widgets import Text


class PostForm(HolderForm):
    """An e-mail or a phone, or both; the days are those of the post."""

    email = forms.CharField(
        label=_("Эл. почта"),
        help_text=_("Придёт письмо, по нему человек войдёт сам"),
        max_length=254,
        required=False,
        widget=Text({"type": "email", "autocomplete": "off", "inputmode": "email"}),
    )
    since = DateBoxesField(
        label=_("С какого дня"), help_text=_("Если пусто, с сегодняшнего"), required=False
    )
    until = DateBoxesField(
        label=_("Последний день"), help_text=_("Если пусто, без срока"), required=False, future=True
    )
    field_order = [
        "place",
        "surname",
        "given_name",
        "patronymic",
        "email",
        "phone",
        "since",
        "until",
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = False
        self.fields["phone"].label = _("Телефон")
        self.fields["phone"].help_text = _("По нему тоже можно входить")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        missing = not {"email", "phone"} & self.errors.keys()
        if missing and not data.get("email") and not data.get("phone"):
            self.add_error("email", _("Напишите эл. почту или телефон: по ним человек войдёт"))
        return data

    @property
    def row(self) -> AccessRow:
        data = self.cleaned_data
        return AccessRow(
            phone=data["phone"] or None,
            surname=data["surname"],
            given_name=data["given_name"],
            patronymic=data["patronymic"],
            email=data["email"],
            since=data["since"],
            until=data["until"],
        )

    def take(self, errors: dict[str, str]) -> None:
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else None, sentence)


class TermForm(EndForm):
    """When and why a post ends."""

    until = DateBoxesField(
        label=_("Последний день"),
        help_text=_("Если пусто, доступ закроется сразу"),
        required=False,
        future=True,
    )
    field_order = ("until", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Например: перешла на другую кафедру")
