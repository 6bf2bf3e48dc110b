"""Sealing: small secrets and whole files that only the holder of the key can read or change.

Everything is AES-256-GCM. What a sealed thing belongs to, its *context*, is bound in: a seal or a file
moved to another person's row does not open. Small seals name their key, so keys can be changed while
old seals still open.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SEGMENT_BYTES = 64 * 1024
_NONCE_BYTES = 12
_TAG_BYTES = 16
_SEAL_VERSION = b"\x01"
_FILE_MAGIC = b"KBF1"
_FILE_NONCE_BYTES = 7
_KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


class CipherError(Exception):
    """Something sealed could not be opened, or the keys are not keys."""


class SealBroken(CipherError):
    """The sealed bytes were changed, cut, or belong to another context."""


class UnknownKey(CipherError):
    """Sealed under a key that is not in the ring; the message names the key's id only."""


class BadKey(CipherError):
    """A key or a key's id is not of the form asked for; the message never holds the key."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """32-byte keys by id: the current one seals, all of them open."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise BadKey(f"the current key {self.current!r} is not in the ring")
        for key_id, key in self.keys.items():
            if not _KEY_ID.fullmatch(key_id):
                raise BadKey(f"{key_id!r} is no key id: 1 to 32 letters, digits, _ . -")
            if len(key) != KEY_BYTES:
                raise BadKey(f"the key {key_id!r} has {len(key)} bytes instead of {KEY_BYTES}")

    @classmethod
    def parse(cls, text: str) -> "KeyRing":
        """From ``k2:base64,k1:base64``; the first key is the current one."""
        pairs = [_parsed_key(entry, place) for place, entry in enumerate(text.split(","), 1)]
        if len(dict(pairs)) != len(pairs):
            raise BadKey("two keys have the same id")
        return cls(keys=dict(pairs), current=pairs[0][0])

    def key(self, key_id: str) -> bytes:
        """The key of that id, or UnknownKey."""
        try:
            return self.keys[key_id]
        except KeyError:
            raise UnknownKey(key_id) from None


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, from one master key (HKDF-SHA256, RFC 5869).

    What must stay findable for years (a blind index) derives from a key that is not changed with a ring.
    """
    info = b"kabinet/" + purpose.encode()
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(key)


def blind_index(key: bytes, *parts: str) -> str:
    """64 hex digits, equal for equal parts: finds duplicates of a value that is stored only sealed."""
    mac = hmac.new(key, digestmod=hashlib.sha256)
    for part in parts:
        encoded = part.encode()
        mac.update(len(encoded).to_bytes(8, "big") + encoded)
    return mac.hexdigest()


def seal(ring: KeyRing, plaintext: bytes, *, context: bytes) -> bytes:
    """Header (version, key id), nonce, ciphertext with tag; header and context are authenticated."""
    header = _seal_header(ring.current)
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(ring.key(ring.current))
    return header + nonce + cipher.encrypt(nonce, plaintext, header + context)


def open_sealed(ring: KeyRing, sealed: bytes, *, context: bytes) -> bytes:
    """The plaintext; raises SealBroken or UnknownKey."""
    key_id = sealed_under(sealed)
    header = _seal_header(key_id)
    nonce, body = _split(sealed[len(header) :], _NONCE_BYTES)
    return _opened(AESGCM(ring.key(key_id)), nonce, body, header + context)


def sealed_under(sealed: bytes) -> str:
    """The id of the key: tells which seals a change of keys still has to rewrite."""
    size = sealed[1] if len(sealed) > 1 else 0
    name = sealed[2 : 2 + size].decode("ascii", errors="replace")
    if sealed[:1] != _SEAL_VERSION or len(name) != size or not _KEY_ID.fullmatch(name):
        raise SealBroken("not a seal")
    return name


def encrypt_file(data: bytes, key: bytes, *, context: bytes) -> bytes:
    """Segments of 64 KiB under one key that must be used for this file only.

    The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, CRYPTO 2015): the nonce of a segment
    is 7 random bytes, its number in 4 bytes, and whether it is the last one.
    """
    cipher = _file_cipher(key)
    prefix = os.urandom(_FILE_NONCE_BYTES)
    segments = (
        cipher.encrypt(nonce, segment, _FILE_MAGIC + context)
        for nonce, segment in _segments(data, prefix, SEGMENT_BYTES)
    )
    return b"".join([_FILE_MAGIC, prefix, *segments])


def decrypt_file(encrypted: bytes, key: bytes, *, context: bytes) -> bytes:
    """The file; SealBroken when a bit, the order, the number of segments or the context differs."""
    cipher = _file_cipher(key)
    magic, rest = _split(encrypted, len(_FILE_MAGIC))
    if magic != _FILE_MAGIC:
        raise SealBroken("not an encrypted file")
    prefix, body = _split(rest, _FILE_NONCE_BYTES)
    return b"".join(
        _opened(cipher, nonce, segment, _FILE_MAGIC + context)
        for nonce, segment in _segments(body, prefix, SEGMENT_BYTES + _TAG_BYTES)
    )


def _parsed_key(entry: str, place: int) -> tuple[str, bytes]:
    key_id, colon, encoded = entry.strip().partition(":")
    if not colon:
        raise BadKey(f"key {place} is not of the form id:base64")
    try:
        return key_id, base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise BadKey(f"key {place} is not base64") from None


def _seal_header(key_id: str) -> bytes:
    return _SEAL_VERSION + bytes([len(key_id)]) + key_id.encode()


def _file_cipher(key: bytes) -> AESGCM:
    if len(key) != KEY_BYTES:
        raise BadKey(f"a file's key has {KEY_BYTES} bytes, not {len(key)}")
    return AESGCM(key)


def _segments(body: bytes, prefix: bytes, size: int) -> Iterator[tuple[bytes, memoryview]]:
    """Nonce and bytes of each segment; an empty body still has one, the last."""
    count = max(1, -(-len(body) // size))
    view = memoryview(body)
    for number in range(count):
        last = number == count - 1
        nonce = prefix + number.to_bytes(4, "big") + bytes([last])
        yield nonce, view[number * size : (number + 1) * size]


def _split(data: bytes, size: int) -> tuple[bytes, bytes]:
    if len(data) < size:
        raise SealBroken("cut short")
    return data[:size], data[size:]


def _opened(cipher: AESGCM, nonce: bytes, body: bytes | memoryview, bound: bytes) -> bytes:
    if len(body) < _TAG_BYTES:
        raise SealBroken("cut short")
    try:
        return cipher.decrypt(nonce, body, bound)
    except InvalidTag:
        raise SealBroken("changed, cut, or of another context") from None
