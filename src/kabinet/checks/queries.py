"""What was seen, as small values for pages: never the row itself, and never more than is known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal, TypeVar

from django.utils import timezone

from kabinet.checks.models import Check
from kabinet.checks.reports import Crooked, face_report_from, reading_from
from kabinet.core.passport.document import Reading
from kabinet.core.photo.report import DECLARED, RuleResult
from kabinet.vault.models import Document

Answer = TypeVar("Answer")

AWAY_AFTER = timedelta(seconds=20)

State = Literal["waiting", "done", "away", "none"]
"""waiting: a worker will answer within seconds. done: it has. away: no worker answers, go on
without. none: nobody was asked (checks are switched off)."""


@dataclass(frozen=True, slots=True)
class FaceReport:
    """The rules of a face photo in the order in which a person wants to hear of them.

    ``doubtful`` were measured and a person decides; ``person`` no program decides here. All are
    empty when the look failed: then ``verdict`` is ``human`` as well.
    """

    state: State
    verdict: str = ""
    failed: tuple[RuleResult, ...] = ()
    doubtful: tuple[RuleResult, ...] = ()
    passed: tuple[RuleResult, ...] = ()
    person: tuple[RuleResult, ...] = ()
    is_kept: bool = False
    policy_version: str = ""
    model_version: str = ""

    @property
    def rules(self) -> tuple[RuleResult, ...]:
        return self.failed + self.doubtful + self.passed + self.person


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What was read from a picture of a document; ``verdict`` is ``reading.status``.

    ``reading`` is there when ``state`` is ``done``, and None when the look failed.
    """

    state: State
    verdict: str = ""
    reading: Reading | None = None
    is_kept: bool = False
    model_version: str = ""


def check_of(document: Document) -> Check | None:
    """The check of a document; join ``document__checked`` where there are several."""
    return getattr(document, "checked", None)


def face_report(document: Document) -> FaceReport:
    """What is known of a face photo now."""
    check = check_of(document)
    if check is None or check.done_at is None:
        return FaceReport(_state(check), is_kept=bool(check and check.kept_at))
    report = _stored(face_report_from, check)
    groups: dict[str, list[RuleResult]] = {}
    for rule in report.rules if report else ():
        groups.setdefault(_group(rule), []).append(rule)
    return FaceReport(
        "done",
        check.verdict,
        **{name: tuple(found) for name, found in groups.items()},
        is_kept=check.kept_at is not None,
        policy_version=check.policy_version,
        model_version=check.model_version,
    )


def reading(document: Document) -> DocumentReading:
    """What is known of a picture of an identity document now."""
    check = check_of(document)
    if check is None or check.done_at is None:
        return DocumentReading(_state(check), is_kept=bool(check and check.kept_at))
    return DocumentReading(
        "done",
        check.verdict,
        _stored(reading_from, check),
        is_kept=check.kept_at is not None,
        model_version=check.model_version,
    )


def _stored(parsed: Callable[[Any], Answer], check: Check) -> Answer | None:
    """None when the look failed, or when an older program said what this one does not know."""
    try:
        return parsed(check.report) if check.report else None
    except Crooked:
        return None


def _state(check: Check | None) -> State:
    if check is None:
        return "none"
    return "waiting" if timezone.now() - check.asked_at < AWAY_AFTER else "away"


def _group(rule: RuleResult) -> str:
    if rule.verdict == "fails":
        return "failed"
    if rule.verdict == "ok":
        return "passed"
    declared = rule.rule in DECLARED or rule.message_key.startswith("unmeasured.")
    return "person" if declared else "doubtful"
