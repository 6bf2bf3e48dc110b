"""The usual catalogue of a postgraduate office; every row may be changed afterwards."""

from collections.abc import Callable
from datetime import date
from typing import Any

from kabinet.people.models import Organisation, Person
from kabinet.portfolio.models import (
    AcademicYear,
    DocumentTemplate,
    DocumentType,
    Requirement,
    StudyForm,
)
from kabinet.portfolio.prefilled.actions import add_template
from kabinet.portfolio.presets import documents

FORMS: tuple[dict[str, Any], ...] = (
    {"code": "full", "name_ru": "Очная", "name_ky": "Күндүзгү", "name_en": "Full-time", "years": 3},
    {
        "code": "part",
        "name_ru": "Заочная",
        "name_ky": "Сырттан",
        "name_en": "Part-time",
        "years": 4,
    },
)
TYPES: tuple[dict[str, Any], ...] = (
    {
        "code": "plan",
        "name_ru": "Индивидуальный план на год",
        "name_ky": "Жылдык жеке план",
        "name_en": "Individual plan for the year",
        "words": "план, plan",
    },
    {
        "code": "research",
        "name_ru": "Отчёт о выполнении научных исследований",
        "name_ky": "Илимий изилдөөлөрдүн аткарылышы жөнүндө отчёт",
        "name_en": "Research report",
        "words": "НИ, НИР, научн, исследован, research",
    },
    {
        "code": "practice",
        "name_ru": "Отчёт о практике",
        "name_ky": "Практика жөнүндө отчёт",
        "name_en": "Practice report",
        "words": "практик, practice",
    },
    {
        "code": "teaching",
        "name_ru": "Отчёт о педагогической практике",
        "name_ky": "Педагогикалык практика жөнүндө отчёт",
        "name_en": "Teaching practice report",
        "words": "педагог, педпрактик, teaching",
    },
    {
        "code": "publications",
        "name_ru": "Список публикаций",
        "name_ky": "Басылмалардын тизмеси",
        "name_en": "List of publications",
        "words": "публикац, publication",
        "by_supervisor": False,
    },
    {
        "code": "exam",
        "name_ru": "Протокол кандидатского экзамена",
        "name_ky": "Кандидаттык экзамендин протоколу",
        "name_en": "Candidate examination record",
        "words": "протокол, экзамен, exam",
        "by_supervisor": False,
    },
)
AUTUMN = {"term_ru": "осень", "term_ky": "күз", "term_en": "autumn"}
SPRING = {"term_ru": "весна", "term_ky": "жаз", "term_en": "spring"}
# Years of study, type, month and day, term.
REQUIRED: tuple[tuple[tuple[int, ...], str, int, int, dict[str, str]], ...] = (
    ((1, 2, 3, 4), "plan", 10, 15, {}),
    ((1, 2, 3, 4), "research", 1, 20, AUTUMN),
    ((1, 2, 3, 4), "research", 6, 10, SPRING),
    ((2,), "teaching", 1, 25, {}),
    ((2, 3), "practice", 3, 1, {}),
    ((1, 2), "exam", 6, 25, {}),
    ((3, 4), "publications", 5, 20, {}),
)
TEMPLATES: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("plan", "План на год.docx", documents.individual_plan),
    ("research", "Отчёт о научных исследованиях.docx", documents.research_report),
    ("practice", "Отчёт о практике.docx", documents.practice_report),
)


def install(
    *, university: Organisation, years_from: int, years: int, actor: Person | None = None
) -> None:
    """Forms, types, sets and templates where they are missing; academic years from September on."""
    for start in range(years_from, years_from + years):
        AcademicYear.objects.get_or_create(
            university=university,
            starts=date(start, 9, 1),
            defaults={"ends": date(start + 1, 8, 31)},
        )
    forms = [_row(StudyForm, university, place, row) for place, row in enumerate(FORMS)]
    types = {row["code"]: _row(DocumentType, university, n, row) for n, row in enumerate(TYPES)}
    for form in forms:
        _require(university, form, types)
    for code, name, built in TEMPLATES:
        if not DocumentTemplate.objects.filter(document_type=types[code]).exists():
            add_template(actor=actor, document_type=types[code], name=name, data=built())


def _row(model: Any, university: Organisation, position: int, row: dict[str, Any]) -> Any:
    facts = {"position": position, **row}
    code = facts.pop("code")
    return model.objects.get_or_create(university=university, code=code, defaults=facts)[0]


def _require(university: Organisation, form: StudyForm, types: dict[str, DocumentType]) -> None:
    for courses, code, month, day, term in REQUIRED:
        for course in courses:
            if course <= form.years:
                Requirement.objects.get_or_create(
                    university=university,
                    study_form=form,
                    year_of_study=course,
                    document_type=types[code],
                    term_ru=term.get("term_ru", ""),
                    defaults={"due_month": month, "due_day": day, **term},
                )
