"""`kabinet check-photo`: judge photos from the command line.

One line per file in the order given, or one JSON object per line. The exit status is 0, or 2 when
any file could not be read, whatever the verdicts are.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from time import perf_counter
from typing import Any

from kabinet.core.photo.check import check_photo, why_blind
from kabinet.core.photo.evaluate import LabelsError, Rate, rate_table, rates, read_labels
from kabinet.core.photo.messages import LANGUAGES, RULE_NAMES, Language, message
from kabinet.core.photo.overlay import save_overlay
from kabinet.core.photo.policy import POLICIES, Policy
from kabinet.core.photo.report import DECLARED, Report, RuleResult

READ, UNREADABLE = 0, 2


@dataclass(frozen=True)
class Checked:
    """One file with its report; `report` is None when the file could not even be opened."""

    name: str
    report: Report | None
    milliseconds: int

    @property
    def readable(self) -> bool:
        return self.report is not None and self.report.rules[0].verdict != "fails"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit status comes back."""
    options = _parser().parse_args(argv)
    if not options.files and not options.evaluate:
        _parser().error("name at least one FILE, or --evaluate LABELS.csv")
    if why_blind():
        sys.stderr.write(f"check-photo: {why_blind()}: most rules will say human\n")
    if options.overlay and not _folder_made(options.overlay):
        return UNREADABLE
    return _evaluate(options) if options.evaluate else _check(options)


def _folder_made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sys.stderr.write(f"{folder}: {error.strerror}\n")
        return False
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kabinet check-photo", description="Judge photos of faces against a policy."
    )
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
    parser.add_argument("--policy", choices=sorted(POLICIES), default="ORT")
    parser.add_argument("--json", action="store_true", help="one JSON object per line")
    parser.add_argument(
        "--overlay", metavar="DIR", type=Path, help="write each photo with its regions"
    )
    parser.add_argument(
        "--evaluate", metavar="LABELS.csv", type=Path, help="rates per rule and group"
    )
    parser.add_argument("--language", choices=LANGUAGES, default="ru")
    parser.add_argument(
        "--progress", action=argparse.BooleanOptionalAction, help="default: on a terminal"
    )
    return parser


def _check(options: argparse.Namespace) -> int:
    policy, status = POLICIES[options.policy], READ
    bar = _Bar(len(options.files), options.progress)
    overlays = _overlays(options.files, options.overlay)
    for path, overlay in zip(options.files, overlays, strict=True):
        checked = _checked(path, policy, overlay)
        bar.clear()
        sys.stdout.write(_line(checked, options.json, options.language) + "\n")
        sys.stdout.flush()
        bar.step()
        status = status if checked.readable else UNREADABLE
    bar.clear()
    return status


def _evaluate(options: argparse.Namespace) -> int:
    try:
        photos = read_labels(options.evaluate)
    except LabelsError as error:
        sys.stderr.write(f"{error}\n")
        return UNREADABLE
    bar, judged, status = _Bar(len(photos), options.progress), [], READ
    overlays = _overlays([photo.path for photo in photos], options.overlay)
    for photo, overlay in zip(photos, overlays, strict=True):
        checked = _checked(photo.path, POLICIES[options.policy], overlay)
        if checked.report and checked.readable:
            judged.append((checked.report, photo.groups))
        else:
            bar.clear()
            sys.stderr.write(f"{photo.path}: cannot be read, left out\n")
            status = UNREADABLE
        bar.step()
    bar.clear()
    _write_rates(rates(judged), options.json)
    return status


def _write_rates(found: list[Rate], as_json: bool) -> None:
    lines = (json.dumps(_rate_data(rate)) for rate in found) if as_json else rate_table(found)
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _rate_data(rate: Rate) -> dict[str, Any]:
    low, high = rate.interval
    return {
        "rule": rate.rule,
        "column": rate.column,
        "value": rate.value,
        "verdict": rate.verdict,
        "count": rate.count,
        "total": rate.total,
        "rate": round(rate.rate, 4),
        "low": round(low, 4),
        "high": round(high, 4),
    }


def _checked(path: Path, policy: Policy, overlay: Path | None) -> Checked:
    begun = perf_counter()
    try:
        data = path.read_bytes()
    except OSError:
        return Checked(str(path), None, 0)
    report = check_photo(data, policy)
    milliseconds = round((perf_counter() - begun) * 1000)
    if overlay:
        save_overlay(data, report, policy, overlay)
    return Checked(str(path), report, milliseconds)


def _overlays(paths: list[Path], folder: Path | None) -> Iterator[Path | None]:
    """Where each photo is drawn: photos of several folders may have the same name."""
    taken: set[str] = set()
    for path in paths:
        names = chain([path.stem], (f"{path.stem}-{number}" for number in count(2)))
        name = next(name for name in names if name not in taken)
        taken.add(name)
        yield folder / f"{name}.jpg" if folder else None


def _line(checked: Checked, as_json: bool, language: Language) -> str:
    return _json_line(checked, language) if as_json else _text_line(checked, language)


def _json_line(checked: Checked, language: Language) -> str:
    data = {
        "file": checked.name,
        "verdict": checked.report.verdict if checked.report else "fails",
        "rules": [_rule_data(result, language) for result in _results(checked)],
        "milliseconds": checked.milliseconds,
    }
    return json.dumps(data, ensure_ascii=False)


def _rule_data(result: RuleResult, language: Language) -> dict[str, Any]:
    return {
        "rule": result.rule,
        "verdict": result.verdict,
        "score": result.score,
        "threshold": result.threshold,
        "message": " · ".join(filter(None, message(result.message_key, result.params, language))),
    }


def _text_line(checked: Checked, language: Language) -> str:
    report = checked.report
    size = f"{report.width}x{report.height}" if report else "-"
    remarks = "; ".join(
        f"{RULE_NAMES[result.rule][language]} ({result.verdict}): "
        f"{message(result.message_key, result.params, language).title}"
        for result in _results(checked)
        if result.verdict != "ok" and result.rule not in DECLARED and not _unmeasured(result)
    )
    verdict = report.verdict if report else "fails"
    return f"{checked.name}\t{verdict}\t{size}\t{checked.milliseconds} ms\t{remarks}".rstrip()


def _unmeasured(result: RuleResult) -> bool:
    return result.message_key.startswith("unmeasured.")


def _results(checked: Checked) -> tuple[RuleResult, ...]:
    if checked.report:
        return checked.report.rules
    return (RuleResult("file", "fails", None, None, "file.unopened", {}),)


class _Bar:
    """A progress bar on the error stream, for more than one file."""

    _WIDTH = 30

    def __init__(self, total: int, wanted: bool | None) -> None:
        self._total, self._done = total, 0
        self._shown = total > 1 and (sys.stderr.isatty() if wanted is None else wanted)

    def step(self) -> None:
        self._done += 1
        if self._shown:
            filled = self._WIDTH * self._done // self._total
            bar = "#" * filled + "." * (self._WIDTH - filled)
            sys.stderr.write(f"\r[{bar}] {self._done}/{self._total}")
            sys.stderr.flush()

    def clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")


if __name__ == "__main__":
    sys.exit(main())
