"""The decode child for pictures: one hostile file in, one safe JPEG out.

A process of its own, started by `decoding`, that locks itself up before it reads the
file: little memory and time, no file, no socket, no core dump. Whatever the file makes
its libraries do ends with the process. Its sister `decoder_pdf` loads its libraries on
top, so that a photo does not wait for them.
"""

import hashlib
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from io import BytesIO
from typing import Any

# pi-heif, never pillow-heif: the packages of the latter carry a GPL encoder.
import pi_heif

# TiffImagePlugin reads EXIF; Pillow would import it in the middle, when no file may be opened.
from PIL import (
    Image,
    ImageChops,
    ImageCms,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,  # noqa: F401
    WebPImagePlugin,
)

from kabinet.vault import frames
from kabinet.vault.confining import lower
from kabinet.vault.refusals import Animated, Damaged, UploadRefused
from kabinet.vault.sniff import Limits, check_size

Answer = tuple[dict[str, Any], list[bytes]]
Opener = Callable[[BytesIO], ImageFile.ImageFile]

# The classes themselves instead of Image.open: it would load every plugin and try them all.
OPENERS: dict[str, Opener] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "WebP": WebPImagePlugin.WebPImageFile,
    "HEIC": pi_heif.HeifImageFile,
}

Image.preinit()  # or the first `save` would do it, when no file may be opened
pi_heif.options.DECODE_THREADS = 1  # each thread reserves 64 MB of the child's addresses
pi_heif.options.THUMBNAILS = pi_heif.options.DEPTH_IMAGES = pi_heif.options.AUX_IMAGES = False


# --- the process ------------------------------------------------------------------------


def main() -> None:
    """Entrance of the child for pictures."""
    serve(lambda data, kind, limits: photo(OPENERS[kind](BytesIO(data)), kind, limits))


def serve(answer: Callable[[bytes, str, Limits], Answer]) -> None:
    """Read what is asked, lock up, then read the file, and answer on stdout."""
    _send(frames.READY)
    asked, _ = frames.unpack(_frame())
    kind, limits = asked["kind"], Limits(**asked["limits"])
    _confine(kind, limits)
    _, [data] = frames.unpack(_frame())
    _send(_judged(answer, data, kind, limits))


def _frame() -> bytes:
    source = sys.stdin.buffer
    return source.read(frames.body_length(source.read(frames.LENGTH)))


def _send(message: bytes) -> None:
    sys.stdout.buffer.write(message)
    sys.stdout.buffer.flush()


def _judged(
    answer: Callable[[bytes, str, Limits], Answer], data: bytes, kind: str, limits: Limits
) -> bytes:
    try:
        return frames.pack(*answer(data, kind, limits))
    except UploadRefused as refusal:
        return frames.pack({"refused": type(refusal).__name__, "params": vars(refusal)})
    except Exception:
        # Decoders meet hostile bytes with every kind of exception; all mean the same.
        return frames.pack({"refused": Damaged.__name__, "params": {}})


def _confine(kind: str, limits: Limits) -> None:
    """Give up what decoding does not need. No file descriptor more means no file, no socket.

    No process more holds where we are not root; the parent kills the session anyway.
    libheif decodes in a thread, which counts as one.
    """
    lower(resource.RLIMIT_AS, limits.memory_bytes)
    # At the soft limit comes SIGXCPU, which tells the parent why; at the hard one SIGKILL.
    lower(resource.RLIMIT_CPU, limits.cpu_seconds, spare=1)
    for name in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NOFILE):
        lower(name, 0)
    if kind != "HEIC":
        lower(resource.RLIMIT_NPROC, 0)


# --- the picture ------------------------------------------------------------------------


def photo(image: ImageFile.ImageFile, kind: str, limits: Limits) -> Answer:
    """Facts and [safe JPEG, thumbnail, preview] of an opened, not yet decoded picture."""
    check_size(kind, *image.size, limits)
    if kind == "WebP" and getattr(image, "n_frames", 1) > 1:
        raise Animated
    stored = image.size
    image.draft(None, _fitting(stored, limits.longer_side))
    image.load()
    exif = image.getexif()
    turn = _TURNS.get(exif.get(_ORIENTATION, 1))
    upright = _upright(_true_colour(_reduced(image, limits.longer_side)), turn)
    facts, blobs = finished(upright, limits)
    width, height = stored[::-1] if turn in _LYING else stored
    return {
        **facts,
        **_camera_facts(exif),
        "original_width": width,
        "original_height": height,
    }, [*blobs, _preview(upright, limits)]


def finished(image: Image.Image, limits: Limits) -> Answer:
    """Facts and [JPEG, thumbnail] of an RGB picture of its final size."""
    small = image.copy()
    small.thumbnail((limits.thumbnail_side, limits.thumbnail_side))
    pixels = hashlib.sha256(b"%d %d " % image.size + image.tobytes())
    facts = {
        "width": image.width,
        "height": image.height,
        "grey": is_grey(small),
        "sha256_of_pixels": pixels.hexdigest(),
    }
    return facts, [as_jpeg(image, limits.quality), _thumbnail(small, limits)]


def _preview(image: Image.Image, limits: Limits) -> bytes:
    """The picture as a page shows it: some ten times lighter than the whole."""
    small = image.copy()
    small.thumbnail((limits.photo_preview_side, limits.photo_preview_side))
    return as_jpeg(small, limits.photo_preview_quality)


def as_jpeg(image: Image.Image, quality: int) -> bytes:
    """The pixels alone: Pillow would copy a comment out of `info`."""
    image.info = {}
    file = BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def is_grey(image: Image.Image) -> bool:
    """Whether no more than one pixel in a hundred has a colour an eye could see."""
    red, green, blue = image.split()
    seen = ImageChops.lighter(
        ImageChops.difference(red, green), ImageChops.difference(green, blue)
    ).histogram()
    return sum(seen[_VISIBLE_COLOUR:]) * 100 <= image.width * image.height


_VISIBLE_COLOUR = 12  # of 255; JPEG leaves some ±6 on a grey picture
_SMALLER = ((1.0, 70), (1.0, 55), (1.0, 40), (0.8, 35), (0.65, 30), (0.5, 25), (0.35, 20))


def _thumbnail(image: Image.Image, limits: Limits) -> bytes:
    """The best JPEG of a small picture that fits into the thumbnail's bytes."""
    for scale, quality in _SMALLER:
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        jpeg = as_jpeg(image if scale == 1.0 else image.resize(size), quality)
        if len(jpeg) <= limits.thumbnail_bytes:
            break
    return jpeg


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    """That size, made to fit into a square of that side, never enlarged."""
    scale = min(1.0, side / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _reduced(image: Image.Image, side: int) -> Image.Image:
    size = _fitting(image.size, side)
    image = _resizable(image)
    if size == image.size:
        return image
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _resizable(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: L, RGB, RGBA or CMYK; keeps `info`."""
    if image.mode.startswith("I"):  # 16 bits; a plain convert would cut at 255 instead of scaling
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode in {"L", "RGB", "CMYK"}:
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _true_colour(image: Image.Image) -> Image.Image:
    """The picture in sRGB, on white where it was transparent."""
    profile = image.info.get("icc_profile")
    if image.mode == "RGBA":
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image).convert("RGB")
    # With a broken or foreign profile the plain conversion is what viewers show too.
    with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        if profile:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            return ImageCms.buildTransform(source, _SRGB, image.mode, "RGB").apply(image)
    return image.convert("RGB")


def _upright(image: Image.Image, turn: Image.Transpose | None) -> Image.Image:
    return image if turn is None else image.transpose(turn)


_SRGB = ImageCms.createProfile("sRGB")
_ORIENTATION, _SOFTWARE, _EXIF_PART = 0x0112, 0x0131, 0x8769
_TAKEN, _DIGITIZED = 0x9003, 0x9004
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_LYING = {_TURNS[number] for number in (5, 6, 7, 8)}


# --- what EXIF says, read before it is dropped ------------------------------------------


def _camera_facts(exif: Image.Exif) -> dict[str, str | None]:
    try:
        camera = exif.get_ifd(_EXIF_PART)
        taken = camera.get(_TAKEN) or camera.get(_DIGITIZED)
        return {
            "captured_at": _camera_time(str(taken or "")),
            "software": str(exif.get(_SOFTWARE, ""))[:1000],
        }
    except Exception:
        # EXIF is a TIFF of its own; a crooked one says nothing about the picture.
        return {"captured_at": None, "software": ""}


def _camera_time(text: str) -> str | None:
    """ISO form of "2026:03:01 10:11:12"; the camera's own clock, without a zone."""
    try:
        moment = datetime.fromisoformat(text[:10].replace(":", "-") + text[10:19])
    except ValueError:
        return None
    return moment.isoformat()
