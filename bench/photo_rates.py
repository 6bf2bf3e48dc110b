"""How often the photo check stops what it should, and lets through what it should.

On the labelled portraits of KABINET_FACES and on variants made from them; every rate with its 95 %
interval (Wilson). The variants of one portrait resemble each other, so pooled intervals are too
narrow: read them as a lower bound of what is not known.
"""

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from tests.core.photo.variants import (
    ALLOWED,
    KINDS,
    Cutting,
    Portrait,
    conforming,
    cut_out,
    encoded,
    load_portraits,
    violation,
)

from bench.rows import Row
from kabinet.core.photo import Report, check_photo, models_ready
from kabinet.core.photo.evaluate import wilson_interval
from kabinet.core.photo.report import DECLARED


def measure() -> list[Row]:
    folder = os.environ.get("KABINET_FACES")
    if not folder or not models_ready():
        print("photo_rates: skipped, it needs KABINET_FACES and the models")
        return []
    portraits = load_portraits(Path(folder))
    rows = [row for kind in KINDS for row in _stopped(kind, portraits)]
    rows += _natural("expression", "expression", "teeth", portraits)
    rows += _natural("glasses", "glasses", "yes", portraits)
    return rows + _let_through(portraits)


def _stopped(kind: str, portraits: list[Portrait]) -> list[Row]:
    made = [violation(kind, portraits, number) for number in range(len(portraits))]
    verdicts = Counter(check_photo(encoded(photo)).rule(rule).verdict for rule, photo in made)
    return _stopped_rows(f"{made[0][0]}: {kind}", verdicts)


def _natural(rule: str, column: str, value: str, portraits: list[Portrait]) -> list[Row]:
    chosen = [portrait for portrait in portraits if portrait.labels[column] == value]
    reports = [_judged(portrait, conforming) for portrait in chosen]
    verdicts = Counter(report.rule(rule).verdict for report in reports)
    return _stopped_rows(f"{rule}: {column} {value}, as photographed", verdicts)


def _stopped_rows(name: str, verdicts: Counter[str]) -> list[Row]:
    total = verdicts.total()
    stopped = _rate(f"{name}: stopped", total - verdicts["ok"], total, "≥ 90", at_least=90)
    return [stopped, _rate(f"{name}: fails", verdicts["fails"], total)]


def _let_through(portraits: list[Portrait]) -> list[Row]:
    rows, whole = [], Counter[str]()
    rules = Counter[str]()
    for kind, make in ALLOWED.items():
        verdicts = Counter[str]()
        for portrait in portraits:
            spoken = _spoken(_judged(portrait, make), portrait.excused)
            verdicts[_whole(spoken)] += 1
            rules.update(spoken.keys())
        whole += verdicts
        rows += _whole_rows(f"conforming, {kind}", verdicts)
    rows += _whole_rows("conforming, all kinds", whole)
    return rows + [
        _rate(f"conforming, all kinds: {rule} speaks", count, whole.total())
        for rule, count in rules.most_common()
    ]


def _whole_rows(name: str, verdicts: Counter[str]) -> list[Row]:
    total = verdicts.total()
    return [
        _rate(f"{name}: fails", verdicts["fails"], total, "≤ 3", at_most=3),
        _rate(f"{name}: human", verdicts["human"], total, "≤ 20", at_most=20),
    ]


def _judged(portrait: Portrait, make: Callable[[Cutting], Image.Image]) -> Report:
    return check_photo(encoded(make(cut_out(portrait))))


def _spoken(report: Report, excused: set[str]) -> dict[str, str]:
    left_out = DECLARED | excused
    return {r.rule: r.verdict for r in report.rules if r.verdict != "ok" and r.rule not in left_out}


def _whole(spoken: dict[str, str]) -> str:
    return "fails" if "fails" in spoken.values() else "human" if spoken else "ok"


def _rate(
    name: str, count: int, total: int, goal: str = "", at_least: float = 0, at_most: float = 100
) -> Row:
    low, high = (100 * bound for bound in wilson_interval(count, total))
    rate = 100 * count / total
    holds = at_least <= rate <= at_most if goal else None
    return Row(f"{name} (n = {total})", rate, f"% [{low:.0f}–{high:.0f}]", goal, holds)
