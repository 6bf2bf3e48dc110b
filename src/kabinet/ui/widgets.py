"""The inputs of Kabinet's forms; each works without scripts and keeps what was typed as it was typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.widgets import ChoiceWidget
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException

from kabinet.core import money, phones

Attrs = dict[str, Any] | None


def _with_look(attrs: Attrs, **more: str) -> dict[str, Any]:
    return {"class": "in", **more, **(attrs or {})}


class Text(forms.TextInput):
    """One line of text."""

    own_look = True

    def __init__(self, attrs: Attrs = None) -> None:
        super().__init__(_with_look(attrs))


class LongText(forms.Textarea):
    own_look = True

    def __init__(self, attrs: Attrs = None) -> None:
        super().__init__(_with_look(attrs, rows="4"))


class Select(forms.Select):
    own_look = True

    def __init__(self, attrs: Attrs = None, choices: Any = ()) -> None:
        super().__init__(_with_look(attrs), choices)


class PhoneInput(forms.TextInput):
    """A number after the fixed country code; spaces, dashes and a leading zero are taken too."""

    own_look = True
    template_name = "ui/widgets/phone.html"

    def __init__(self, attrs: Attrs = None, *, prefix: str = "+996") -> None:
        super().__init__(_with_look(attrs, inputmode="tel", autocomplete="tel-national"))
        self.prefix = prefix

    def format_value(self, value: Any) -> str | None:
        """A stored number loses its country code; what was typed stays as it was typed."""
        text: str | None = super().format_value(value)
        if text is None or not text.startswith("+"):
            return text
        try:
            return str(phones.national_part(text))
        except NumberParseException:
            return text

    def get_context(self, name: str, value: Any, attrs: Attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["prefix"] = self.prefix
        return context


class SomInput(forms.TextInput):
    """An amount; the field shows tyiyn as som."""

    own_look = True
    template_name = "ui/widgets/suffixed.html"

    def __init__(self, attrs: Attrs = None) -> None:
        super().__init__(_with_look(attrs, inputmode="decimal"))

    def format_value(self, value: Any) -> str | None:
        return money.show_amount(value) if isinstance(value, int) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: Attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["suffix"] = _("сом")
        return context


class PasswordInput(forms.PasswordInput):
    """A password with the button «Показать», which appears when scripts run."""

    own_look = True
    template_name = "ui/widgets/password.html"

    def __init__(self, attrs: Attrs = None, render_value: bool = False) -> None:
        super().__init__(_with_look(attrs), render_value)


class DateBoxes(forms.Widget):
    """Day, month and year in three boxes; its value is a date or the three texts as typed."""

    own_look = True
    template_name = "ui/widgets/date.html"
    use_fieldset = True
    _boxes: tuple[tuple[str, str | Promise, int], ...] = (
        ("day", _("День"), 2),
        ("month", _("Месяц"), 12),
        ("year", _("Год"), 4),
    )

    def __init__(self, attrs: Attrs = None, *, birthday: bool = False) -> None:
        super().__init__(attrs)
        self.birthday = birthday

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> tuple[str, str, str] | None:
        parts = [data.get(f"{name}_{part}") for part, _label, _length in self._boxes]
        if all(part is None for part in parts):
            return None
        day, month, year = (str(part or "").strip() for part in parts)
        return day, month, year

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return self.value_from_datadict(data, files, name) is None

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_day" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: Attrs) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["boxes"] = [
            {
                "part": part,
                "label": label,
                "length": length,
                "value": typed,
                "autocomplete": f"bday-{part}" if self.birthday else "off",
            }
            for (part, label, length), typed in zip(self._boxes, _parts(value), strict=True)
        ]
        return context


def _parts(value: Any) -> tuple[Any, ...]:
    if isinstance(value, date):
        return value.day, value.month, value.year
    return tuple(value) if value else ("", "", "")


class _Described(ChoiceWidget):
    """Rows may carry a second line: ``descriptions`` is value → text."""

    own_look = True
    template_name = "ui/widgets/rows.html"
    descriptions: Mapping[Any, Any] = {}

    def __init__(
        self,
        attrs: Attrs = None,
        choices: Any = (),
        *,
        descriptions: Mapping[Any, Any] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.descriptions = descriptions or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["description"] = self.descriptions.get(str(value), "")
        return option


class RadioRows(_Described, forms.RadioSelect):
    """One of a few, each a row that can be pressed anywhere."""


class TickRows(_Described, forms.CheckboxSelectMultiple):
    """Any of a few."""
