"""The forms of a required document and of its day in one academic year."""

import calendar
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kabinet.portfolio.models import AcademicYear, DocumentType, Requirement, StudyForm
from kabinet.portfolio.office_lists.deadlines import LEAP_YEAR
from kabinet.portfolio.office_lists.forms import LineForm, whole_number
from kabinet.ui.fields import ChoiceField, DateBoxesField, TextField
from kabinet.ui.widgets import Select

MONTHS_OF_YEAR = [(month, MONTHS[month]) for month in (*range(9, 13), *range(1, 9))]
"""In the order of an academic year; Django knows their names."""


class DayForm(forms.Form):
    """When a document is due in one academic year."""

    use_required_attribute = False
    day = DateBoxesField(label=gettext_lazy("Срок в этом году"), future=True)


class RequirementForm(LineForm):
    """A document that is due. What it is and for whom stays; words and the day may change."""

    study_form = forms.ModelChoiceField(
        StudyForm.objects.none(),
        label=gettext_lazy("Форма обучения"),
        widget=Select,
        empty_label=gettext_lazy("Выберите"),
        error_messages={"required": gettext_lazy("Выберите форму обучения")},
    )
    year_of_study = whole_number(gettext_lazy("Курс"), 1, 8)
    document_type = forms.ModelChoiceField(
        DocumentType.objects.none(),
        label=gettext_lazy("Тип отчета"),
        widget=Select,
        empty_label=gettext_lazy("Выберите"),
        error_messages={"required": gettext_lazy("Выберите тип отчета")},
    )
    since_year = forms.ModelChoiceField(
        AcademicYear.objects.none(),
        label=gettext_lazy("Начиная с учебного года"),
        widget=Select,
        empty_label=None,
        error_messages={"required": gettext_lazy("Сначала добавьте учебный год")},
    )
    due_day = whole_number(gettext_lazy("Срок: день"), 1, 31)
    due_month = ChoiceField(label=gettext_lazy("Срок: месяц"), choices=MONTHS_OF_YEAR)
    term_ru = TextField(
        label=gettext_lazy("Какой по счёту, по-русски"),
        help_text=gettext_lazy("Если за год их несколько: осень, весна"),
        max_length=60,
        required=False,
    )
    term_ky = TextField(
        label=gettext_lazy("Какой по счёту, по-кыргызски"), max_length=60, required=False
    )
    term_en = TextField(
        label=gettext_lazy("Какой по счёту, по-английски"), max_length=60, required=False
    )
    fixed = ("study_form", "year_of_study", "document_type", "since_year")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.row:
            return
        years = AcademicYear.objects.filter(university=self.university).open()
        for name, rows in (
            ("study_form", StudyForm.objects.filter(university=self.university).open()),
            ("document_type", DocumentType.objects.filter(university=self.university).open()),
            ("since_year", years),
        ):
            cast("forms.ModelChoiceField[Any]", self.fields[name]).queryset = rows
        today = timezone.localdate()
        self.initial.setdefault("since_year", years.filter(starts__lte=today).first())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            data["due_month"] = int(data["due_month"])
            if data["due_day"] > calendar.monthrange(LEAP_YEAR, data["due_month"])[1]:
                self.add_error("due_day", _("В этом месяце нет такого дня"))
            self._check_set(data)
        return data

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        if year := facts.pop("since_year", None):
            facts["since"] = year.starts
        return facts

    def _check_set(self, data: dict[str, Any]) -> None:
        """The same document once in the set of a year of study; several differ by their term."""
        own = cast("Requirement | None", self.row)
        of = own.study_form_id if own else data["study_form"].pk
        course = own.year_of_study if own else data["year_of_study"]
        kind = own.document_type_id if own else data["document_type"].pk
        form = own.study_form if own else data["study_form"]
        if course > form.years:
            sentence = _("На этой форме последний курс: %(years)d") % {"years": form.years}
            self.add_error("year_of_study", sentence)
        self.refuse_twice(
            "term_ru",
            self.others.filter(
                study_form=of, year_of_study=course, document_type=kind, term_ru=data["term_ru"]
            ),
        )
