"""One form per list. Each knows what else stands in its list, and says at the field what is wrong."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kabinet.people.models import Organisation
from kabinet.ui.fields import DateBoxesField, TextField, TickField
from kabinet.ui.templatetags.kabinet import daymonthyear
from kabinet.ui.widgets import Text

LONGEST_YEAR = timedelta(days=400)


def whole_number(label: Any, least: int, most: int, **more: Any) -> forms.IntegerField:
    wrong = gettext_lazy("Напишите число от {least} до {most}")
    sentence = format_lazy(wrong, least=least, most=most)
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=Text({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
        **more,
    )


class LineForm(forms.Form):
    """A new line of a list, or ``row`` to be changed. ``others``: the rest of the list."""

    use_required_attribute = False
    fixed: ClassVar[tuple[str, ...]] = ()
    """Fields that a line gets once and for all."""

    def __init__(
        self,
        *args: Any,
        university: Organisation,
        others: QuerySet[Any],
        row: models.Model | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {
            **(self.initial or {}),
            **{name: getattr(row, name) for name in self.fields if hasattr(row, name)},
        }
        self.university, self.others, self.row = university, others, row
        for name in self.fixed if row else ():
            del self.fields[name]

    def refuse_twice(self, name: str, alike: Iterable[Any]) -> None:
        """At the field: another line of the list is the same already."""
        for other in alike:
            closed = _("Такая строка уже есть среди закрытых: откройте её снова")
            there = _("Такая строка уже есть в списке: %(line)s") % {"line": other}
            self.add_error(name, closed if other.is_closed else there)
            return

    def facts(self) -> dict[str, Any]:
        """The columns of the line."""
        return dict(self.cleaned_data)


class DepartmentForm(LineForm):
    name = TextField(label=gettext_lazy("Название кафедры"), max_length=200)

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        same = name.casefold()
        self.refuse_twice("name", (each for each in self.others if each.name.casefold() == same))
        return name


class NamedForm(LineForm):
    name_ru = TextField(label=gettext_lazy("Название по-русски"), max_length=160)
    name_ky = TextField(
        label=gettext_lazy("Название по-кыргызски"),
        help_text=gettext_lazy("Если пусто, покажем русское"),
        max_length=160,
        required=False,
    )
    name_en = TextField(label=gettext_lazy("Название по-английски"), max_length=160, required=False)
    named_once = True

    def clean_name_ru(self) -> str:
        name = " ".join(self.cleaned_data["name_ru"].split())
        if self.named_once:
            same = name.casefold()
            alike = (each for each in self.others if each.name_ru.casefold() == same)
            self.refuse_twice("name_ru", alike)
        return name


class SpecialityForm(NamedForm):
    code = TextField(
        label=gettext_lazy("Шифр"), help_text=gettext_lazy("Например, 2.3.1"), max_length=20
    )
    field_order = ("code", "name_ru", "name_ky", "name_en")
    named_once = False

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split()).strip(".")
        self.refuse_twice("code", (each for each in self.others if each.code == code))
        return code


class StudyFormForm(NamedForm):
    years = whole_number(gettext_lazy("Сколько лет учатся"), 1, 8, initial=3)


class DocumentTypeForm(NamedForm):
    words = TextField(
        label=gettext_lazy("Слова в имени файла"),
        help_text=gettext_lazy("Через запятую. По ним кабинет предлагает тип: практик, practice"),
        max_length=200,
        required=False,
    )
    by_supervisor = TickField(
        label=gettext_lazy("Сначала читает руководитель, потом отдел"),
        required=False,
        initial=True,
    )


class YearForm(LineForm):
    """The dates of an academic year; two years never share a day."""

    starts = DateBoxesField(label=gettext_lazy("Первый день"), future=True)
    ends = DateBoxesField(label=gettext_lazy("Последний день"), future=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row is None and (last := self.others.order_by("-ends").first()):
            starts = last.ends + timedelta(days=1)
            self.initial["starts"] = starts
            self.initial["ends"] = _year_later(starts) - timedelta(days=1)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = data.get("starts"), data.get("ends")
        if not starts or not ends:
            return data
        if not starts < ends <= starts + LONGEST_YEAR:
            self.add_error("ends", _("Учебный год длится до 13 месяцев. Проверьте обе даты"))
        for other in self.others.filter(starts__lte=ends, ends__gte=starts):
            days = {
                "year": other,
                "from": daymonthyear(other.starts),
                "to": daymonthyear(other.ends),
            }
            self.add_error("starts", _("Эти дни уже в году %(year)s: с %(from)s по %(to)s") % days)
        return data


def _year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=min(day.day, 28))
