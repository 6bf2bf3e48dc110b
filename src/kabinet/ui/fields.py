"""The fields of Kabinet's forms: what people type in, the normal form of ``core`` out, errors that help."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kabinet.core import money, names, phones
from kabinet.core.refusal import Refusal
from kabinet.ui import sentences, widgets


def refused(refusal: Refusal) -> ValidationError:
    """The refusal of a pure rule as an error of a form."""
    return ValidationError(
        sentences.say(refusal.message_key, refusal.params), code=refusal.message_key
    )


def wrong(key: str, **params: Any) -> ValidationError:
    return ValidationError(sentences.say(key, params), code=key)


class _Asking(forms.Field):
    """Without an own text for «required», the label says what to fill in."""

    required_text: Any = _("Заполните поле «{label}»")

    def __init__(self, **kwargs: Any) -> None:
        own = kwargs.get("error_messages") or {}
        super().__init__(**kwargs)
        if self.label and "required" not in own:
            self.error_messages["required"] = format_lazy(self.required_text, label=self.label)


class ChoiceField(_Asking, forms.ChoiceField):
    widget = widgets.Select
    required_text = _("Выберите ответ: {label}")


class MultipleChoiceField(_Asking, forms.MultipleChoiceField):
    widget = widgets.TickRows
    required_text = _("Выберите ответ: {label}")


class TickField(_Asking, forms.BooleanField):
    """A single box that must be ticked, unless ``required=False``."""

    required_text = _("Отметьте это, чтобы продолжить")


class TextField(_Asking, forms.CharField):
    widget: Any = widgets.Text


class NameField(TextField):
    """A surname, a given name or a patronymic, tidied as its owner would write it."""

    def __init__(self, *, max_length: int = 80, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        tidied = names.tidy(typed)
        if not names.is_name(tidied):
            raise wrong("name.not_letters")
        return tidied


class PhoneField(TextField):
    """A phone number in E.164; numbers of other countries with +."""

    widget = widgets.PhoneInput

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value)
        if not typed:
            return ""
        try:
            return phones.parse(typed)
        except Refusal as refusal:
            raise refused(refusal) from refusal


class SomField(_Asking, forms.Field):
    """An amount in som, as whole tyiyn."""

    widget = widgets.SomInput

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, int):
            return value
        if not str(value or "").strip():
            return None
        try:
            return money.parse_som(str(value))
        except Refusal as refusal:
            raise refused(refusal) from refusal


class DateBoxesField(_Asking, forms.Field):
    """A date from three boxes; the month in digits or by name, in Russian, Kyrgyz or English."""

    widget = widgets.DateBoxes

    def __init__(
        self, *, earliest: date = date(1900, 1, 1), future: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.earliest = earliest
        self.future = future

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date):
            return value
        if not value or not any(value):
            return None
        typed = date_from(*value)
        if typed < self.earliest:
            raise wrong("date.too_early", year=self.earliest.year)
        if typed > timezone.localdate() and not self.future:
            raise wrong("date.future")
        return typed

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


# The first three letters tell months apart in each language, but «мая», «май» and "may" are whole words.
_MONTH_STARTS = {
    start: month
    for row in (
        "янв фев мар апр мая июн июл авг сен окт ноя дек",
        "үчт бир жал чын буг кул тек баш аяк тог жет беш",
        "jan feb mar apr may jun jul aug sep oct nov dec",
    )
    for month, start in enumerate(row.split(), start=1)
} | {"май": 5}
_YEAR = re.compile(r"\d{4}", re.ASCII)
_NUMBER = re.compile(r"\d{1,2}", re.ASCII)


def date_from(day: str, month: str, year: str) -> date:
    """The date of three typed texts; a ValidationError names the box that is wrong."""
    for key, text in (("date.no_day", day), ("date.no_month", month), ("date.no_year", year)):
        if not text:
            raise wrong(key)
    if not _YEAR.fullmatch(year):
        raise wrong("date.short_year")
    if not _NUMBER.fullmatch(day):
        raise wrong("date.no_day")
    try:
        return date(int(year), month_from(month), int(day))
    except ValueError:
        raise wrong("date.no_such_day") from None


def month_from(text: str) -> int:
    if _NUMBER.fullmatch(text):
        number = int(text)
    else:
        folded = text.casefold()
        number = _MONTH_STARTS.get(folded[:3], 0)
    if not 1 <= number <= 12:
        raise wrong("date.no_month")
    return number
