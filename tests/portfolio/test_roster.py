"""The roster: every fault of 500 rows at once, nothing half written, the same list again no change."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kabinet.portfolio.models import RosterEntry, Speciality
from kabinet.portfolio.roster import actions, reading
from kabinet.portfolio.roster.columns import COLUMNS
from kabinet.portfolio.roster.judging import judge
from kabinet.portfolio.roster.reading import Unreadable

HEADINGS = [str(column.title) for column in COLUMNS]
SURNAMES = ("Петров", "Садыкова", "Ли", "Орозбеков", "Вебер")


@pytest.fixture
def catalogue(university, department):
    Speciality.objects.create(university=university, code="2.3.1", name_ru="Системный анализ")


def line(number: int) -> list[object]:
    return [
        SURNAMES[number % len(SURNAMES)],
        "Илья",
        "",
        f"student{number}@example.org",
        "Автоматизированные системы",
        "2.3.1",
        "очная",
        number % 3 + 1,
        "Модели",
        "Орлова Н. В.",
        "",
        "41-к",
        "25.08.2026",
        date(2026, 9, 1),
    ]


def sheet(lines: list[list[object]], headings: list[str] = HEADINGS, above: int = 0) -> bytes:
    book = openpyxl.Workbook()
    for _ in range(above):
        book.active.append(["Список аспирантов"])
    book.active.append(headings)
    for each in lines:
        book.active.append(each)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


FAULTS = [  # row of the list, place of the cell, what stands there, the column that is named
    (3, 3, "не адрес", "Эл. почта"),
    (17, 0, "", "Фамилия"),
    (50, 4, "Кафедра, которой нет", "Кафедра"),
    (99, 7, 12, "Курс"),
    (150, 13, "вчера", "Зачислен с"),
    (151, 5, "9.9.9", "Специальность"),
    (200, 3, "student10@example.org", "Эл. почта"),
    (300, 11, None, "Приказ №"),
    (300, 0, "Петр0в", "Фамилия"),
    (499, 6, "вечерняя", "Форма обучения"),
]


def faulty() -> list[list[object]]:
    lines = [line(number) for number in range(500)]
    for row, place, value, _column in FAULTS:
        lines[row][place] = value
    return lines


def told(verdict) -> list[tuple[int, str]]:
    return sorted((problem.row, problem.column) for problem in verdict.problems)


def test_all_faults_of_500_rows_are_told_at_once(catalogue, university, django_assert_num_queries):
    rows = reading.read(sheet(faulty()))
    with django_assert_num_queries(4):
        verdict = judge(rows, university)
    assert told(verdict) == sorted((row + 2, column) for row, _place, _value, column in FAULTS)
    assert all(problem.sentence for problem in verdict.problems)
    assert len(verdict.good) == 500 - 9


def test_nothing_is_written_while_anything_is_wrong(catalogue, university, office):
    rows = reading.read(sheet(faulty()))
    actions.take(actor=office, university=university, rows=rows, only_good=False)
    assert RosterEntry.objects.count() == 0


def test_only_the_right_rows_are_taken_on_wish(catalogue, university, office):
    rows = reading.read(sheet(faulty()[:101]))
    actions.take(actor=office, university=university, rows=rows, only_good=True)
    assert RosterEntry.objects.count() == 101 - 4


def test_the_same_list_again_changes_nothing(catalogue, university, office):
    rows = reading.read(sheet([line(number) for number in range(20)]))
    actions.take(actor=office, university=university, rows=rows, only_good=False)
    before = list(RosterEntry.objects.values())
    verdict = actions.take(actor=office, university=university, rows=rows, only_good=False)
    assert [each.change for each in verdict.good] == ["same"] * 20
    assert list(RosterEntry.objects.values()) == before


def test_a_changed_row_is_proposed_and_then_written(catalogue, university, office):
    take = {"actor": office, "university": university, "only_good": False}
    actions.take(rows=reading.read(sheet([line(1)])), **take)
    changed = line(1)
    changed[8] = "Другая тема"
    verdict = actions.take(rows=reading.read(sheet([changed])), **take)
    assert [(each.change, each.changed) for each in verdict.good] == [("changed", ["Тема"])]
    assert RosterEntry.objects.get().topic == "Другая тема"


def test_headings_are_found_in_any_order_case_and_under_a_title(catalogue, university):
    turned = [heading.upper() for heading in reversed(HEADINGS)]
    rows = reading.read(sheet([line(1)[::-1]], turned, above=2))
    assert [(row.number, row.cells["email"]) for row in rows] == [(4, "student1@example.org")]
    assert judge(rows, university).problems == []


def test_a_missing_column_is_named():
    with pytest.raises(Unreadable) as unreadable:
        reading.read(sheet([line(1)[1:]], HEADINGS[1:]))
    assert unreadable.value.sentence == "Не хватает столбцов: «Фамилия». Добавьте их"


@pytest.mark.parametrize("data", [b"", b"not a book", sheet([]), sheet([line(1)])[:900]])
def test_a_file_that_is_no_list_gets_a_sentence(data):
    with pytest.raises(Unreadable):
        reading.read(data)


def test_the_example_is_read_by_what_reads_lists():
    [row] = reading.read(actions.example())
    assert row.cells["email"] == "ilya@example.org"


def test_the_page_shows_first_and_writes_what_was_shown(catalogue, university, office, client_of):
    client, address = client_of(office), reverse("portfolio:roster")
    file = SimpleUploadedFile("список.xlsx", sheet([line(1), line(2)]))
    shown = client.post(address, {"file": file})
    assert (shown.status_code, RosterEntry.objects.count()) == (200, 0)
    client.post(address, {"rows": shown.context["rows"], "take": "all"})
    assert RosterEntry.objects.count() == 2


def test_rows_of_somebody_else_are_not_taken(catalogue, university, office, orlova, client_of):
    rows = actions.sealed(reading.read(sheet([line(1)])), orlova)
    answer = client_of(office).post(reverse("portfolio:roster"), {"rows": rows, "take": "all"})
    assert (answer.status_code, RosterEntry.objects.count()) == (422, 0)


def claiming(cell: str) -> bytes:
    """A right sheet, of which one cell says that it stands far away."""
    out = BytesIO()
    with ZipFile(BytesIO(sheet([line(1)]))) as right, ZipFile(out, "w", ZIP_DEFLATED) as wrong:
        for part in right.infolist():
            data = right.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b'r="A2"', f'r="{cell}"'.encode())
            wrong.writestr(part, data)
    return out.getvalue()


def test_a_sheet_that_claims_half_a_terabyte_ends_nobody_but_its_child():
    with pytest.raises(Unreadable):
        reading.read(claiming("XFD1048576"))
