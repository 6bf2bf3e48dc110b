"""What a file is by its content, and whether its header alone already forbids decoding it.

Pure Python over bytes, so that the parent may do it: nothing here can be made to overrun
a buffer, every loop is bounded, and no pixel is decoded. Names and endings of files are
never looked at. The decoders of the child check again what they find themselves.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import NoReturn

from kabinet.vault.refusals import (
    MEGABYTE,
    Animated,
    Damaged,
    Empty,
    Encrypted,
    TooBig,
    TooManyPixels,
    TooManyScans,
    TooSmall,
    UnknownType,
    WrongType,
)

MEGAPIXEL = 1_000_000


@dataclass(frozen=True)
class Limits:
    """How much one upload may ask of the host, and how large its safe picture becomes.

    Bytes, pixels, seconds, as the names say (rulings.md 22 and 23, trust.md 26).
    """

    photo_bytes: int = 10 * MEGABYTE
    pdf_bytes: int = 20 * MEGABYTE
    camera_megapixels: int = 50
    """JPEG and HEIC, which cameras write and which decode in strips or tiles."""
    other_megapixels: int = 16
    """PNG and WebP, which are decoded whole."""
    shorter_side: int = 200
    scans: int = 100
    pdf_pages: int = 200
    preview_pages: int = 10
    wall_seconds: float = 8.0
    wait_seconds: float = 10.0
    cpu_seconds: int = 8
    memory_bytes: int = 1024 * MEGABYTE
    longer_side: int = 2400
    quality: int = 85
    preview_side: int = 1600
    photo_preview_side: int = 1000
    photo_preview_quality: int = 75
    thumbnail_side: int = 240
    thumbnail_bytes: int = 6 * 1024


PHOTO = Limits()


@dataclass(frozen=True)
class Header:
    """Kind ("JPEG", "PNG", "WebP", "HEIC", "PDF") and stored size in pixels (0 × 0 for PDF)."""

    kind: str
    width: int = 0
    height: int = 0


def examine(data: bytes, *, allow_pdf: bool, limits: Limits) -> Header:
    """The header of a file that may go on to a decoder; raises a refusal for every other."""
    if not data:
        raise Empty
    kind = kind_of(data)
    if kind == "PDF" and allow_pdf:
        return _pdf(data, limits)
    if kind not in _PICTURES:
        _refuse_type(kind)
    if len(data) > limits.photo_bytes:
        raise TooBig(size=len(data), limit=limits.photo_bytes)
    width, height = _PICTURES[kind](data, limits)
    check_size(kind, width, height, limits)
    return Header(kind, width, height)


def check_size(kind: str, width: int, height: int, limits: Limits) -> None:
    """Raise TooManyPixels or TooSmall for a picture of that size.

    "50 megapixels" covers what makers sell under that name, up to 8192 × 6144 = 50.3.
    """
    limit = limits.camera_megapixels if kind in {"JPEG", "HEIC"} else limits.other_megapixels
    if width * height > limit * MEGAPIXEL * 1.01:
        raise TooManyPixels(megapixels=ceil(width * height / MEGAPIXEL), limit=limit)
    if min(width, height) < limits.shorter_side:
        raise TooSmall(width=width, height=height, limit=limits.shorter_side)


def _refuse_type(kind: str) -> NoReturn:
    if kind:
        raise WrongType(found=kind)
    raise UnknownType


# --- the kind ---------------------------------------------------------------------------

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"8BPS", "PSD"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b\x08", "GZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "DOC"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\0\0\1\0", "ICO"),
    (b"{\\rtf", "RTF"),
    (b"%!PS", "PostScript"),
    (b"\x1a\x45\xdf\xa3", "WebM"),
    (b"OggS", "OGG"),
    (b"ID3", "MP3"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "EXE"),
)
_RIFF = {b"WEBP": "WebP", b"AVI ": "AVI", b"WAVE": "WAV"}
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1"), "HEIC"),
    **dict.fromkeys((b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"), "HEIC"),
    b"avis": "AVIF",
    b"qt  ": "MOV",
}
_OFFICE = ((b"word/", "DOCX"), (b"xl/", "XLSX"), (b"ppt/", "PPTX"), (b"opendocument", "ODT"))
_BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


def kind_of(data: bytes) -> str:
    """The name of the format by its first bytes; empty when they tell nothing."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], "")
    if data[4:8] == b"ftyp":
        # The general brand "mif1" is also how some AVIF files begin.
        return "AVIF" if b"avif" in data[8:64] else _BRANDS.get(data[8:12], "MP4")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for part, kind in _OFFICE if part in data), "ZIP")
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return "BMP"
    return _kind_of_text(data[:1024].lstrip(_BLANK).lower())


def _kind_of_text(start: bytes) -> str:
    if start.startswith(b"%pdf-"):
        return "PDF"
    if b"<svg" in start:
        return "SVG"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return "HTML"
    return "XML" if start.startswith(b"<?xml") else ""


# --- the headers ------------------------------------------------------------------------

# Real files have some dozens of segments, and a PNG written in 8 KB pieces 1,300 chunks.
_PIECES = 10_000
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ENCRYPTED = re.compile(rb"/Encrypt\s*(<<|\d+\s+\d+\s+R)")
_START_OF_SCAN, _END_OF_IMAGE, _ALONE = 0xDA, 0xD9, {0x01, 0xD8}


def _jpeg(data: bytes, limits: Limits) -> tuple[int, int]:
    """Size from the frame header, after walking the segments as libjpeg does.

    The walk jumps over the payload of segments, so that the small picture in EXIF does not
    count as a scan, and ends at the end of the first image, where libjpeg ends too.
    """
    size, scans, position = (0, 0), 0, 2
    for _ in range(_PIECES):
        found = _JPEG_MARKER.search(data, position)
        if not found:
            raise Damaged
        position, code = found.end(), found[0][1]
        if code == _END_OF_IMAGE:
            return _known(*size)
        if code in _ALONE:
            continue
        if code == _START_OF_SCAN:
            scans += 1
        if scans > limits.scans:
            raise TooManyScans(limit=limits.scans)
        if code in _JPEG_FRAMES:
            height, width = _big(data, position + 3, 2), _big(data, position + 5, 2)
            size = (max(size[0], width), max(size[1], height))
        position += max(_big(data, position, 2), 2)
    raise Damaged


def _png(data: bytes, limits: Limits) -> tuple[int, int]:
    """Size from IHDR, after checking every chunk's sum: Pillow does not for pixel data."""
    if data[12:16] != b"IHDR":
        raise Damaged
    position = 8
    for _ in range(_PIECES):
        name, end = data[position + 4 : position + 8], position + 8 + _big(data, position, 4)
        if name == b"acTL":
            raise Animated
        if len(data) < end + 4 or zlib.crc32(data[position + 4 : end]) != _big(data, end, 4):
            raise Damaged
        if name == b"IEND":
            return _known(_big(data, 16, 4), _big(data, 20, 4))
        position = end + 4
    raise Damaged


def _webp(data: bytes, limits: Limits) -> tuple[int, int]:
    """Size from the first chunk: extended, lossless or lossy."""
    if len(data) < 30 or len(data) < _little(data, 4, 4) + 8:
        raise Damaged
    name = data[12:16]
    if name == b"VP8X":
        if data[20] & 0x02:
            raise Animated
        return _little(data, 24, 3) + 1, _little(data, 27, 3) + 1
    if name == b"VP8L" and data[20] == 0x2F:
        bits = _little(data, 21, 4)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return _known(_little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF)
    raise Damaged


def _heic(data: bytes, limits: Limits) -> tuple[int, int]:
    """The largest size that any picture in the file declares (`ispe`, ISO 23008-12)."""
    if data[8:12] in {b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"}:
        raise Animated
    span = (0, len(data))
    # `meta` is a full box: 4 bytes of version and flags stand before its children.
    for name, skip in ((b"meta", 4), (b"iprp", 0), (b"ipco", 0)):
        span = next(((a + skip, b) for kind, a, b in _boxes(data, *span) if kind == name), (0, 0))
    sizes = [
        (_big(data, start + 4, 4), _big(data, start + 8, 4))
        for kind, start, _end in _boxes(data, *span)
        if kind == b"ispe"
    ]
    return _known(*max(sizes, key=lambda size: size[0] * size[1], default=(0, 0)))


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the content of each box; ends at the first crooked one."""
    for _ in range(_PIECES):
        length, name, head = _big(data, start, 4), data[start + 4 : start + 8], 8
        if length == 1:
            length, head = _big(data, start + 8, 8), 16
        elif length == 0:
            length = end - start
        if length < head or start + length > end:
            return
        yield name, start + head, start + length
        start += length


def _pdf(data: bytes, limits: Limits) -> Header:
    """A PDF that is whole and open.

    Readers look for the end mark in the last kilobyte, we in four. Where the document is
    encrypted stands in its trailer, which is never packed.
    """
    if len(data) > limits.pdf_bytes:
        raise TooBig(size=len(data), limit=limits.pdf_bytes)
    if _ENCRYPTED.search(data):
        raise Encrypted
    if b"%%EOF" not in data[-4096:]:
        raise Damaged
    return Header("PDF")


def _known(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        raise Damaged
    return width, height


def _big(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(data[start : start + length], "big")


def _little(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(data[start : start + length], "little")


_PICTURES: dict[str, Callable[[bytes, Limits], tuple[int, int]]] = {
    "JPEG": _jpeg,
    "PNG": _png,
    "WebP": _webp,
    "HEIC": _heic,
}
