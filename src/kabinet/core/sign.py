"""Signing: a paper that leaves the house can be shown, later and elsewhere, to be ours and unchanged.

Ed25519 over canonical JSON (rulings.md, 27). A signed document is plain JSON with three members:
``payload``, ``key_id`` and ``signature``.
"""

import base64
import binascii
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kabinet.core.canonical import NotCanonical, canonical_json
from kabinet.core.refusal import Refusal

SEED_BYTES = 32
# Signed with the text, so that a signature made for another purpose never fits a document.
_PURPOSE = b"kabinet document 1\n"


class NotAuthentic(Refusal):
    """The document is not one that we signed; the subclass says why."""

    message_key = "signature.wrong"


class NotADocument(NotAuthentic):
    """The three members are not there, or not of the right kind."""

    message_key = "signature.not_a_document"


class UnknownSigner(NotAuthentic):
    """``key_id``: signed under a key that the reader does not know."""

    message_key = "signature.unknown_key"


class Changed(NotAuthentic):
    """The signature does not fit: the document was changed."""

    message_key = "signature.changed"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was signed, and under which key."""

    payload: dict[str, Any]
    key_id: str


@dataclass(frozen=True, slots=True)
class Signer:
    """The holder of a private key."""

    key_id: str
    public_key: bytes
    _private: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def from_seed(cls, seed: bytes) -> Self:
        """The same 32 bytes always make the same signer."""
        if len(seed) != SEED_BYTES:
            raise ValueError(f"a seed has {SEED_BYTES} bytes, not {len(seed)}")
        private = Ed25519PrivateKey.from_private_bytes(seed)
        public = private.public_key().public_bytes_raw()
        return cls(key_id=key_id(public), public_key=public, _private=private)

    def sign(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The signed document; the payload must be canonical (no binary fractions)."""
        content = dict(payload)
        signature = self._private.sign(_PURPOSE + canonical_json(content))
        return {
            "payload": content,
            "key_id": self.key_id,
            "signature": base64.b64encode(signature).decode(),
        }


def key_id(public_key: bytes) -> str:
    """Sixteen hex digits that name a public key."""
    return hashlib.sha256(public_key).hexdigest()[:16]


def verify(document: object, public_keys: Iterable[bytes]) -> Verified:
    """What the document says, if one of these keys (32 raw bytes each) signed it; else NotAuthentic."""
    payload, name, signature = _members(document)
    known = {key_id(public): public for public in public_keys}
    if name not in known:
        raise UnknownSigner(key_id=name)
    try:
        message = _PURPOSE + canonical_json(payload)
        Ed25519PublicKey.from_public_bytes(known[name]).verify(signature, message)
    except (InvalidSignature, NotCanonical):
        raise Changed from None
    return Verified(payload=payload, key_id=name)


def _members(document: object) -> tuple[dict[str, Any], str, bytes]:
    match document:
        case {"payload": dict() as payload, "key_id": str() as name, "signature": str() as encoded}:
            try:
                return payload, name, base64.b64decode(encoded, validate=True)
            except (binascii.Error, ValueError):
                raise NotADocument from None
    raise NotADocument
