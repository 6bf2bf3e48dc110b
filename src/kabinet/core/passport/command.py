"""The logic of `kabinet read-passport FILE… [--json]`: one answer per file, in the order given."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any, Final

from kabinet.core.passport.advice import SENTENCES, advise
from kabinet.core.passport.document import Reading
from kabinet.core.passport.eyes import why_blind
from kabinet.core.passport.limits import LIMITS
from kabinet.core.passport.reading import read_document

_UNREADABLE: Final = 2


def main(argv: Sequence[str]) -> int:
    """Read the files; 0, or 2 when a file could not be read (missing, too large, no picture).

    A picture without a zone is an answer (status "none"), not a file that could not be read.
    """
    options = _parser().parse_args(argv)
    blind = why_blind()
    if blind:
        sys.stderr.write(f"read-passport: {blind}\n")
    failed = bool(blind)
    for name in options.files:
        reading, trouble = _read(Path(name))
        failed = failed or bool(trouble)
        if trouble:
            sys.stderr.write(f"{name}: {trouble}\n")
        _show(name, reading, options)
    return _UNREADABLE if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kabinet read-passport",
        description="Read the machine readable zone of identity documents.",
    )
    parser.add_argument("files", nargs="+", metavar="FILE", help="picture of a document")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument("--language", choices=("ru", "ky", "en"), default="ru", help="of advice")
    return parser


def _read(path: Path) -> tuple[Reading, str]:
    try:
        if path.stat().st_size > LIMITS.max_bytes:
            return Reading(), f"larger than {LIMITS.max_bytes} bytes"
        reading = read_document(path.read_bytes())
    except OSError as error:
        return Reading(), error.strerror or str(error)
    return reading, "" if reading.decoded else "not a picture that can be opened"


def _show(name: str, reading: Reading, options: argparse.Namespace) -> None:
    if options.json:
        line = json.dumps(as_json(name, reading), ensure_ascii=False, default=_iso)
    else:
        line = _as_text(name, reading, options.language)
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def as_json(name: str, reading: Reading) -> dict[str, Any]:
    """The answer about one file as plain data; dates are `date` objects."""
    return {
        "file": name,
        "status": reading.status,
        "format": reading.format,
        "lines": list(reading.lines),
        "fields": asdict(reading.fields),
        "checks": reading.checks,
        "repaired": reading.repaired,
        "quality": asdict(reading.quality),
        "seconds": reading.seconds,
    }


def _as_text(name: str, reading: Reading, language: str) -> str:
    head = f"{name}: {reading.status}"
    if reading.format:
        head += f", {reading.format}, {reading.fields.country} {reading.fields.number}"
    rows = [head, *(f"    {line}" for line in reading.lines)]
    rows += [f"    {SENTENCES[key][language]}" for key in advise(reading)]
    return "\n".join(rows)


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
