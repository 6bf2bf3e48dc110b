"""Fingerprints of a picture, for "is this the same picture file?"; they cannot tell persons apart.

Flat scans of two persons' documents look alike: with 64 bits they are 0 to 7 bits apart, so the
perceptual hash has 256 (scikit's "phash" at hash size 16, without its packages). Measured:
re-encoded copies differ by at most 4 bits, different persons' scans by at least 20.
"""

from __future__ import annotations

import hashlib
import math
from operator import mul
from statistics import median
from typing import Final

from PIL import Image

from kabinet.core.passport.document import Digests

# At most so many bits between two pictures that are the same file saved again.
SAME_PICTURE: Final = 10

_SIDE: Final = 64
_KEPT: Final = 16
_WAVES: Final = tuple(
    tuple(math.cos(math.pi * wave * (2 * place + 1) / (2 * _SIDE)) for place in range(_SIDE))
    for wave in range(_KEPT)
)


def digests_of(data: bytes, picture: Image.Image | None) -> Digests:
    """All fingerprints of a file and of its decoded picture, if it has one."""
    file = hashlib.sha256(data).hexdigest()
    if picture is None:
        return Digests(file=file)
    pixels = hashlib.sha256(f"{picture.width}x{picture.height}".encode())
    pixels.update(picture.tobytes())
    return Digests(file=file, pixels=pixels.hexdigest(), phash=_perceptual(picture))


def bits_apart(first: str, second: str) -> int:
    """In how many of 256 bits two perceptual hashes differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


def same_picture(first: Digests, second: Digests) -> bool:
    """Whether two files show the very same picture (not only the same document)."""
    if first.file == second.file or (first.pixels and first.pixels == second.pixels):
        return True
    both = bool(first.phash and second.phash)
    return both and bits_apart(first.phash, second.phash) <= SAME_PICTURE


def _perceptual(picture: Image.Image) -> str:
    """The signs, against their median, of the lowest 16 x 16 cosine waves of a 64 x 64 picture."""
    small = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    light = small.tobytes()
    rows = [light[start : start + _SIDE] for start in range(0, _SIDE * _SIDE, _SIDE)]
    half = [[_dot(wave, row) for wave in _WAVES] for row in rows]
    columns = list(zip(*half, strict=True))
    waves = [_dot(wave, column) for wave in _WAVES for column in columns]
    middle = median(waves)
    bits = "".join("1" if wave > middle else "0" for wave in waves)
    return f"{int(bits, 2):0{_KEPT * _KEPT // 4}x}"


def _dot(left: tuple[float, ...], right: bytes | tuple[float, ...]) -> float:
    return float(sum(map(mul, left, right)))
