"""Own passwords as they are kept: one written form, hashed with Argon2id at the cost OWASP names."""

import unicodedata

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: about 20 ms of one core (OWASP Password Storage, speed.md 3)."""

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1


def normal(raw: str) -> str:
    """The same password, whichever keyboard composed its letters (NIST SP 800-63B, 5.1.1.2)."""
    return unicodedata.normalize("NFKC", raw)
