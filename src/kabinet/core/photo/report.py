"""What the check of one photo says: a verdict per rule, and one for the photo."""

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

Verdict = Literal["ok", "human", "fails"]
Params = dict[str, float | str]
Region = tuple[float, float, float, float]  # left, top, width, height; 0..1 of the upright picture

SEVERITY: Final[dict[Verdict, int]] = {"ok": 0, "human": 1, "fails": 2}

RULES: Final = (
    "file",
    "one_face",
    "size",
    "framing",
    "head_straight",
    "gaze",
    "eyes_open",
    "expression",
    "mouth_closed",
    "background_colour",
    "background_even",
    "colour",
    "sharpness",
    "exposure",
    "red_eye",
    "glasses",
    "mask",
    "head_covering",
    "retouching",
    "rephotographed",
    "age",
)

# What no program at hand can decide: a person always looks, so it does not colour the whole verdict.
DECLARED: Final = frozenset({"head_covering", "retouching", "rephotographed", "age"})


@dataclass(frozen=True)
class RuleResult:
    """The verdict of one rule.

    `score` was compared with `threshold`, in the unit docs/reference/photo.md gives for the rule;
    both are None where nothing was measured. `message_key` is a key of `messages.MESSAGES`.
    """

    rule: str
    verdict: Verdict
    score: float | None
    threshold: float | None
    message_key: str
    params: Params
    region: Region | None = None


@dataclass(frozen=True)
class Report:
    """The verdicts of all rules, and what identifies the picture and the check.

    `verdict` is the worst of the rules that are measured (not the DECLARED ones). `width` and
    `height` are those of the original, upright; `phash` is a 256-bit dHash, `sha256` that of the
    file, both in hexadecimal; `phash` is empty when the file could not be read.
    """

    verdict: Verdict
    rules: tuple[RuleResult, ...]
    width: int
    height: int
    phash: str
    sha256: str
    model_version: str
    policy_version: str

    def rule(self, name: str) -> RuleResult:
        """The result of one rule. KeyError: the file could not be read, so it was not judged."""
        return {result.rule: result for result in self.rules}[name]

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return asdict(self)


def whole_verdict(rules: tuple[RuleResult, ...]) -> Verdict:
    """The worst verdict among the measured rules."""
    measured = [result.verdict for result in rules if result.rule not in DECLARED]
    return max(measured, key=SEVERITY.__getitem__, default="human")
