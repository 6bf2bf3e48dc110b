"""Sheets: tables that leave the house as XLSX or CSV and can do nothing but be read.

A name such as ``=HYPERLINK(…)`` stays the text that was typed: no cell is ever a formula or a link, and
a phone keeps its plus and its zeros.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import xlsxwriter

from kabinet.core.money import show_amount

Kind = Literal["text", "date", "number", "money"]

_LARGEST_EXACT = 10**15  # Excel keeps 15 digits of a number
_CELL_UNITS = 32_767  # UTF-16 code units that Excel takes in one cell
_MOST_ROWS = 1_048_576  # of a sheet, the header included
_FIRST_EXCEL_DAY = date(1900, 1, 1)
# Excel calls a file damaged that holds one of these.
_REFUSED_BY_EXCEL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REFUSED_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_TITLE_LENGTH = 31  # UTF-16 code units
# The OWASP list of beginnings that spreadsheets take for a formula, with the full-width forms.
_DANGEROUS = re.compile(r"\s*[=+\-@|%＝＋－＠]|[\t\r\n]")


class TooManyRows(ValueError):
    """More rows than a sheet of Excel has."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in characters, and what its cells are.

    ``money`` cells are whole tyiyn; ``date`` cells are dates or local times, shown as 31.12.2026;
    text in any of them stays text, None is an empty cell.
    """

    title: str
    width: int = 16
    kind: Kind = "text"


def write_sheet(
    columns: Sequence[Column], rows: Iterable[Sequence[object]], *, title: str
) -> bytes:
    """The XLSX file: header bold and frozen, every text a text cell.

    Written in memory only: the sheet may hold first passwords, which no temporary file may (trust.md, 5).
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _OPTIONS) as book:
        writer = _SheetWriter(book, columns, title)
        for number, row in enumerate(rows, 1):
            writer.write_row(number, row)
    return target.getvalue()


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with its mark, semicolons, every cell quoted; a dangerous beginning gets an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(_harmless(column.title) for column in columns)
    for row in rows:
        writer.writerow(
            _csv_text(column, value) for column, value in zip(columns, row, strict=True)
        )
    return target.getvalue().encode("utf-8-sig")


def clean_text(value: object) -> str:
    """The text without control characters, and not longer than a cell may be."""
    text = _REFUSED_BY_EXCEL.sub("", str(value))
    if _cut(text, _CELL_UNITS) == text:
        return text
    return _cut(text, _CELL_UNITS - 1) + "…"


def _cut(text: str, units: int) -> str:
    """The beginning that fits into so many UTF-16 code units, as Excel counts."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")


_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_CELL_FORMATS: dict[Kind, str] = {
    "text": "@",
    "date": "dd.mm.yyyy",
    "number": "General",
    "money": "#,##0.00",
}


class _SheetWriter:
    def __init__(self, book: xlsxwriter.Workbook, columns: Sequence[Column], title: str) -> None:
        self._columns = columns
        self._sheet = book.add_worksheet(_sheet_title(title))
        self._text = book.add_format({"num_format": "@"})
        self._quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        self._moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        self._formats = {
            kind: book.add_format({"num_format": form}) for kind, form in _CELL_FORMATS.items()
        }
        self._write_header(book.add_format({"bold": True, "num_format": "@", "text_wrap": True}))

    def _write_header(self, bold: object) -> None:
        for place, column in enumerate(self._columns):
            self._sheet.set_column(place, place, column.width, self._formats[column.kind])
            self._sheet.write_string(0, place, clean_text(column.title), bold)
        self._sheet.freeze_panes(1, 0)
        self._sheet.repeat_rows(0)

    def write_row(self, number: int, row: Sequence[object]) -> None:
        if number >= _MOST_ROWS:
            raise TooManyRows(f"a sheet takes {_MOST_ROWS - 1} rows under its header")
        for place, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            self._write_cell(number, place, column.kind, value)

    def _write_cell(self, row: int, place: int, kind: Kind, value: object) -> None:
        if value is None:
            return
        figure = _figure(kind, value)
        if figure is not None:
            self._sheet.write_number(row, place, figure, self._formats[kind])
        elif kind == "date" and isinstance(value, date) and _has_excel_day(value):
            self._write_day(row, place, value)
        else:
            self._write_text(row, place, clean_text(_plain(kind, value)))

    def _write_day(self, row: int, place: int, value: date) -> None:
        if isinstance(value, datetime):
            # A cell has no time zone: the caller hands over local time.
            self._sheet.write_datetime(row, place, value.replace(tzinfo=None), self._moment)
        else:
            self._sheet.write_datetime(row, place, value, self._formats["date"])

    def _write_text(self, row: int, place: int, text: str) -> None:
        if not text:
            return
        # quotePrefix keeps the cell text even after somebody edits it in Excel.
        form = self._quoted if _DANGEROUS.match(text) else self._text
        self._sheet.write_string(row, place, text, form)


def _figure(kind: Kind, value: object) -> Decimal | None:
    """The number for a number cell, or None when the value must be written as text."""
    if kind not in {"number", "money"} or isinstance(value, bool):
        return None
    if not isinstance(value, int | float | Decimal):
        return None
    figure = Decimal(str(value))
    if not figure.is_finite() or abs(figure) >= _LARGEST_EXACT:
        return None
    return figure / 100 if kind == "money" else figure


def _has_excel_day(value: date) -> bool:
    day = value.date() if isinstance(value, datetime) else value
    return day >= _FIRST_EXCEL_DAY


def _plain(kind: Kind, value: object) -> str:
    """The value as a person would write it."""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if kind == "money" and isinstance(value, int):
        return show_amount(value)
    return str(value)


def _csv_text(column: Column, value: object) -> str:
    if value is None:
        return ""
    figure = _figure(column.kind, value)
    if figure is not None:
        return str(figure).replace(".", ",")
    return _harmless(_plain(column.kind, value))


def _harmless(text: str) -> str:
    # Cleaned first: a control character before the «=» must not hide it from the check.
    clean = clean_text(text)
    return f"'{clean}" if _DANGEROUS.match(clean) else clean


def _sheet_title(title: str) -> str:
    """A title as Excel takes it: 31 code units, without brackets and slashes, no apostrophe at the ends."""
    allowed = _REFUSED_IN_TITLE.sub(" ", _REFUSED_BY_EXCEL.sub("", title))
    return _cut(" ".join(allowed.split()), _TITLE_LENGTH).strip("' ") or "1"
