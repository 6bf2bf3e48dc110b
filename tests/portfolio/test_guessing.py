"""What the name of a file tells of its type, year and place."""

from datetime import date

import pytest

from kabinet.portfolio.guessing import guess_requirement, guess_type, guess_year, plain
from kabinet.portfolio.models import AcademicYear, DocumentType
from tests.portfolio.conftest import required

TYPES = [
    DocumentType(code="plan", words="план"),
    DocumentType(code="practice", words="практик"),
    DocumentType(code="teaching", words="педагог, педпрактик"),
    DocumentType(code="research", words="НИ, НИР, научн"),
]
YEARS = [
    AcademicYear(starts=date(start, 9, 1), ends=date(start + 1, 8, 31)) for start in (2025, 2026)
]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("План_2026.pdf", "plan"),
        ("Отчет по практике.pdf", "practice"),
        ("ПедПрактика осень.PDF", "teaching"),
        ("НИР-весна.pdf", "research"),
        ("Отчёт_о_научных исследованиях.pdf", "research"),
        ("скан 001.pdf", None),
        ("IMG_2026.jpg", None),
    ],
)
def test_the_type_is_known_by_its_words(name, code):
    found = guess_type(name, TYPES)
    assert (found.code if found else None) == code


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("План 2026-27.pdf", 2026),
        ("План 2025/2026.pdf", 2025),
        ("План_2026.pdf", 2026),  # touches both years; it is autumn 2026
        ("План_2025.pdf", 2025),
        ("Отчет 2027.pdf", 2026),
        ("План 2019.pdf", None),
        ("2026-29.pdf", 2026),
        ("без года.pdf", None),
    ],
)
def test_the_year_is_read_out_of_the_name(name, start):
    found = guess_year(name, YEARS, today=date(2026, 11, 23))
    assert (found.starts.year if found else None) == start


def test_the_term_tells_which_of_two(study):
    both = [required(study, "research", "осень"), required(study, "research", "весна")]
    assert guess_requirement("НИ_осенний.pdf", both) == both[0]
    assert guess_requirement("НИ.pdf", both) is None


def test_names_are_compared_without_signs_and_endings():
    assert plain("Отчёт_о--практике (2).PDF") == "отчет о практике 2"
