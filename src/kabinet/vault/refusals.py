"""Why an upload is not taken: one named class, and one sentence, per case.

The names travel from the decode child to its parent; the sentences belong to the
pages (gettext), which look them up by `message_key` and fill in `params`.
"""

from dataclasses import asdict, dataclass
from math import ceil
from typing import ClassVar

MEGABYTE = 1024 * 1024


@dataclass(eq=False)
class UploadRefused(Exception):
    """The family: an upload that is refused for a reason its sender can mend."""

    message_key: ClassVar[str] = "upload.refused"

    @property
    def params(self) -> dict[str, int | float | str]:
        """What the sentence has blanks for."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.message_key} {self.params}"


@dataclass(eq=False)
class Empty(UploadRefused):
    """The file holds no byte."""

    message_key: ClassVar[str] = "upload.empty"


@dataclass(eq=False)
class TooBig(UploadRefused):
    """More bytes than allowed; `size` and `limit` are bytes, the sentence has megabytes."""

    message_key: ClassVar[str] = "upload.too_big"
    size: int
    limit: int

    @property
    def params(self) -> dict[str, int | float | str]:
        # Rounded up, so that nobody reads "10 MB, the limit is 10 MB".
        return {
            "size_mb": ceil(self.size / MEGABYTE * 10) / 10,
            "limit_mb": self.limit // MEGABYTE,
        }


@dataclass(eq=False)
class WrongType(UploadRefused):
    """A kind that is not taken; `found` is its name as people write it ("GIF", "DOCX")."""

    message_key: ClassVar[str] = "upload.wrong_type"
    found: str


@dataclass(eq=False)
class UnknownType(UploadRefused):
    """Bytes that no known kind of file begins with."""

    message_key: ClassVar[str] = "upload.unknown_type"


@dataclass(eq=False)
class TooManyPixels(UploadRefused):
    """A picture of more megapixels than allowed for its format."""

    message_key: ClassVar[str] = "upload.too_many_pixels"
    megapixels: int
    limit: int


@dataclass(eq=False)
class TooSmall(UploadRefused):
    """A picture whose shorter side has fewer than `limit` pixels."""

    message_key: ClassVar[str] = "upload.too_small"
    width: int
    height: int
    limit: int


@dataclass(eq=False)
class Damaged(UploadRefused):
    """Truncated, corrupted, or not what its first bytes promise."""

    message_key: ClassVar[str] = "upload.damaged"


@dataclass(eq=False)
class Animated(UploadRefused):
    """A moving picture where a still one is needed."""

    message_key: ClassVar[str] = "upload.animated"


@dataclass(eq=False)
class TooManyScans(UploadRefused):
    """A progressive JPEG that makes the decoder walk over the picture too many times."""

    message_key: ClassVar[str] = "upload.too_many_scans"
    limit: int


@dataclass(eq=False)
class TookTooLong(UploadRefused):
    """The decode child was ended because it used up its time."""

    message_key: ClassVar[str] = "upload.took_too_long"


@dataclass(eq=False)
class Encrypted(UploadRefused):
    """A PDF under a password, also under one that only forbids printing."""

    message_key: ClassVar[str] = "upload.encrypted"


@dataclass(eq=False)
class TooManyPages(UploadRefused):
    """A PDF of more pages than allowed."""

    message_key: ClassVar[str] = "upload.too_many_pages"
    pages: int
    limit: int


@dataclass(eq=False)
class Busy(UploadRefused):
    """All decode children of this host process are at work, also after some waiting."""

    message_key: ClassVar[str] = "upload.busy"


FAMILY: dict[str, type[UploadRefused]] = {
    refusal.__name__: refusal
    for refusal in (
        Empty,
        TooBig,
        WrongType,
        UnknownType,
        TooManyPixels,
        TooSmall,
        Damaged,
        Animated,
        TooManyScans,
        TookTooLong,
        Encrypted,
        TooManyPages,
        Busy,
    )
}
