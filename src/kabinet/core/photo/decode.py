"""From the bytes of a photograph to an upright RGB picture of a workable size.

Limits are checked on the file and on its header, before a single pixel is decoded: a bomb costs
nothing. A JPEG is decoded straight to about the working size (the decoder's own 1/2, 1/4, 1/8).
"""

import warnings
from dataclasses import dataclass
from io import BytesIO

import pi_heif
from PIL import ExifTags, Image, ImageOps

from kabinet.core.photo.policy import Limits

pi_heif.register_heif_opener()

_FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
_LARGE_FORMATS = ("JPEG", "MPO", "HEIF")  # MPO is how two-lens phones label their JPEG
_DRAFT_SIDE = 960  # a face filling half of it still has over 90 px between the eyes
_WORK_SIDE = 1280


class UnreadableError(ValueError):
    """The file is refused; `key` names the message, `params` fill it."""

    def __init__(self, key: str, **params: float | str) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


@dataclass(frozen=True)
class CaptureFacts:
    """What the camera and the programs after it wrote into the file; empty when they did not."""

    taken: str = ""  # as EXIF writes it: "2026:03:09 14:32:10"
    software: str = ""


@dataclass(frozen=True)
class Picture:
    """An upright RGB picture, its long side at most 1280 px.

    `width` and `height` are the sizes of the original, upright; `scale` is original pixels per
    working pixel.
    """

    image: Image.Image
    width: int
    height: int
    facts: CaptureFacts

    @property
    def scale(self) -> float:
        return self.width / self.image.width


def read_picture(data: bytes, limits: Limits) -> Picture:
    """Decode `data` within `limits`, or raise UnreadableError with the reason."""
    if len(data) > limits.max_bytes:
        raise UnreadableError(
            "file.too_big", size_mb=round(len(data) / 1e6, 1), limit_mb=limits.max_bytes // 10**6
        )
    source = _opened(data)
    _check_header(source, limits)
    width, height = source.size
    facts = _capture_facts(source)
    image = _decoded(source)
    if (image.width > image.height) != (width > height):  # turned upright by its EXIF
        width, height = height, width
    return Picture(image, width, height, facts)


def _opened(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(BytesIO(data), formats=_FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise UnreadableError("file.too_many_pixels") from error
    except Exception as error:  # decoders meet hostile bytes and raise whatever they like
        raise UnreadableError("file.wrong_type") from error


def _check_header(source: Image.Image, limits: Limits) -> None:
    large = source.format in _LARGE_FORMATS
    allowed = limits.max_pixels_jpeg if large else limits.max_pixels_other
    if source.width * source.height > allowed:
        raise UnreadableError("file.too_many_pixels")
    if min(source.size) < limits.min_side:
        raise UnreadableError("file.tiny", width=source.width, height=source.height)
    if not large and getattr(source, "n_frames", 1) > 1:
        raise UnreadableError("file.animated")


def _capture_facts(source: Image.Image) -> CaptureFacts:
    try:
        exif = source.getexif()
        taken = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal, "")
        software = exif.get(ExifTags.Base.Software, "")
    except Exception:  # a broken EXIF block says nothing about the picture
        return CaptureFacts()
    return CaptureFacts(_clean(taken), _clean(software))


def _clean(text: object) -> str:
    return "".join(c for c in str(text) if c.isprintable())[:64].strip()


def _decoded(source: Image.Image) -> Image.Image:
    try:
        ratio = _DRAFT_SIDE / max(source.size)
        source.draft("RGB", (int(source.width * ratio), int(source.height * ratio)))
        small = _rgb(source)
        small.thumbnail((_WORK_SIDE, _WORK_SIDE), Image.Resampling.BICUBIC, reducing_gap=2.0)
        return _upright(source, small)
    except Exception as error:  # as in _opened: the decoder's exceptions are its own affair
        raise UnreadableError("file.damaged") from error


def _rgb(source: Image.Image) -> Image.Image:
    source.load()
    if source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info:
        layer = source.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("RGB")
    if source.mode.startswith("I"):  # 16 bits of grey: keep the upper eight
        source = source.convert("I").point(lambda value: value / 256).convert("L")
    return source if source.mode == "RGB" else source.convert("RGB")


def _upright(source: Image.Image, small: Image.Image) -> Image.Image:
    try:
        if source.getexif().get(ExifTags.Base.Orientation, 1) == 1:
            return small
        small.info["exif"] = source.info.get("exif", b"")
        return ImageOps.exif_transpose(small)
    except Exception:  # an orientation that cannot be read is no orientation
        return small
