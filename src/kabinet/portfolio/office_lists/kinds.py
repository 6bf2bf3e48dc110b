"""Each list of the office, declared once: its words, its lines, who uses a line, what closing means.

A line is never deleted. Closed, it is offered for nothing new, and what uses it stays as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Case, Max, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from kabinet.people.access import Refused
from kabinet.people.models import Organisation, Post
from kabinet.portfolio.models import (
    AcademicYear,
    DocumentType,
    Enrolment,
    Report,
    Requirement,
    Speciality,
    StudyForm,
)
from kabinet.portfolio.office_lists import forms
from kabinet.portfolio.office_lists.counted import documents, students, supervisors, told
from kabinet.portfolio.office_lists.deadlines import due_day, place_of
from kabinet.portfolio.office_lists.required_form import RequirementForm
from kabinet.ui.templatetags.kabinet import daymonthyear

Words = str | Promise


class OfficeList:
    """What all lists share; ``Line`` is a row of ``model``."""

    slug: ClassVar[str]
    title: ClassVar[Words]
    adding: ClassVar[Words]
    about: ClassVar[Words]
    closing: ClassVar[Words] = gettext_lazy(
        "Закрытое не предлагается для нового. Всё, что его использует, остаётся как есть."
    )
    model: ClassVar[Any]
    form: ClassVar[type[forms.LineForm]]

    def lines(self, university: Organisation) -> QuerySet[Any]:
        """All of them, also the closed ones."""
        rows: QuerySet[Any] = self.model.objects.filter(university=university)
        return rows

    def new(self, university: Organisation) -> Any:
        """A line without its facts."""
        return self.model(university=university)

    def university_of(self, line: Any) -> Organisation:
        found: Organisation = line.university
        return found

    def heading(self, line: Any) -> str:
        """Under which heading of the page it stands; lines of one heading come together."""
        return ""

    def details(self, line: Any) -> Sequence[str]:
        """What stands under its name."""
        return ()

    def used_by(self, line: Any) -> Sequence[str]:
        """Who uses it, in words; empty where nobody does."""
        return ()

    def check_can_close(self, line: Any) -> None:
        """Raises Refused where something open still needs it."""

    def close(self, line: Any) -> None:
        line.closed_at = timezone.now()

    def reopen(self, line: Any) -> None:
        line.closed_at = None


class Departments(OfficeList):
    slug = "departments"
    title = gettext_lazy("Кафедры")
    adding = gettext_lazy("Добавить кафедру")
    about = gettext_lazy("Где учатся аспиранты и работают руководители")
    model = Organisation
    form = forms.DepartmentForm

    def lines(self, university: Organisation) -> QuerySet[Any]:
        return Organisation.objects.departments_of(university).select_related("parent")

    def new(self, university: Organisation) -> Any:
        taken = self.lines(university).values_list("code", flat=True)
        kind = Organisation.Kind.DEPARTMENT
        return Organisation(parent=university, kind=kind, code=free_code(taken))

    def university_of(self, line: Any) -> Organisation:
        found: Organisation = line.parent
        return found

    def used_by(self, line: Any) -> Sequence[str]:
        holders = Post.objects.current().filter(organisation=line, role=Post.Role.SUPERVISOR)
        return told(
            students(Enrolment.objects.filter(department=line).count()),
            supervisors(holders.count()),
        )


class Specialities(OfficeList):
    slug = "specialities"
    title = gettext_lazy("Специальности")
    adding = gettext_lazy("Добавить специальность")
    about = gettext_lazy("По номенклатуре, с шифром")
    model = Speciality
    form = forms.SpecialityForm

    def used_by(self, line: Any) -> Sequence[str]:
        return told(students(line.enrolments.count()))


class Numbered(OfficeList):
    """Lines with a code nobody sees and a place in the list; a new one is the last."""

    def new(self, university: Organisation) -> Any:
        rows = self.lines(university)
        last = rows.aggregate(n=Max("position"))["n"]
        return self.model(
            university=university,
            code=free_code(rows.values_list("code", flat=True)),
            position=0 if last is None else last + 1,
        )


class StudyForms(Numbered):
    slug = "forms"
    title = gettext_lazy("Формы обучения")
    adding = gettext_lazy("Добавить форму обучения")
    about = gettext_lazy("Очная, заочная и сколько лет на них учатся")
    model = StudyForm
    form = forms.StudyFormForm

    def details(self, line: Any) -> Sequence[str]:
        years = ngettext("%(n)s год", "%(n)s лет", line.years) % {"n": line.years}
        return (years,)

    def used_by(self, line: Any) -> Sequence[str]:
        return told(students(line.enrolments.count()))


class Years(OfficeList):
    """A closed year takes no new documents; what lies there is read and judged on."""

    slug = "years"
    title = gettext_lazy("Учебные годы")
    adding = gettext_lazy("Добавить учебный год")
    about = gettext_lazy("Даты каждого года и сроки документов в нём")
    closing = gettext_lazy(
        "В закрытый год аспиранты не сдают новых документов. Что уже сдано, читают и принимают, "
        "возвращённое можно исправить."
    )
    model = AcademicYear
    form = forms.YearForm

    def details(self, line: Any) -> Sequence[str]:
        return (f"{daymonthyear(line.starts)} – {daymonthyear(line.ends)}",)

    def used_by(self, line: Any) -> Sequence[str]:
        return told(documents(Report.objects.filter(academic_year=line).count()))


class DocumentTypes(Numbered):
    slug = "types"
    title = gettext_lazy("Типы отчетов")
    adding = gettext_lazy("Добавить тип отчета")
    about = gettext_lazy("Что аспиранты сдают и кто читает первым")
    model = DocumentType
    form = forms.DocumentTypeForm

    def details(self, line: Any) -> Sequence[str]:
        first = _("сначала руководитель") if line.by_supervisor else _("сразу отдел")
        return tuple(filter(None, (first, line.words)))

    def used_by(self, line: Any) -> Sequence[str]:
        return told(documents(line.reports.count()))

    def check_can_close(self, line: Any) -> None:
        wanted = [
            each for each in line.requirements.select_related("study_form") if not each.is_closed
        ]
        if wanted:
            where = ", ".join(dict.fromkeys(place_of(each) for each in wanted))
            raise Refused(
                _(
                    "Этот тип ещё требуется: %(where)s. Сначала закройте его в обязательных документах"
                )
                % {"where": where}
            )


class Requirements(OfficeList):
    """A closed one is not due any more from the current academic year on."""

    slug = "requirements"
    title = gettext_lazy("Обязательные документы")
    adding = gettext_lazy("Добавить документ")
    about = gettext_lazy("Что и когда сдают на каждом курсе каждой формы обучения")
    closing = gettext_lazy(
        "С этого учебного года документ не потребуется. Прежние годы и сданные файлы останутся."
    )
    model = Requirement
    form = RequirementForm

    def lines(self, university: Organisation) -> QuerySet[Any]:
        rows = super().lines(university).select_related("study_form", "document_type")
        return rows.order_by(
            "study_form__position",
            "study_form",
            "year_of_study",
            _AUTUMN_FIRST,
            "due_month",
            "due_day",
            "id",
        )

    def heading(self, line: Any) -> str:
        return place_of(line)

    def details(self, line: Any) -> Sequence[str]:
        due = pgettext("deadline", "до %(day)s") % {"day": due_day(line)}
        if not line.since:
            return (due,)
        return (due, _("с учебного года %(year)d") % {"year": line.since.year})

    def used_by(self, line: Any) -> Sequence[str]:
        return told(documents(line.reports.count()))

    def close(self, line: Any) -> None:
        today = timezone.localdate()
        years = AcademicYear.objects.filter(university=line.university_id)
        current = years.filter(starts__lte=today, ends__gte=today).first()
        line.until = (current.starts if current else today) - timedelta(days=1)

    def reopen(self, line: Any) -> None:
        if not line.document_type.is_closed:
            line.until = None
            return
        raise Refused(
            _("Тип отчета закрыт. Сначала откройте его: %(type)s") % {"type": line.document_type}
        )


_AUTUMN_FIRST = Case(When(due_month__gte=9, then=0), default=1)
_ALL = (Departments(), Specialities(), StudyForms(), Years(), DocumentTypes(), Requirements())
LISTS: Mapping[str, OfficeList] = {each.slug: each for each in _ALL}


def free_code(taken: Iterable[str]) -> str:
    """The smallest number that is nobody's code."""
    known = set(taken)
    return next(f"{n}" for n in range(1, len(known) + 2) if f"{n}" not in known)
