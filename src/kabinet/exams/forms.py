"""The fields of the form's pages and the rules that tie them, built from what the campaign offers.

``pages`` declares which field stands where; here is how each is typed and checked. A page's form
is always bound to the raw draft, so that a wrong value is shown again exactly as typed.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kabinet.core.documents import pin_warnings, tidy_number
from kabinet.core.money import show_som
from kabinet.exams.models import Application, Campaign, Personal, Subject, Territory
from kabinet.exams.offer import Offer, offer_of
from kabinet.ui.fields import DateBoxesField, PhoneField, TextField
from kabinet.ui.sentences import say
from kabinet.ui.templatetags.kabinet import daymonth
from kabinet.ui.widgets import DateBoxes, RadioRows, Select, Text, TickRows

if TYPE_CHECKING:
    from kabinet.exams.pages import QuestionPage

Raw = Mapping[str, list[str]]
"""One field as the browser sent it: HTML name → values. A date in three boxes has three names."""

EARLIEST_BIRTH = date(1900, 1, 1)
LONGEST_NUMBER = 30


class PageForm(forms.Form):
    """One page bound to its raw draft. ``warnings``: field → sentences that hinder nothing."""

    use_required_attribute = False

    def __init__(
        self, page: "QuestionPage", application: Application, draft: Mapping[str, Raw]
    ) -> None:
        super().__init__(data=as_query(draft))
        self.page = page
        self.draft = draft
        self.campaign: Campaign = application.campaign
        self.offer = offer_of(application.campaign)
        self.warnings: dict[str, list[str]] = {}
        for field in page.fields_of(application.campaign):
            control = field.build(self.offer, self.campaign)
            control.label = str(field.label)
            control.help_text = str(field.hint) or control.help_text
            self.fields[field.name] = control

    def clean(self) -> dict[str, Any]:
        for check in self.page.checks:
            check(self)
        return self.cleaned_data

    @property
    def typed_wrong(self) -> int:
        """How many fields are wrong although something stands in them: nobody is told off early."""
        return sum(any(map(any, self.draft.get(name, {}).values())) for name in self.errors)

    def shown(self, name: str) -> str:
        """A field's value as a person reads it; as typed, where it is wrong."""
        declared = next(item for item in self.page.fields_of(self.campaign) if item.name == name)
        self.is_valid()
        if name in self.cleaned_data:
            return ", ".join(declared.show(self.cleaned_data[name]))
        raw = self.draft.get(name, {})
        return " ".join(value for values in raw.values() for value in values if value)

    def warn(self, field: str, sentence: str) -> None:
        self.warnings.setdefault(field, []).append(sentence)


def as_query(draft: Mapping[str, Raw]) -> QueryDict:
    """The draft of a page as a posted form."""
    query = QueryDict(mutable=True)
    for raw in draft.values():
        for name, values in raw.items():
            query.setlist(name, list(values))
    return query


class OfferedField(forms.ChoiceField):
    """One row of the offer, chosen by its code; a code of another campaign is no choice at all."""

    def __init__(self, rows: Iterable[Any], **options: Any) -> None:
        self.rows = {row.code: row for row in rows}
        super().__init__(choices=[(code, row.name) for code, row in self.rows.items()], **options)

    def clean(self, value: Any) -> Any:
        return self.rows.get(super().clean(value))


class PlaceField(OfferedField):
    """A territory; whether one is missing depends on the other of the two, so the page asks."""

    def validate(self, value: Any) -> None:
        if value:
            super().validate(value)


class OfferedManyField(forms.MultipleChoiceField):
    """Several rows of the offer, in its order."""

    def __init__(self, rows: Iterable[Any], **options: Any) -> None:
        self.rows = {row.code: row for row in rows}
        super().__init__(choices=[(code, row.name) for code, row in self.rows.items()], **options)

    def clean(self, value: Any) -> list[Any]:
        chosen = set(super().clean(value))
        return [row for code, row in self.rows.items() if code in chosen]


class NumberField(forms.CharField):
    """The number of a document, brought to its one written form."""

    def to_python(self, value: Any) -> str:
        return tidy_number(super().to_python(value) or "")


def sex(offer: Offer, campaign: Campaign) -> forms.Field:
    return forms.ChoiceField(
        choices=Personal.Sex.choices,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Отметьте пол")},
    )


def birth_date(offer: Offer, campaign: Campaign) -> forms.Field:
    return DateBoxesField(
        earliest=EARLIEST_BIRTH,
        widget=DateBoxes(birthday=True),
        error_messages={"required": gettext_lazy("Напишите дату рождения")},
    )


def document_kind(offer: Offer, campaign: Campaign) -> forms.Field:
    return OfferedField(
        offer.document_kinds,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Выберите документ")},
    )


def document_number(offer: Offer, campaign: Campaign) -> forms.Field:
    examples = [kind.number_example for kind in offer.document_kinds if kind.number_example]
    hint = _("Например, %(number)s. Пробелы не важны") % {"number": examples[0]} if examples else ""
    return NumberField(
        max_length=LONGEST_NUMBER,
        help_text=hint,
        widget=Text(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Напишите номер документа")},
    )


def pin(offer: Offer, campaign: Campaign) -> forms.Field:
    return NumberField(
        max_length=LONGEST_NUMBER,
        required=False,
        widget=Text(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def region(offer: Offer, campaign: Campaign) -> forms.Field:
    field = PlaceField(offer.regions, widget=Select)
    field.choices = [("", _("Выберите")), *((place.code, place.name) for place in offer.regions)]
    return field


def district(offer: Offer, campaign: Campaign) -> forms.Field:
    """Grouped by region, so that it works without a script; a script hides the other regions."""
    field = PlaceField(offer.districts, widget=Select)
    groups = [
        (place.name, [(part.code, part.name) for part in offer.districts_of(place)])
        for place in offer.regions
        if offer.districts_of(place)
    ]
    field.choices = [("", _("Выберите")), *groups]
    return field


def town(offer: Offer, campaign: Campaign) -> forms.Field:
    return TextField(
        max_length=120,
        widget=Text(attrs={"autocomplete": "address-level2"}),
        error_messages={"required": gettext_lazy("Напишите город или село")},
    )


def street(offer: Offer, campaign: Campaign) -> forms.Field:
    return TextField(
        max_length=200,
        widget=Text(attrs={"autocomplete": "street-address"}),
        error_messages={"required": gettext_lazy("Напишите улицу, дом и квартиру")},
    )


def second_phone(offer: Offer, campaign: Campaign) -> forms.Field:
    return PhoneField(required=False)


def subjects(offer: Offer, campaign: Campaign) -> forms.Field:
    """How many are needed is the page's rule (``check_subjects``), which also counts too many."""
    return OfferedManyField(
        offer.optional, required=False, widget=TickRows(descriptions=_details(offer))
    )


def language(offer: Offer, campaign: Campaign) -> forms.Field:
    return OfferedField(
        offer.languages,
        widget=RadioRows,
        error_messages={"required": gettext_lazy("Выберите язык тестирования")},
    )


def check_age(form: PageForm) -> None:
    """Warnings only: whoever is younger or older than most may still take part."""
    born = form.cleaned_data.get("birth_date")
    if born:
        _warn_of_age(form, _age(born, timezone.localdate()))


def check_document_number(form: PageForm) -> None:
    kind, number = form.cleaned_data.get("document_kind"), form.cleaned_data.get("document_number")
    if kind and number and kind.number_pattern and not re.fullmatch(kind.number_pattern, number):
        form.add_error("document_number", _wrong_number(kind))


def check_pin(form: PageForm) -> None:
    """Warnings only: the state itself knows of personal numbers that do not follow the rule."""
    told = form.cleaned_data
    for key in pin_warnings(told.get("pin", ""), birth=told.get("birth_date"), sex=told.get("sex")):
        form.warn("pin", say(key))


def check_territory(form: PageForm) -> None:
    region, district = form.cleaned_data.get("region"), form.cleaned_data.get("district")
    if "region" in form.errors or "district" in form.errors:
        return
    if region is None and district is not None:
        region = form.cleaned_data["region"] = _region_of(form.offer, district)
    if region is None:
        form.add_error("region", _("Выберите область или город"))
    elif district is None and form.offer.districts_of(region):
        form.add_error("district", _("Выберите район"))
    elif district is not None and district.parent_id != region.pk:
        form.add_error("district", _("Этот район лежит в другой области. Выберите заново"))


def check_subjects(form: PageForm) -> None:
    chosen: list[Subject] | None = form.cleaned_data.get("subjects")
    if chosen is None:
        return
    sentences = [
        *_count_sentences(form.campaign, len(chosen)),
        *_clash_sentences(form.offer.compulsory + chosen),
        *_language_sentences(form, form.offer.compulsory + chosen),
    ]
    for sentence in sentences:
        form.add_error("subjects", sentence)


def _details(offer: Offer) -> dict[str, str]:
    """When the test is, what it costs, and what it is needed for."""
    return {
        subject.code: ". ".join(
            part
            for part in (_when(subject), show_som(subject.price, unit=_("сом")), subject.hint)
            if part
        )
        for subject in offer.optional
    }


def _when(subject: Subject) -> str:
    if subject.starts_at is None:
        return ""
    start = timezone.localtime(subject.starts_at)
    return _("%(day)s в %(time)s") % {"day": daymonth(start), "time": f"{start:%H:%M}"}


def _warn_of_age(form: PageForm, age: int) -> None:
    if age < form.campaign.min_age or age > form.campaign.max_age:
        sentence = ngettext(
            "По этой дате вам %(age)d год. Проверьте год рождения",
            "По этой дате вам %(age)d лет. Проверьте год рождения",
            age,
        )
        form.warn("birth_date", sentence % {"age": age})


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _wrong_number(kind: Any) -> str:
    if not kind.number_example:
        return _("Номер не похож на номер этого документа. Проверьте его")
    return _("Номер этого документа пишется так: %(example)s") % {"example": kind.number_example}


def _region_of(offer: Offer, district: Territory) -> Territory | None:
    return offer.territory(district.parent_id)


def _count_sentences(campaign: Campaign, count: int) -> list[str]:
    least, most = campaign.min_subjects, campaign.max_subjects
    if count < least:
        return [
            ngettext(
                "Выберите хотя бы %(count)d предмет",
                "Выберите не меньше %(count)d предметов",
                least,
            )
            % {"count": least}
        ]
    if count > most:
        return [
            ngettext(
                "Можно выбрать только %(count)d предмет",
                "Можно выбрать не больше %(count)d предметов",
                most,
            )
            % {"count": most}
        ]
    return []


def _clash_sentences(subjects: list[Subject]) -> list[str]:
    return [
        _("«%(one)s» и «%(other)s» идут в одно время. Оставьте один из них")
        % {"one": one.name, "other": other.name}
        for place, one in enumerate(subjects)
        for other in subjects[place + 1 :]
        if one.clashes_with(other)
    ]


def _language_sentences(form: PageForm, subjects: list[Subject]) -> list[str]:
    language = form.cleaned_data.get("language")
    if language is None:
        return []
    return [
        _("«%(subject)s» не сдают на этом языке. Смените язык или уберите предмет")
        % {"subject": subject.name}
        for subject in subjects
        if not form.offer.is_offered_in(subject, language.code)
    ]
