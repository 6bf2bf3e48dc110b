"""The rows in which accesses are opened, and the question why a password is replaced."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kabinet.core import names
from kabinet.people.access_rows import AccessRow
from kabinet.people.models import Organisation
from kabinet.ui.fields import NameField, PhoneField, TextField
from kabinet.ui.widgets import RadioRows, Select


class AccessForm(forms.Form):
    """One person: phone, surname, name, patronymic. Blank phones are judged by the subclass."""

    use_required_attribute = False

    phone = PhoneField(
        label=_("Телефон — станет логином"),
        error_messages={"required": _("Напишите номер телефона")},
    )
    surname = NameField(label=_("Фамилия"), error_messages={"required": _("Напишите фамилию")})
    given_name = NameField(label=_("Имя"), error_messages={"required": _("Напишите имя")})
    patronymic = NameField(label=_("Отчество"), required=False)

    @property
    def row(self) -> AccessRow:
        """What was entered, once the form is valid."""
        data = self.cleaned_data
        return AccessRow(
            phone=data["phone"] or None,
            surname=data["surname"],
            given_name=data["given_name"],
            patronymic=data["patronymic"],
        )

    @property
    def begins_at(self) -> str:
        """The field in which a new row is begun."""
        return "phone"

    def focus(self, *, anew: bool) -> None:
        """The cursor stands at the first wrong field; for a new row (``anew``), where it begins."""
        wrong = next((name for name in self.fields if name in self.errors), None)
        name = wrong or (self.begins_at if anew else None)
        if name:
            self.fields[name].widget.attrs["autofocus"] = True

    def take(self, errors: dict[str, str]) -> None:
        """The refusals of the action, at their fields."""
        for name, sentence in errors.items():
            self.add_error(name if name in self.fields else "phone", sentence)


class GraduateForm(AccessForm):
    """A child without an own phone signs in with the number; the family's phone is only a contact."""

    no_phone = forms.BooleanField(label=_("Нет своего телефона"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        missing = "phone" not in self.errors and not data.get("phone")
        if missing and not data.get("no_phone"):
            self.add_error("phone", _("Напишите номер или отметьте «Нет своего телефона»"))
        return data

    @property
    def row(self) -> AccessRow:
        row = super().row
        if not self.cleaned_data["no_phone"]:
            return row
        return AccessRow(
            phone=None,
            surname=row.surname,
            given_name=row.given_name,
            patronymic=row.patronymic,
            contact_phone=row.phone or "",
        )

    @property
    def name_key(self) -> str:
        """Names the person of the question «Похоже, такой выпускник уже есть»."""
        row = self.row
        return names.search_key(row.surname, row.given_name, row.patronymic)

    @property
    def is_meant(self) -> bool:
        """Whether the question was answered with yes, for this very name."""
        return self.data.get("meant") == self.name_key


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg] # generic only for the checker
    """One of the branches below; what is not below is no choice at all."""

    widget = Select

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organisation.objects.none(), empty_label="", **kwargs)


class HolderForm(AccessForm):
    """Who looks after a branch: the responsible of a school, the officer of a district."""

    place = PlaceField(label="")
    field_order = ["place"]

    def __init__(
        self, *args: Any, places: QuerySet[Organisation], label: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(PlaceField, self.fields["place"])
        field.queryset = places
        field.label = label
        field.error_messages["required"] = field.error_messages["invalid_choice"] = _(
            "Выберите из списка"
        )

    @property
    def begins_at(self) -> str:
        return "phone" if self["place"].value() else "place"


class ReplaceForm(forms.Form):
    """«Изменить пароль»: why."""

    LOST, ASKED, OTHER = "lost", "asked", "other"

    reason = forms.ChoiceField(
        label=_("Почему"),
        choices=[
            (LOST, _("Пароль потерян или забыт")),
            (ASKED, _("Человек попросил сам")),
            (OTHER, _("Другая причина")),
        ],
        widget=RadioRows,
        error_messages={"required": _("Выберите причину")},
    )
    told = TextField(
        label=_("Какая причина"),
        help_text=_("Если выбрали «Другая причина»"),
        required=False,
        max_length=200,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("reason") == self.OTHER and not data.get("told") and "told" not in self.errors:
            self.add_error("told", _("Напишите причину: её увидят в журнале"))
        return data

    @property
    def reason_told(self) -> str:
        """For the journal: the code, or what was written."""
        data = self.cleaned_data
        return str(data["told"] if data["reason"] == self.OTHER else data["reason"])


class EndForm(forms.Form):
    """Why somebody's post ends."""

    reason = TextField(
        label=_("Почему"),
        help_text=_("Например: ушла в отпуск, ответственным будет другой учитель"),
        max_length=200,
        error_messages={"required": _("Напишите причину: её увидят в журнале")},
    )
