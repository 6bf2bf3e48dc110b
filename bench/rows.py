"""One measured figure, its goal, and where it is written."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


FOLDER = Path("var/bench")


@dataclass(frozen=True)
class Row:
    """``holds``: whether the goal is reached; ``None`` where a figure has no goal."""

    name: str
    value: float
    unit: str
    goal: str = ""
    holds: bool | None = None
    machine: str = field(default_factory=_machine)
    at: str = field(default_factory=_now)


def write(name: str, rows: Sequence[Row]) -> None:
    """``var/bench/NAME.json``, and a table for the eyes."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n")
    print(f"\n{name}")
    for row in rows:
        mark = {True: "yes", False: "NO", None: ""}[row.holds]
        print(f"  {row.name:<58}{row.value:>12,.3f} {row.unit:<12}{row.goal:<28}{mark}")
