"""The frame in which parent and decode child talk: lengths first, never pickled.

    body length (4 bytes) | head length (4 bytes) | head (JSON) | blob | blob | …

All lengths are big-endian; the lengths of the blobs stand in the head under "blobs".
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

READY = b"\x06"
"""What a child sends first: it has loaded its libraries and will judge the file."""

LENGTH = 4


class BrokenFrame(ValueError):
    """The bytes are no frame."""


def pack(head: Mapping[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """A frame with a head that JSON can carry and any number of byte strings."""
    text = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode("ascii")
    body = b"".join((len(text).to_bytes(LENGTH, "big"), text, *blobs))
    return len(body).to_bytes(LENGTH, "big") + body


def body_length(start: bytes | bytearray) -> int:
    """The length that the first four bytes of a frame announce for the rest."""
    return int.from_bytes(start[:LENGTH], "big")


def unpack(body: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Head and blobs of a frame's body; raises BrokenFrame for anything crooked."""
    start = LENGTH + int.from_bytes(body[:LENGTH], "big")
    try:
        head = json.loads(body[LENGTH:start])
        lengths = head.pop("blobs")
        if not all(type(length) is int and length >= 0 for length in lengths):
            raise BrokenFrame
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as crooked:
        raise BrokenFrame from crooked
    blobs = []
    for length in lengths:
        blobs.append(body[start : start + length])
        start += length
    if start != len(body):
        raise BrokenFrame
    return head, blobs
