"""What is known of one picture of an identity document: the answers of `read_document`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kabinet.core.documents import tidy_number
from kabinet.core.passport.mrz import Format

Status = Literal["verified", "probable", "partial", "none"]
Side = Literal["mrz", "front", "unknown"]


@dataclass(frozen=True)
class Fields:
    """What the zone says. Text fields are "" and dates None where nothing could be read.

    Names are in Latin letters and may be cut short by the width of the zone. `sex` is "F", "M",
    "X" (the zone's filler: not stated) or "".
    """

    number: str = ""
    country: str = ""
    nationality: str = ""
    birth: date | None = None
    sex: str = ""
    expiry: date | None = None
    pin: str = ""
    surname: str = ""
    given: str = ""


@dataclass(frozen=True)
class Quality:
    """What is wrong with the picture itself.

    `side`: "mrz" when a machine readable zone is there, "front" when there is the text of a
    document without one, "unknown" otherwise.
    """

    dark: bool = False
    blur: bool = False
    glare: bool = False
    greyscale: bool = False
    too_small: bool = False
    cropped: bool = False
    side: Side = "unknown"


@dataclass(frozen=True)
class Digests:
    """Fingerprints of the file, for "same picture file": hexadecimal, "" where not computable.

    `file` is the sha256 of the bytes, `pixels` that of the decoded picture (so that changed
    metadata do not matter), `phash` a perceptual hash of 256 bits.
    """

    file: str = ""
    pixels: str = ""
    phash: str = ""


@dataclass(frozen=True)
class Reading:
    """The whole answer about one picture; advice to people, never a decision.

    `checks` names every check digit and every further rule of the strict verdict and says whether
    it holds; `repaired` counts characters that were put right, which bars "verified".
    `confidence` is the engine's own, 0 to 1; `seconds` is processor time.
    """

    status: Status = "none"
    format: Format | None = None
    lines: tuple[str, ...] = ()
    fields: Fields = Fields()
    checks: dict[str, bool] = field(default_factory=dict)
    repaired: int = 0
    confidence: float = 0.0
    quality: Quality = Quality()
    digests: Digests = Digests()
    engine: str = ""
    seconds: float = 0.0

    @property
    def decoded(self) -> bool:
        """Whether the file was a picture at all."""
        return self.digests.pixels != ""

    @property
    def document_key(self) -> str:
        """What identifies the document in a search of duplicates: "KGZ:ID1234567"; "" if unknown.

        The web part never stores this text: it keeps a keyed digest (HMAC) of it.
        """
        number = tidy_number(self.fields.number)
        return f"{self.fields.country}:{number}" if self.fields.country and number else ""
