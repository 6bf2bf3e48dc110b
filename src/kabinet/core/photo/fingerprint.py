"""The hash for finding the same picture again: a 256-bit dHash.

The same photo re-saved, shrunk, blurred or darkened differs in at most 43 bits, photos of different
people in at least 70 (photo.md, 6 people): up to SAME_PICTURE_BITS a person should compare.
"""

from typing import Final

from PIL import Image

SAME_PICTURE_BITS: Final = 50
_SIDE = 16


def picture_hash(image: Image.Image) -> str:
    """64 hexadecimal digits: each bit tells whether a cell is darker than its right neighbour."""
    grey = image.convert("L").resize((_SIDE + 1, _SIDE), Image.Resampling.BOX, reducing_gap=None)
    cells = grey.tobytes()
    bits = 0
    for row in range(_SIDE):
        for column in range(_SIDE):
            at = row * (_SIDE + 1) + column
            bits = bits << 1 | (cells[at] < cells[at + 1])
    return f"{bits:064x}"


def hash_distance(first: str, second: str) -> int:
    """How many of the 256 bits differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()
