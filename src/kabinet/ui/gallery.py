"""The gallery: every component in every state, filled with made-up people, in both themes.

It is shown only in a demonstration; the tests read it to see that nothing is broken, unreadable or inline.
"""

from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kabinet.ui import fields, icons, statuses, widgets


class AddressForm(forms.Form):
    """The second page of the sketch: two right fields, two wrong ones."""

    region = fields.ChoiceField(
        label=_("Область"),
        choices=[("2", _("Иссык-Кульская область")), ("7", _("Чуйская область"))],
        widget=widgets.Select,
    )
    town = fields.TextField(
        label=_("Город или село"), error_messages={"required": _("Напишите город или село")}
    )
    street = fields.TextField(label=_("Улица, дом, квартира"))
    second_phone = fields.PhoneField(
        label=_("Дополнительный номер телефона"),
        help_text=_("Родителя или опекуна, чтобы дозвониться до вас"),
        required=False,
    )


class EveryForm(forms.Form):
    """One field of each kind."""

    surname = fields.NameField(label=_("Фамилия"), help_text=_("Как в паспорте"))
    phone = fields.PhoneField(label=_("Номер телефона"))
    birth = fields.DateBoxesField(label=_("Дата рождения"), widget=widgets.DateBoxes(birthday=True))
    language = fields.ChoiceField(
        label=_("Язык тестирования"),
        choices=[("ky", _("Кыргызский")), ("ru", _("Русский"))],
        widget=widgets.RadioRows,
    )
    subjects = fields.MultipleChoiceField(
        label=_("Предметы по выбору"),
        choices=[("chemistry", _("Химия")), ("biology", _("Биология"))],
        widget=widgets.TickRows(descriptions={"chemistry": _("16 мая, 9:00")}),
        required=False,
    )
    amount = fields.SomField(label=_("Сумма"))
    comment = fields.TextField(label=_("Примечание"), widget=widgets.LongText, required=False)
    password = fields.TextField(label=_("Пароль"), widget=widgets.PasswordInput)
    agreed = fields.TickField(label=_("Фото сделано не раньше 6 месяцев назад и не обработано"))


class AccessForm(forms.Form):
    """The row of the school's page."""

    phone = fields.PhoneField(label=_("Телефон — станет логином"))
    surname = fields.NameField(label=_("Фамилия"))
    given_name = fields.NameField(label=_("Имя"))
    patronymic = fields.NameField(label=_("Отчество"), required=False)


class SignInForm(forms.Form):
    login = fields.PhoneField(label=_("Номер телефона"))
    password = fields.TextField(label=_("Пароль"), widget=widgets.PasswordInput)


_TYPED = {"region": "2", "town": "", "street": "ул. Манаса, 12", "second_phone": "555 12 34 5"}
_FILLED = {
    "surname": "Абдыраева",
    "phone": "+996555204118",
    "birth": ("9", "марта", "2009"),
    "language": "ky",
    "subjects": ["chemistry"],
    "amount": 100000,
}
_WRONG = {
    "surname": "123",
    "phone": "55512",
    "birth_day": "31",
    "birth_month": "февраля",
    "birth_year": "2009",
    "amount": "сто",
}
_COUNTS = {"done": 3, "in_review": 18, "draft": 9, "returned": 2, "not_started": 14}
_PUPILS = [
    (46, "Мамытова Гүлзада Азаматовна", "+996551846370", "not_started", 0, 0, "is-new"),
    (12, "Абдыраева Айпери Нурлановна", "+996555204118", "returned", 5, 1, "is-bad"),
    (13, "Асанов Бекзат Маратович", "+996700415902", "in_review", 5, 0, ""),
    (14, "Бакирова Нургүл Токтосуновна", "+996550778031", "draft", 3, 0, ""),
    (15, "Жээнбеков Өмүрбек", "+996772630559", "awaiting_payment", 5, 0, ""),
    (16, "Исакова Сезим Эркиновна", "+996700118204", "done", 5, 0, ""),
]


class _Milestones:
    """Four dates around today, in the shape a campaign keeps them."""

    def all(self) -> list[SimpleNamespace]:
        today = timezone.localdate()
        names = (_("Начало регистрации"), _("Последний день регистрации"), _("Тестирование"))
        return [
            SimpleNamespace(day=today + timedelta(days=days), name=name)
            for days, name in zip((-20, 12, 69), names, strict=True)
        ]


def _campaign() -> dict[str, Any]:
    return {
        "name": _("ОРТ 2027"),
        "is_open": True,
        "closes_at": timezone.now() + timedelta(days=12),
        "milestones": _Milestones(),
        "centre": {"name": _("Центр тестирования")},
        "helpline": "0 312 00-00-00",
    }


def _pupils() -> list[dict[str, Any]]:
    keys = ("number", "name", "phone", "status", "done", "returned", "look")
    return [dict(zip(keys, row, strict=True)) for row in _PUPILS]


def facts(page: str) -> dict[str, Any]:
    """What the page of the gallery is filled with."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time(14, 35)))
    return {
        "page": page,
        "pages": PAGES,
        "campaign": _campaign(),
        "statuses": list(statuses.STATUSES),
        "icons": sorted(icons.NAMES),
        "counts": _COUNTS,
        "saved_at": today,
        "pupils": _pupils(),
        "form": _form(page),
        "every": EveryForm(initial=_FILLED),
        "wrong": EveryForm(
            {f"wrong-{name}": typed for name, typed in _WRONG.items()}, prefix="wrong"
        ),
    }


def _form(page: str) -> forms.Form:
    shown = {
        "step": AddressForm(_TYPED),
        "school": AccessForm(),
        "login": SignInForm(initial={"login": "+996555123456"}),
    }
    return shown.get(page, forms.Form())


PAGES = ("components", "tasks", "step", "photo", "school", "login", "message")


def template(page: str) -> str:
    if page not in PAGES:
        raise Http404
    return f"ui/gallery/{page}.html"
