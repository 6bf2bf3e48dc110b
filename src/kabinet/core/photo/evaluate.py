"""How often each rule speaks, per group of people: an authority's own error rates.

Input is a CSV file with a column `file` (relative to the CSV) and any further columns, separated by
commas or semicolons; every column but `note` is a group column. Rates come with the 95 % interval of Wilson (1927), which is honest for
small groups and for rates of 0 and 1.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from kabinet.core.photo.report import Report, Verdict

VERDICTS: tuple[Verdict, ...] = ("fails", "human", "ok")
_Z = 1.959964
_NOT_GROUPS = ("file", "note")


class LabelsError(ValueError):
    """The file of labels cannot be used; the text says why."""


@dataclass(frozen=True)
class Labelled:
    """A photo and the groups it belongs to."""

    path: Path
    groups: dict[str, str]


@dataclass(frozen=True)
class Rate:
    """How many of a group got a verdict of a rule. `low` and `high` bound the true rate, 0..1."""

    rule: str
    column: str  # empty: all photos
    value: str
    verdict: Verdict
    count: int
    total: int

    @property
    def rate(self) -> float:
        return self.count / self.total

    @property
    def interval(self) -> tuple[float, float]:
        return wilson_interval(self.count, self.total)


def wilson_interval(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval for a rate of `count` in `total` (Wilson's score interval)."""
    if total == 0:
        return 0.0, 1.0
    rate, z2 = count / total, _Z**2
    centre = (rate + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z / (1 + z2 / total) * sqrt(rate * (1 - rate) / total + z2 / (4 * total**2))
    low = 0.0 if count == 0 else centre - half
    return low, 1.0 if count == total else centre + half


def read_labels(path: Path) -> list[Labelled]:
    """The photos of a labels file. LabelsError: it cannot be read or has no column `file`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            heading = lines.readline()
            lines.seek(0)
            # A spreadsheet in Russian writes semicolons.
            delimiter = ";" if heading.count(";") > heading.count(",") else ","
            rows = list(csv.DictReader(lines, delimiter=delimiter))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LabelsError(f"{path}: {error}") from error
    if not rows or not rows[0].get("file"):
        raise LabelsError(f"{path}: no column «file» or no rows")
    return [Labelled(path.parent / row["file"], _groups(row)) for row in rows if row["file"]]


def _groups(row: dict[str, str]) -> dict[str, str]:
    return {
        name: value for name, value in row.items() if name and name not in _NOT_GROUPS and value
    }


def rates(judged: Iterable[tuple[Report, dict[str, str]]]) -> list[Rate]:
    """The rates of every verdict per rule (and of the whole photo) over all and in each group."""
    counts: defaultdict[tuple[str, str, str], Counter[Verdict]] = defaultdict(Counter)
    for report, groups in judged:
        for rule, verdict in _verdicts(report):
            for column, value in [("", ""), *groups.items()]:
                counts[rule, column, value][verdict] += 1
    return [
        Rate(*key, verdict, counter[verdict], counter.total())
        for key, counter in counts.items()
        for verdict in VERDICTS
    ]


def _verdicts(report: Report) -> Iterator[tuple[str, Verdict]]:
    yield "whole", report.verdict
    for result in report.rules:
        yield result.rule, result.verdict


def rate_table(found: list[Rate]) -> Iterator[str]:
    """The rates as aligned lines: rule, group, number, and a rate with its interval per verdict."""
    width = max([len(_group(rate)) for rate in found], default=0)
    yield f"{'rule':<18} {'group':<{width}} {'n':>5}  " + "  ".join(
        f"{verdict + ' %':<17}" for verdict in VERDICTS
    )
    for at in range(0, len(found), len(VERDICTS)):
        first = found[at]
        cells = "  ".join(f"{_cell(rate):<17}" for rate in found[at : at + len(VERDICTS)])
        yield f"{first.rule:<18} {_group(first):<{width}} {first.total:>5}  {cells}".rstrip()


def _group(rate: Rate) -> str:
    return f"{rate.column}={rate.value}" if rate.column else "all"


def _cell(rate: Rate) -> str:
    low, high = rate.interval
    return f"{rate.rate * 100:.1f} [{low * 100:.1f}–{high * 100:.1f}]"
