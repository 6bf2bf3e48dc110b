"""The forms of registration and of the office."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from kabinet.people.forms import EmailForm
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.linking import supervisors_at
from kabinet.portfolio.models import StudyForm
from kabinet.portfolio.orders import GIVEN, Order
from kabinet.ui.fields import ChoiceField, DateBoxesField, NameField, TextField
from kabinet.ui.widgets import Select, Text

UNCHANGED = _("Не меняется")


class RegisterForm(EmailForm):
    """Имя, фамилия, e-mail; the university only where there are several."""

    given_name = NameField(label=_("Имя"), widget=Text({"autocomplete": "given-name"}))
    surname = NameField(label=_("Фамилия"), widget=Text({"autocomplete": "family-name"}))
    field_order = ("given_name", "surname", "email", "university")

    def __init__(self, *args: Any, universities: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.universities = universities
        if len(universities) > 1:
            choices = [("", _("Выберите")), *((str(each.pk), each.name) for each in universities)]
            self.fields["university"] = ChoiceField(label=_("Университет"), choices=choices)

    def facts(self) -> dict[str, str]:
        """What a registration keeps beside the address."""
        only = str(self.universities[0].pk)
        return {
            "surname": self.cleaned_data["surname"],
            "given_name": self.cleaned_data["given_name"],
            "university": self.cleaned_data.get("university") or only,
        }


class OrderForm(forms.Form):
    """An order about a student; which of the fields count depends on its kind (``orders``)."""

    kind = ChoiceField(
        label=_("Вид приказа"),
        choices=[("", _("Выберите")), *((kind.value, kind.label) for kind in GIVEN)],
    )
    order_number = TextField(label=_("Приказ №"), max_length=60)
    order_date = DateBoxesField(label=_("Дата приказа"), required=False, future=True)
    since = DateBoxesField(label=_("Действует с"), future=True)
    until = DateBoxesField(label=_("Отпуск по"), required=False, future=True)
    supervisor = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Руководитель"),
        required=False,
        widget=Select,
        empty_label=UNCHANGED,
    )
    supervisor_name = TextField(
        label=_("Или имя руководителя, если кабинета у него нет"), max_length=250, required=False
    )
    department = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Кафедра"),
        required=False,
        widget=Select,
        empty_label=UNCHANGED,
    )
    study_form = forms.ModelChoiceField(
        StudyForm.objects.none(),
        label=_("Форма обучения"),
        required=False,
        widget=Select,
        empty_label=UNCHANGED,
    )
    year_of_study = forms.IntegerField(
        label=_("Курс"),
        min_value=1,
        max_value=8,
        required=False,
        widget=Text({"inputmode": "numeric"}),
        error_messages={"invalid": _("Курс пишется числом от 1 до 8")},
    )
    value = TextField(label=_("Тема или причина"), max_length=500, required=False)

    def __init__(self, *args: Any, university: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = {
            "supervisor": supervisors_at(university).order_by("sort_key"),
            "department": Organisation.objects.departments_of(university).open(),
            "study_form": StudyForm.objects.filter(university=university).open(),
        }
        for name, rows in chosen.items():
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows

    def order(self) -> Order:
        return Order(**self.cleaned_data)
