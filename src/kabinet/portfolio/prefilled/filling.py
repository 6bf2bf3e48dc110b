"""What stands in the placeholders, and the DOCX with it."""

from collections.abc import Mapping
from io import BytesIO

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from docxtpl import DocxTemplate

from kabinet.portfolio.models import AcademicYear, DocumentTemplate, Enrolment
from kabinet.portfolio.prefilled.inspecting import ENVIRONMENT
from kabinet.portfolio.standing import facts_until, standing_of, year_of_study
from kabinet.ui.templatetags.kabinet import daymonthyear

BLANK = "_" * 24
"""Stands where a fact is not known, to be filled by hand."""

PLACEHOLDERS: Mapping[str, Promise] = {
    "name": _("фамилия, имя и отчество аспиранта"),
    "short_name": _("фамилия и инициалы аспиранта"),
    "topic": _("тема"),
    "speciality": _("шифр и название специальности"),
    "supervisor": _("научный руководитель"),
    "department": _("кафедра"),
    "university": _("университет"),
    "study_form": _("форма обучения"),
    "course": _("курс"),
    "year": _("учебный год"),
    "order": _("приказ о зачислении"),
    "today": _("сегодняшнее число"),
}


def facts_for(enrolment: Enrolment, year: AcademicYear | None) -> dict[str, str]:
    """A value for every placeholder; what is not known is a line to write on."""
    standing = standing_of(enrolment)
    course = year_of_study(enrolment, year) if year else None
    known = {
        "name": enrolment.person.full_name,
        "short_name": enrolment.person.short_name,
        "topic": standing.topic,
        "speciality": str(enrolment.speciality),
        "supervisor": standing.supervisor.full_name
        if standing.supervisor
        else standing.supervisor_name,
        "department": enrolment.department.name,
        "university": enrolment.university.name,
        "study_form": enrolment.study_form.name,
        "course": str(course or ""),
        "year": year.name if year else "",
        "order": _order(enrolment),
        "today": daymonthyear(timezone.localdate()),
    }
    return {name: _one_line(known[name]) or BLANK for name in PLACEHOLDERS}


def fill(template: DocumentTemplate, facts: Mapping[str, str]) -> bytes:
    """The DOCX with the facts; each is text, whatever letters it has."""
    document = DocxTemplate(BytesIO(bytes(template.content)))
    document.render(dict(facts), jinja_env=ENVIRONMENT, autoescape=True)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _order(enrolment: Enrolment) -> str:
    facts = facts_until(enrolment, timezone.localdate())
    if not facts:
        return ""
    first = facts[0]
    day = first.order_date or first.since
    return f"№ {first.order_number}, {daymonthyear(day)}"


def _one_line(text: str) -> str:
    """Word's own breaks and invisible letters would be taken for commands."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
