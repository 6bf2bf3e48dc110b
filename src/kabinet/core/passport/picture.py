"""From the bytes of a file to a picture of bounded size, upright and without metadata."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Final

import pi_heif
from PIL import Image, ImageOps

from kabinet.core.passport.limits import Limits

_FORMATS: Final = ("JPEG", "PNG", "WEBP")
_WHITE: Final = (255, 255, 255)


def open_picture(data: bytes, *, limits: Limits) -> Image.Image | None:
    """The picture in RGB, its longest side at most `limits.work_side`; None if it is not one."""
    if not 0 < len(data) <= limits.max_bytes:
        return None
    try:
        # What is odd about a file is nothing for the error stream of a command.
        with warnings.catch_warnings(action="ignore"):
            return _upright(_opened(data, limits), limits)
    # Decoders fail in many ways on damaged files (OSError, SyntaxError, struct.error, …), and all
    # of them mean the same here.
    except Exception:
        return None


def _opened(data: bytes, limits: Limits) -> Image.Image:
    """The picture with only its header read, where its format allows that."""
    if pi_heif.is_supported(data):
        container = pi_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
        _refuse_huge(container.size, limits)
        heic: Image.Image = container.to_pillow()
        return heic
    picture: Image.Image = Image.open(BytesIO(data), formats=_FORMATS)
    _refuse_huge(picture.size, limits)
    return picture


def _refuse_huge(size: tuple[int, int], limits: Limits) -> None:
    if size[0] * size[1] > limits.max_pixels:
        raise ValueError("more pixels than allowed")


def _upright(picture: Image.Image, limits: Limits) -> Image.Image:
    factor = limits.work_side / max(picture.size)
    if factor < 1:
        wanted = (round(picture.width * factor), round(picture.height * factor))
        # Before anything loads the pixels: lets the JPEG decoder give a half or a quarter.
        picture.draft("RGB", wanted)
    ImageOps.exif_transpose(picture, in_place=True)
    plain = _on_white(picture)
    plain.thumbnail((limits.work_side, limits.work_side), reducing_gap=2.0)
    return plain


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layer = picture.convert("RGBA")
    ground = Image.new("RGB", layer.size, _WHITE)
    ground.paste(layer, mask=layer.getchannel("A"))
    return ground
