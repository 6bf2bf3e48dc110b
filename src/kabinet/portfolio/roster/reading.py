"""An XLSX as rows of text: whatever it holds, no more than a list of people may hold."""

import threading
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kabinet.portfolio.roster import columns
from kabinet.vault import frames
from kabinet.vault.decoding import child_command, converse
from kabinet.vault.refusals import UploadRefused

BYTES = 5 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 5000, 200
WALL_SECONDS = 15
HEADING_WITHIN = 10  # rows: titles and stamps may stand above the headings
_CHILD = child_command("kabinet.portfolio.roster.sheet_child")
_SEAT = threading.Lock()  # one sheet at a time: its child may take a gigabyte


class Unreadable(Exception):
    """``sentence``: what to do about the file."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Row:
    """A row by the number it has in the sheet; ``cells``: column key → text, dates as ISO."""

    number: int
    cells: dict[str, str]


def read(data: bytes) -> list[Row]:
    """The rows below the headings that say anything. Raises Unreadable."""
    cells = _cells(data)
    for number, line in enumerate(cells[:HEADING_WITHIN]):
        found = columns.guessed(line)
        if len(found) >= 3:
            _refuse_missing(found)
            return _rows(cells, number + 1, found)
    raise Unreadable(
        _("В первых строках нет названий столбцов. Возьмите образец и перенесите список в него")
    )


def _cells(data: bytes) -> list[list[str]]:
    if len(data) > BYTES:
        raise Unreadable(_("Файл больше 5 МБ. Оставьте в нём только список"))
    answer = _answer(data)
    if "too_wide" in answer:
        raise Unreadable(_("В листе больше 5000 строк или 200 столбцов. Разделите список"))
    rows = answer.get("rows")
    if not isinstance(rows, list):
        raise Unreadable(
            _("Это не XLSX или файл повреждён. Сохраните список в Excel как книгу XLSX")
        )
    return [[str(cell) for cell in row] for row in rows]


def _answer(data: bytes) -> dict[str, Any]:
    """What the child says of the sheet; nothing where the sheet was its end."""
    wanted = {"rows": MOST_ROWS + HEADING_WITHIN, "columns": MOST_COLUMNS}
    try:
        with _SEAT:
            body = converse(_CHILD, frames.pack(wanted, [data]), wall_seconds=WALL_SECONDS)
        return frames.unpack(body)[0]
    except (UploadRefused, frames.BrokenFrame):
        return {}


def _rows(cells: list[list[str]], start: int, found: dict[str, int]) -> list[Row]:
    rows = [
        Row(place + 1, {key: line[at] if at < len(line) else "" for key, at in found.items()})
        for place, line in enumerate(cells[start:], start)
    ]
    filled = [row for row in rows if any(row.cells.values())]
    if not filled:
        raise Unreadable(_("Под названиями столбцов нет ни одной строки"))
    return filled


def _refuse_missing(found: dict[str, int]) -> None:
    lacking = columns.missing(found)
    if lacking:
        titles = ", ".join(f"«{column.title}»" for column in lacking)
        raise Unreadable(_("Не хватает столбцов: %(titles)s. Добавьте их") % {"titles": titles})
