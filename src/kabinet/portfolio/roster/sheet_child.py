"""The sheet child: one hostile XLSX in, rows of text out.

A sheet of a kilobyte may claim a cell at XFD1048576; the reader then asks for half a terabyte and
ends its process. So it runs in one of its own, with little memory and time, and no file or socket.
"""

import resource
import sys
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kabinet.vault import frames
from kabinet.vault.confining import lower

MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 10
UNREADABLE = (CalamineError, OSError, ValueError, IndexError, MemoryError)


def main() -> None:
    """Entrance of the child."""
    _send(frames.READY)
    for name, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        lower(name, most)
    asked, [data] = frames.unpack(_frame())
    _send(frames.pack(_read(data, asked["rows"], asked["columns"])))


def _read(data: bytes, rows: int, columns: int) -> dict[str, Any]:
    """``rows`` of the first sheet; or ``too_wide``, or ``broken``."""
    try:
        sheet = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0)
        if sheet.height > rows or sheet.width > columns:
            return {"too_wide": True}
        return {
            "rows": [
                [_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)
            ]
        }
    except UNREADABLE:
        return {"broken": True}


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _frame() -> bytes:
    source = sys.stdin.buffer
    return source.read(frames.body_length(source.read(frames.LENGTH)))


def _send(message: bytes) -> None:
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()
