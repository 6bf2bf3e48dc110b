"""Canonical JSON: the same data always give the same bytes, so that a hash or a signature can hold them.

Keys sorted by code point, no blanks, UTF-8 unescaped, whole numbers only. A subset of RFC 8785: binary
fractions are refused because their text differs between languages.
"""

import hashlib
import json


class NotCanonical(TypeError):
    """The object holds something that has no single written form."""


def canonical_json(obj: object) -> bytes:
    """Bytes of dicts with text keys, lists, tuples, text, whole numbers, booleans and None."""
    _check(obj)
    text = json.dumps(obj, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise NotCanonical("text with a lone surrogate has no UTF-8 form") from None


def digest(obj: object) -> str:
    """SHA-256 of the canonical bytes, in hex."""
    return hashlib.sha256(canonical_json(obj)).hexdigest()


def _check(obj: object) -> None:
    if obj is None or isinstance(obj, str | int):
        return
    if isinstance(obj, dict):
        if not all(type(key) is str for key in obj):
            raise NotCanonical("keys must be text")
        obj = tuple(obj.values())
    if not isinstance(obj, list | tuple):
        raise NotCanonical(f"{type(obj).__name__} has no canonical form")
    for item in obj:
        _check(item)
