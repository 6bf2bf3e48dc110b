"""The cast of the PhD cabinet: Ilya studies with Orlova; Saidov supervises elsewhere in the same house."""

from datetime import date
from typing import Any

import pytest
import time_machine

from kabinet.people.models import Organisation, Person
from kabinet.portfolio.models import (
    AcademicYear,
    Enrolment,
    EnrolmentFact,
    Requirement,
    Speciality,
    StudyForm,
)
from kabinet.portfolio.presets import catalogue
from tests.conftest import at

TODAY = "2026-11-23T09:00:00+00:00"


def someone(surname: str, given_name: str, patronymic: str = "") -> Person:
    return Person.objects.create_person(
        surname=surname,
        given_name=given_name,
        patronymic=patronymic,
        email=f"{surname}.{given_name}@example.org".lower(),
    )


@pytest.fixture(autouse=True)
def today() -> Any:
    """A Monday in the autumn of the second year."""
    with time_machine.travel(TODAY, tick=True) as traveller:
        yield traveller


@pytest.fixture
def university(db: None) -> Organisation:
    made = Organisation.objects.create(kind="university", code="u1", name="Технический университет")
    catalogue.install(university=made, years_from=2025, years=2)
    return made


@pytest.fixture
def department(university: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind="department", code="as", name="Автоматизированные системы", parent=university
    )


@pytest.fixture
def other_university(db: None) -> Organisation:
    made = Organisation.objects.create(kind="university", code="u2", name="Другой университет")
    catalogue.install(university=made, years_from=2025, years=2)
    return made


@pytest.fixture
def other_department(other_university: Organisation) -> Organisation:
    return Organisation.objects.create(
        kind="department", code="ph", name="Физика", parent=other_university
    )


@pytest.fixture
def office(university: Organisation) -> Person:
    return at(someone("Кузнецова", "Мария", "Львовна"), university, "phd_office")


@pytest.fixture
def other_office(other_university: Organisation) -> Person:
    return at(someone("Ли", "Вера"), other_university, "phd_office")


@pytest.fixture
def orlova(department: Organisation) -> Person:
    return at(someone("Орлова", "Наталья", "Викторовна"), department, "supervisor")


@pytest.fixture
def saidov(department: Organisation) -> Person:
    return at(someone("Саидов", "Тимур", "Азизович"), department, "supervisor")


def enrolled(
    person: Person, department: Organisation, supervisor: Person | None, *, course: int = 1
) -> Enrolment:
    university = department.parent
    assert university
    speciality, _new = Speciality.objects.get_or_create(
        university=university, code="2.3.1", defaults={"name_ru": "Системный анализ"}
    )
    enrolment = Enrolment.objects.create(
        person=person,
        university=university,
        department=department,
        speciality=speciality,
        study_form=StudyForm.objects.get(university=university, code="full"),
        since=date(2025, 9, 1),
    )
    fact(enrolment, "enrolled", date(2025, 9, 1), year_of_study=course)
    if supervisor:
        fact(enrolment, "supervisor", date(2025, 9, 15), supervisor=supervisor)
    fact(enrolment, "topic", date(2025, 12, 1), value="Модели & методы <учёта> рисков")
    return enrolment


def fact(enrolment: Enrolment, kind: str, since: date, **more: Any) -> EnrolmentFact:
    return EnrolmentFact.objects.create(
        enrolment=enrolment, kind=kind, since=since, order_number="17-к", **more
    )


@pytest.fixture
def ilya(department: Organisation) -> Person:
    return at(someone("Петров", "Илья", "Сергеевич"), department, "phd_student")


@pytest.fixture
def study(ilya: Person, department: Organisation, orlova: Person) -> Enrolment:
    return enrolled(ilya, department, orlova)


@pytest.fixture
def dina(department: Organisation, saidov: Person) -> Person:
    """Another student of the same department."""
    student = at(someone("Алиева", "Дина"), department, "phd_student")
    enrolled(student, department, saidov)
    return student


@pytest.fixture
def year(university: Organisation) -> AcademicYear:
    return AcademicYear.objects.get(university=university, starts=date(2026, 9, 1))


@pytest.fixture
def last_year(university: Organisation) -> AcademicYear:
    return AcademicYear.objects.get(university=university, starts=date(2025, 9, 1))


def required(study: Enrolment, code: str, term: str = "", course: int = 2) -> Requirement:
    return Requirement.objects.select_related("document_type").get(
        study_form=study.study_form,
        year_of_study=course,
        document_type__code=code,
        term_ru=term,
    )
