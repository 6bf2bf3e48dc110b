"""``python -m bench [NAME …]``: measure, print, write var/bench/NAME.json and the page of figures."""

import importlib
import json
import pkgutil
import sys
from pathlib import Path
from typing import Any

import bench
from bench.rows import FOLDER, Row, write

NOT_MEASUREMENTS = {"rows", "saving", "evaluate_passport", "__main__"}
PAGE = Path("docs/reference/measurements.md")
HEAD = """# Measurements

Written by `make bench` (`python -m bench NAME` for one). Ratios are taken within one run, rounds
interleaved; absolute times hold for the machine named and a moment's load. A goal that is not
reached stays here with what holds it back.
"""


def names() -> list[str]:
    found = (module.name for module in pkgutil.iter_modules(bench.__path__))
    return sorted(set(found) - NOT_MEASUREMENTS)


def main(wanted: list[str]) -> None:
    for name in wanted or names():
        write(name, importlib.import_module(f"bench.{name}").measure())
    PAGE.write_text(page())


def page() -> str:
    """The latest figures of every measurement that has been made here."""
    known = [name for name in names() if (FOLDER / f"{name}.json").exists()]
    return HEAD + "".join(_section(name) for name in known)


def _section(name: str) -> str:
    module: Any = importlib.import_module(f"bench.{name}")
    rows = [Row(**row) for row in json.loads((FOLDER / f"{name}.json").read_text())]
    if not rows:
        return ""
    lines = [
        f"| {row.name} | {row.value:,.3g} {row.unit} | {row.goal} | {MARKS[row.holds]} |"
        for row in rows
    ]
    note = getattr(module, "NOTE", "")
    head = "| what | figure | goal | holds |\n|---|---|---|---|"
    parts = [f"\n## {name}\n", (module.__doc__ or "").strip(), head + "\n" + "\n".join(lines)]
    told = f"Measured {rows[0].at[:10]} on {rows[0].machine}."
    return "\n".join([parts[0], parts[1], "", parts[2], "", told, *([note] if note else [])]) + "\n"


MARKS = {True: "yes", False: "**no**", None: ""}


main(sys.argv[1:])
