"""«Портфолио»: who the student is by the orders, what the student tells, and every document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kabinet.core.sheets import Column, write_sheet
from kabinet.portfolio.models import (
    AcademicYear,
    Achievement,
    Conference,
    Enrolment,
    Publication,
    Report,
)
from kabinet.portfolio.models.achievements import Told
from kabinet.portfolio.slots import reports_of
from kabinet.portfolio.standing import standing_of, year_of_study
from kabinet.ui.templatetags.kabinet import daymonthyear

STORIES: Mapping[str, type[Told]] = {
    "publications": Publication,
    "conferences": Conference,
    "achievements": Achievement,
}
TITLES = {
    "publications": gettext_lazy("Публикации"),
    "conferences": gettext_lazy("Конференции"),
    "achievements": gettext_lazy("Достижения"),
}


@dataclass(frozen=True)
class Section:
    """A kind of story with its present lines."""

    key: str
    title: str
    stories: Sequence[Told]


@dataclass(frozen=True)
class Portfolio:
    enrolment: Enrolment
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    reports: Sequence[Report]


def portfolio_of(enrolment: Enrolment, *, drafts: bool) -> Portfolio:
    reports = sorted(
        reports_of(enrolment, drafts=drafts),
        key=lambda each: (str(each.academic_year or ""), each.title),
        reverse=True,
    )
    sections = [Section(key, str(TITLES[key]), list(stories(enrolment, key))) for key in STORIES]
    return Portfolio(enrolment, facts_of(enrolment), sections, reports)


def stories(enrolment: Enrolment, key: str) -> QuerySet[Any]:
    """Present lines of a kind, the newest first."""
    rows = STORIES[key]._default_manager.filter(enrolment=enrolment, removed_at__isnull=True)
    return rows.select_related("document")


def facts_of(enrolment: Enrolment) -> list[tuple[str, str]]:
    """What the orders say, in the order of a form; read-only for everybody but the office."""
    standing = standing_of(enrolment)
    person = enrolment.person
    course = _course(enrolment)
    facts = [
        (_("Фамилия, имя, отчество"), person.full_name),
        (_("Эл. почта"), person.email or ""),
        (_("Университет"), enrolment.university.name),
        (_("Кафедра"), enrolment.department.name),
        (_("Специальность"), str(enrolment.speciality)),
        (_("Форма обучения"), str(enrolment.study_form)),
        (_("Курс"), str(course) if course else ""),
        (_("Зачислен(а)"), str(daymonthyear(enrolment.since))),
        (_("Руководитель"), standing.supervisor_name),
        (_("Тема"), standing.topic),
    ]
    return [(name, value) for name, value in facts if value]


def details(story: Told) -> str:
    """What stands under the title, in one line."""
    if isinstance(story, Publication):
        parts = [story.authors, story.published_in, story.indexed_in, story.address]
    elif isinstance(story, Conference):
        parts = [story.place, story.talk]
    else:
        parts = [getattr(story, "about", "")]
    day = str(daymonthyear(story.happened_on)) if story.happened_on else ""
    return ", ".join(filter(None, (*parts, day)))


def sheet(portfolio: Portfolio) -> bytes:
    """XLSX: one line for each fact, story and document."""
    columns = [
        Column(_("Раздел"), 26),
        Column(_("Что"), 44),
        Column(_("Подробнее"), 60),
        Column(_("Состояние"), 22),
    ]
    return write_sheet(columns, _lines(portfolio), title=_("Портфолио"))


def as_data(portfolio: Portfolio) -> dict[str, Any]:
    """What the PDF's template reads: texts only."""
    return {
        "title": _("Портфолио аспиранта"),
        "name": portfolio.enrolment.person.full_name,
        "made": _("Составлено %(day)s") % {"day": daymonthyear(timezone.localdate())},
        "facts": [list(fact) for fact in portfolio.facts],
        "sections": [
            {
                "title": section.title,
                "lines": [[story.title, details(story)] for story in section.stories],
            }
            for section in portfolio.sections
            if section.stories
        ],
        "documents": _("Документы аттестации"),
        "reports": [
            [report.title, str(report.academic_year or ""), report.get_state_display()]
            for report in portfolio.reports
        ],
    }


def _lines(portfolio: Portfolio) -> list[tuple[str, str, str, str]]:
    lines = [(_("Личные сведения"), name, value, "") for name, value in portfolio.facts]
    for section in portfolio.sections:
        lines += [(section.title, story.title, details(story), "") for story in section.stories]
    for report in portfolio.reports:
        year = str(report.academic_year or "")
        state = str(report.get_state_display())
        lines.append((_("Документы аттестации"), report.title, year, state))
    return lines


def _course(enrolment: Enrolment) -> int | None:
    today = timezone.localdate()
    year = AcademicYear.objects.filter(
        university=enrolment.university_id, starts__lte=today, ends__gte=today
    ).first()
    return year_of_study(enrolment, year) if year else None
