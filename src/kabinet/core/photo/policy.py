"""What a photo must satisfy, as versioned data: file limits, and for each measure two limits.

A policy is a JSON file in `policies/`. Changing a number means a new version; reports keep theirs.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kabinet.core.photo.report import Verdict

_FOLDER = Path(__file__).parent / "policies"


@dataclass(frozen=True)
class Limits:
    """Checked before anything is decoded. Bytes, pixels, pixels, pixels."""

    max_bytes: int
    max_pixels_jpeg: int  # JPEG and HEIC
    max_pixels_other: int
    min_side: int


@dataclass(frozen=True)
class Band:
    """Past `human` a person looks, past `fails` the photo fails; `fails` None: it never does."""

    worse: Literal["above", "below"]
    human: float
    fails: float | None

    def judge(self, value: float) -> tuple[Verdict, float]:
        """The verdict on a value, and the limit that decided it. NaN goes to a person."""
        if value != value:
            return "human", self.human
        if self.fails is not None and self._past(value, self.fails):
            return "fails", self.fails
        return ("human" if self._past(value, self.human) else "ok"), self.human

    def _past(self, value: float, limit: float) -> bool:
        return value > limit if self.worse == "above" else value < limit


@dataclass(frozen=True)
class Policy:
    """A named, versioned set of limits. `bands` by measure, e.g. "sharpness.blur"."""

    name: str
    version: str
    limits: Limits
    bands: Mapping[str, Band]


def load_policy(path: Path) -> Policy:
    """Read a policy file. KeyError, TypeError or ValueError tell that it is not one."""
    data = json.loads(path.read_text(encoding="utf-8"))
    bands = {name: Band(**band) for name, band in data["bands"].items()}
    return Policy(data["name"], data["version"], Limits(**data["limits"]), bands)


POLICIES: Final[Mapping[str, Policy]] = {
    policy.name: policy for policy in map(load_policy, sorted(_FOLDER.glob("*.json")))
}
ORT: Final = POLICIES["ORT"]
