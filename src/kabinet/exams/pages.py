"""The form as a declaration: pages → groups → fields with conditions (ruling 12).

The same declaration fills a page, says what is missing, shows the summary, prints it and is what
a reviewer will look at. Choices (subjects, prices, kinds of documents …) are data of the campaign.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django import forms as django_forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from kabinet.core import phones
from kabinet.exams import evidence, forms
from kabinet.exams.models import (
    Address,
    Application,
    Campaign,
    Choice,
    Documents,
    Face,
    FormPage,
    Paper,
    Personal,
)
from kabinet.exams.offer import Offer, offer_of
from kabinet.ui.templatetags.kabinet import daymonth, daymonthyear, first_input

Text = str | Promise


@dataclass(frozen=True)
class Problem:
    """What is missing or wrong: ``link`` leads to the field, ``sentence`` says what to do."""

    page: str
    field: str
    sentence: str
    link: str


@dataclass(frozen=True)
class Row:
    """One line of the summary. ``author``: who saved it last and when, in words."""

    label: Text
    values: tuple[str, ...]
    field: str = ""
    problem: str = ""
    warnings: tuple[str, ...] = ()
    author: str = ""
    papers: tuple[Paper, ...] = ()


def as_text(value: Any) -> tuple[str, ...]:
    return (str(value),) if value else ()


def always(campaign: Campaign) -> bool:
    return True


@dataclass(frozen=True)
class Field:
    """One question: how it is typed, kept, shown and signed.

    ``listed`` is its label in the summary, where that differs.
    ``build`` makes the form field; ``value`` reads the typed columns; ``column`` is what a clean
    value becomes there; ``show`` gives the lines of the summary; ``answer`` the JSON that the
    receipt's hash covers. ``masked`` values never stand in the journal in full.
    """

    name: str
    label: Text
    build: Callable[[Offer, Campaign], django_forms.Field]
    hint: Text = ""
    listed: Text = ""
    value: Callable[[Any, Offer], Any] | None = None
    column: Callable[[Any], Any] = field(default=lambda value: value)
    show: Callable[[Any], tuple[str, ...]] = as_text
    answer: Callable[[Any], Any] = str
    when: Callable[[Campaign], bool] = always
    masked: bool = False

    def read(self, row: FormPage, offer: Offer) -> Any:
        return self.value(row, offer) if self.value else getattr(row, self.name)


@dataclass(frozen=True)
class Group:
    title: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Page:
    """A step of the form. ``relation``: name of its row at the application."""

    slug: str
    title: Text
    lead: Text
    model: type[FormPage]
    relation: str

    def row(self, application: Application) -> FormPage:
        """The stored row, or a new one; needs no statement when the page was joined."""
        try:
            found: FormPage = getattr(application, self.relation)
        except self.model.DoesNotExist:
            return self.model(application=application)
        return found

    def url(self, application: Application, field_name: str = "") -> str:
        address = reverse("exams:page", args=[application.pk, self.slug])
        return f"{address}?check#{field_name}" if field_name else address

    def problems(self, application: Application) -> list[Problem]:
        raise NotImplementedError

    def rows(self, application: Application) -> list[Row]:
        raise NotImplementedError

    def answers(self, application: Application) -> dict[str, Any]:
        raise NotImplementedError


@dataclass(frozen=True)
class QuestionPage(Page):
    """A page of typed answers.

    ``feeds`` is what other pages (``fed``) depend on: when it changes, they are judged again.
    """

    groups: tuple[Group, ...] = ()
    checks: tuple[Callable[[forms.PageForm], None], ...] = ()
    feeds: Callable[[Any], Any] = field(default=lambda row: None)
    fed: tuple[str, ...] = ()

    def fields_of(self, campaign: Campaign) -> Iterator[Field]:
        return (item for group in self.groups for item in group.fields if item.when(campaign))

    def form(
        self, application: Application, draft: Mapping[str, forms.Raw] | None = None
    ) -> forms.PageForm:
        """Bound to ``draft``, or to what is stored."""
        return forms.PageForm(
            self, application, self.row(application).draft if draft is None else draft
        )

    def problems(self, application: Application) -> list[Problem]:
        return self.problems_of(application, self.form(application))

    def problems_of(self, application: Application, form: forms.PageForm) -> list[Problem]:
        return [
            Problem(self.slug, bound.name, str(sentence), self.url(application, first_input(bound)))
            for bound in form
            for sentence in bound.errors
        ]

    def rows(self, application: Application) -> list[Row]:
        row, offer = self.row(application), offer_of(application.campaign)
        form = self.form(application)
        wrong = {name: str(sentences[0]) for name, sentences in form.errors.items()}
        return [
            Row(
                label=item.listed or item.label,
                values=item.show(item.read(row, offer)),
                field=item.name,
                problem=wrong.get(item.name, ""),
                warnings=tuple(form.warnings.get(item.name, ())),
                author=_author(row, item.name),
            )
            for item in self.fields_of(application.campaign)
        ]

    def answers(self, application: Application) -> dict[str, Any]:
        row, offer = self.row(application), offer_of(application.campaign)
        told = [(item, item.read(row, offer)) for item in self.fields_of(application.campaign)]
        return {item.name: item.answer(value) if value else None for item, value in told}


@dataclass(frozen=True)
class EvidencePage(Page):
    """A page of photos and scans; ``judge`` says what is missing, ``lines`` what there is."""

    judge: Callable[[Application], list[tuple[str, str]]] = field(default=lambda application: [])
    lines: Callable[[Application], list[evidence.Line]] = field(default=lambda application: [])
    sign: Callable[[Application], dict[str, Any]] = field(default=lambda application: {})

    def problems(self, application: Application) -> list[Problem]:
        return [
            Problem(self.slug, name, sentence, self.url(application, name))
            for name, sentence in self.judge(application)
        ]

    def rows(self, application: Application) -> list[Row]:
        return [
            Row(line.label, line.values, papers=line.papers, warnings=line.warnings)
            for line in self.lines(application)
        ]

    def answers(self, application: Application) -> dict[str, Any]:
        return self.sign(application)


def show_date(value: date | None) -> tuple[str, ...]:
    return as_text(daymonthyear(value))


def show_sex(value: str) -> tuple[str, ...]:
    return as_text(Personal.Sex(value).label if value else "")


def show_phone(value: str) -> tuple[str, ...]:
    return as_text(phones.show(value) if value else "")


def show_named(value: Any) -> tuple[str, ...]:
    return as_text(value.name if value else "")


def show_subjects(value: list[Any]) -> tuple[str, ...]:
    return tuple(subject.name for subject in value)


def code_of(value: Any) -> str:
    return str(value.code)


def codes_of(value: list[Any]) -> list[str]:
    return sorted(item.code for item in value)


def in_order(value: list[Any]) -> list[str]:
    return [item.code for item in value]


PERSONAL = QuestionPage(
    slug="personal",
    title=gettext_lazy("Личные данные"),
    lead=gettext_lazy("Как в документе, с которым вы придёте на тест."),
    model=Personal,
    relation="personal",
    groups=(
        Group(
            gettext_lazy("О вас"),
            (
                Field("sex", gettext_lazy("Пол"), forms.sex, show=show_sex),
                Field(
                    "birth_date",
                    gettext_lazy("Дата рождения"),
                    forms.birth_date,
                    show=show_date,
                    answer=date.isoformat,
                ),
            ),
        ),
        Group(
            gettext_lazy("Документ"),
            (
                Field(
                    "document_kind",
                    gettext_lazy("Какой документ"),
                    forms.document_kind,
                    value=lambda row, offer: offer.kind(row.document_kind_id),
                    show=show_named,
                    answer=code_of,
                ),
                Field(
                    "document_number",
                    gettext_lazy("Номер документа"),
                    forms.document_number,
                    masked=True,
                ),
                Field(
                    "pin",
                    gettext_lazy("ПИН"),
                    forms.pin,
                    hint=gettext_lazy("14 цифр на документе. Если его нет, оставьте пустым"),
                    when=lambda campaign: campaign.ask_pin,
                    masked=True,
                ),
            ),
        ),
    ),
    checks=(forms.check_age, forms.check_document_number, forms.check_pin),
    feeds=lambda row: row.document_kind_id,
    fed=("documents",),
)

ADDRESS = QuestionPage(
    slug="address",
    title=gettext_lazy("Адрес проживания"),
    lead=gettext_lazy("Где вы живёте сейчас. По адресу подберём пункт тестирования."),
    model=Address,
    relation="address",
    groups=(
        Group(
            gettext_lazy("Адрес"),
            (
                Field(
                    "region",
                    gettext_lazy("Область или город"),
                    forms.region,
                    value=lambda row, offer: offer.territory(row.region_id),
                    show=show_named,
                    answer=code_of,
                ),
                Field(
                    "district",
                    gettext_lazy("Район"),
                    forms.district,
                    value=lambda row, offer: offer.territory(row.district_id),
                    show=show_named,
                    answer=code_of,
                ),
                Field("town", gettext_lazy("Город или село"), forms.town),
                Field("street", gettext_lazy("Улица, дом, квартира"), forms.street),
            ),
        ),
        Group(
            gettext_lazy("Связь"),
            (
                Field(
                    "second_phone",
                    gettext_lazy("Дополнительный номер телефона"),
                    forms.second_phone,
                    hint=gettext_lazy("Родителя или опекуна, чтобы дозвониться до вас"),
                    show=show_phone,
                    when=lambda campaign: campaign.ask_second_phone,
                ),
            ),
        ),
    ),
    checks=(forms.check_territory,),
)

SUBJECTS = QuestionPage(
    slug="subjects",
    title=gettext_lazy("Предметы и язык теста"),
    lead=gettext_lazy("Основной тест сдают все. Отметьте, что ещё нужно для вашей специальности."),
    model=Choice,
    relation="choice",
    groups=(
        Group(
            gettext_lazy("Предметы"),
            (
                Field(
                    "subjects",
                    gettext_lazy("Предметы по выбору"),
                    forms.subjects,
                    listed=gettext_lazy("Все предметы"),
                    value=lambda row, offer: offer.taken(row.subjects),
                    column=in_order,
                    show=show_subjects,
                    answer=codes_of,
                ),
            ),
        ),
        Group(
            gettext_lazy("Язык"),
            (
                Field(
                    "language",
                    gettext_lazy("Язык тестирования"),
                    forms.language,
                    value=lambda row, offer: offer.language(row.language_id),
                    show=show_named,
                    answer=code_of,
                ),
            ),
        ),
    ),
    checks=(forms.check_subjects,),
)

DOCUMENTS = EvidencePage(
    slug="documents",
    title=gettext_lazy("Фото документа и льгота"),
    lead=gettext_lazy("Фото оригинала, не копии. Каждое фото сохраняется сразу."),
    model=Documents,
    relation="documents",
    judge=evidence.missing_documents,
    lines=evidence.document_lines,
    sign=evidence.document_answers,
)

FACE = EvidencePage(
    slug="face",
    title=gettext_lazy("Фото лица"),
    lead=gettext_lazy("Цветное, на светлом фоне, не старше шести месяцев."),
    model=Face,
    relation="face",
    judge=evidence.missing_face,
    lines=evidence.face_lines,
    sign=evidence.face_answers,
)

PAGES: tuple[Page, ...] = (PERSONAL, ADDRESS, SUBJECTS, DOCUMENTS, FACE)
BY_SLUG: Mapping[str, Page] = {page.slug: page for page in PAGES}
QUESTION_PAGES: Mapping[str, QuestionPage] = {
    page.slug: page for page in (PERSONAL, ADDRESS, SUBJECTS)
}


def problems_of(application: Application) -> list[Problem]:
    """Everything missing or wrong on all pages, in their order."""
    return [problem for page in PAGES for problem in page.problems(application)]


def answers_of(application: Application) -> dict[str, dict[str, Any]]:
    """All answers in canonical JSON, by page: what the receipt's hash covers."""
    applicant = application.applicant
    name = {
        "surname": applicant.surname,
        "given_name": applicant.given_name,
        "patronymic": applicant.patronymic,
    }
    return {"applicant": name, **{page.slug: page.answers(application) for page in PAGES}}


def following(page: Page) -> Page | None:
    place = PAGES.index(page) + 1
    return PAGES[place] if place < len(PAGES) else None


def authors_of(row: FormPage) -> list[tuple[str, datetime]]:
    """Who filled a page, and when each of them wrote last, the newest first."""
    last: dict[str, tuple[str, datetime]] = {}
    for person, name, at, _version in row.authors.values():
        moment = datetime.fromisoformat(at)
        if person not in last or last[person][1] < moment:
            last[person] = (name, moment)
    return sorted(last.values(), key=lambda told: told[1], reverse=True)


def only_author(rows: list[Row]) -> str:
    """Who filled all rows that are filled, where it was one and the same at one time; else empty."""
    told = {row.author for row in rows if row.author}
    return told.pop() if len(told) == 1 else ""


def _author(row: FormPage, name: str) -> str:
    if name not in row.authors:
        return ""
    _person, who, at, _version = row.authors[name]
    moment = localtime(datetime.fromisoformat(at))
    return f"{who}, {daymonth(moment)}, {moment:%H:%M}"
