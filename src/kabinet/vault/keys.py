"""The installation's keys for sealing and for blind indexes, read once per process."""

import base64
from functools import cache

from django.conf import settings

from kabinet.core.cipher import KEY_BYTES, BadKey, KeyRing


@cache
def ring() -> KeyRing:
    """The keys that open seals; the first one seals."""
    return KeyRing.parse(settings.KEYS.seal_keys)


@cache
def index_key() -> bytes:
    """The key of blind indexes (``core.cipher.blind_index``); never changed, or nothing is found again."""
    key = base64.b64decode(settings.KEYS.index_key, validate=True)
    if len(key) != KEY_BYTES:
        raise BadKey(f"the index key has {len(key)} bytes instead of {KEY_BYTES}")
    return key
