"""From a measured value to the verdict of its rule, under a policy.

A reading is named like the policy's band for it and like its message; the worst reading of a rule
speaks for the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kabinet.core.photo.decode import CaptureFacts
from kabinet.core.photo.policy import Policy
from kabinet.core.photo.report import SEVERITY, Params, Region, RuleResult


@dataclass(frozen=True)
class Reading:
    """One measured value, e.g. "sharpness.blur"; NaN when its place cannot be seen."""

    measure: str
    value: float
    params: Params = field(default_factory=dict)
    region: Region | None = None


def judge(rule: str, readings: Sequence[Reading], policy: Policy) -> RuleResult:
    """The worst of the readings under the policy; the first of them when all are fine."""
    results = [_judge_one(rule, reading, policy) for reading in readings]
    return max(results, key=lambda result: SEVERITY[result.verdict])


def _judge_one(rule: str, reading: Reading, policy: Policy) -> RuleResult:
    value = reading.value
    if value != value:
        return unmeasured(rule, "unmeasured.hidden")
    verdict, threshold = policy.bands[reading.measure].judge(value)
    key, region = (f"{rule}.ok", None) if verdict == "ok" else (reading.measure, reading.region)
    return RuleResult(rule, verdict, float(f"{value:.4g}"), threshold, key, reading.params, region)


def unmeasured(rule: str, key: str) -> RuleResult:
    """Nothing could be measured: a person looks."""
    return RuleResult(rule, "human", None, None, key, {})


def declared(facts: CaptureFacts) -> tuple[RuleResult, ...]:
    """What a person always decides; the file's own words about its date and editor are passed on."""
    return (
        unmeasured("head_covering", "head_covering.declared"),
        _told("retouching", "software", facts.software),
        unmeasured("rephotographed", "rephotographed.declared"),
        _told("age", "taken", facts.taken),
    )


def _told(rule: str, what: str, told: str) -> RuleResult:
    if not told:
        return unmeasured(rule, f"{rule}.declared")
    return RuleResult(rule, "human", None, None, f"{rule}.{what}", {what: told})
