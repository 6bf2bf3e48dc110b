"""How often documents are read rightly, with 95 % intervals: the table of docs/reference/passport.md.

``python -m bench.evaluate_passport --each 20 --seed 5`` draws and reads 26 × 20 pictures (about half
a second each) and prints one line per kind; `make bench` takes a small sample.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from tests.core.passport.degrade import CLEAN, FURTHER, KINDS, UNREADABLE, Sample, make_sample

from bench.rows import Row, write
from kabinet.core.passport import read_document
from kabinet.core.passport.eyes import why_blind
from kabinet.core.passport.mrz import DATA_LINES


@dataclass(frozen=True)
class Outcome:
    """``right``: the data lines are the true ones; ``all_right``: the name line too."""

    kind: str
    status: str
    right: bool
    all_right: bool
    seconds: float


def outcome(sample: Sample) -> Outcome:
    reading = read_document(sample.data)
    same_format = reading.format == sample.format
    places = DATA_LINES[sample.format]
    return Outcome(
        kind=sample.kind,
        status=reading.status,
        right=same_format and all(reading.lines[i] == sample.lines[i] for i in places),
        all_right=reading.lines == sample.lines,
        seconds=reading.seconds,
    )


def interval(hits: int, total: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    if not total:
        return 0.0, 1.0
    z, share = 1.96, hits / total
    middle = share + z * z / (2 * total)
    reach = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    width = 1 + z * z / total
    return max(0.0, (middle - reach) / width), min(1.0, (middle + reach) / width)


def share_row(name: str, hits: int, total: int, *, least: float | None = None) -> Row:
    low, high = interval(hits, total)
    share = hits / max(total, 1)
    label = f"{name}, {hits} of {total} [{low:.3f}, {high:.3f}]"
    goal = "" if least is None else f">= {least}"
    return Row(label, share, "share", goal, None if least is None else share >= least)


def rows_of(outcomes: Iterable[Outcome]) -> list[Row]:
    known = [item for item in outcomes if item.kind in KINDS]
    clean = [item for item in known if item.kind in CLEAN]
    readable = [item for item in known if item.kind not in UNREADABLE]
    verified = [item for item in known if item.status == "verified"]
    wrong = sum(not item.right for item in verified)
    _, worst = interval(wrong, len(verified))
    label = f"wrong among {len(verified)} verified [0, {worst:.3f}]"
    return [
        share_row("data lines right, clean kinds", _right(clean), len(clean), least=0.95),
        share_row("data lines right, readable kinds", _right(readable), len(readable), least=0.85),
        share_row("verified, readable kinds", _verified(readable), len(readable)),
        share_row(
            "name line right too, verified", sum(i.all_right for i in verified), len(verified)
        ),
        Row(label, wrong, "documents", "0", wrong == 0),
    ]


def _right(outcomes: list[Outcome]) -> int:
    return sum(item.right for item in outcomes)


def _verified(outcomes: list[Outcome]) -> int:
    return sum(item.status == "verified" for item in outcomes)


def evaluated(*, each: int, seed: int) -> list[Outcome]:
    if why_blind():
        print(f"evaluate_passport: not measured, {why_blind()}")
        return []
    kinds = KINDS | FURTHER
    return [outcome(make_sample(kind, i, seed=seed)) for kind in kinds for i in range(each)]


def measure() -> list[Row]:
    return rows_of(evaluated(each=2, seed=77))


def table(outcomes: list[Outcome]) -> str:
    groups: dict[str, list[Outcome]] = defaultdict(list)
    for item in outcomes:
        groups[item.kind].append(item)
    head = f"{'kind':<16}{'right':>7}{'verified':>10}{'wrong':>7}{'of':>5}{'seconds':>9}"
    rows = [
        f"{kind:<16}{_right(items):>7}{_verified(items):>10}"
        f"{sum(i.status == 'verified' and not i.right for i in items):>7}{len(items):>5}"
        f"{sorted(i.seconds for i in items)[len(items) // 2]:>9.2f}"
        for kind, items in groups.items()
    ]
    return "\n".join([head, *rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=20)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    outcomes = evaluated(each=options.each, seed=options.seed)
    print(table(outcomes))
    write("evaluate_passport", rows_of(outcomes))


if __name__ == "__main__":
    main()
