"""First passwords: ten digits, sealed, dead as soon as the owner has a password of their own.

They are never hashed: to check one is to unseal it, so opening 60,000 accesses costs no hashing.
The seal is bound to the person and to this issue; the token in a slip's QR is derived from the same
two and stored nowhere. Wrong tries only slow down (rulings 2 and 3); they never destroy anything.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from kabinet.core import cipher, credentials
from kabinet.people.models import FirstPassword, Person
from kabinet.vault import keys

DEFAULT_LIFE = timedelta(days=14)  # where nobody names the end of the access (trust.md, check 3)


class Expired(Exception):
    """The right first password, but its time is over."""


def issued(person: Person, *, by: Person | None, expires_at: datetime) -> tuple[FirstPassword, str]:
    """A new row, not yet stored, and the ten digits it seals."""
    digits = credentials.new_first_password()
    row = FirstPassword(id=uuid.uuid4(), person=person, issued_by=by, expires_at=expires_at)
    row.sealed = cipher.seal(keys.ring(), digits.encode(), context=bound_to(row))
    return row, digits


def of(person: Person) -> FirstPassword | None:
    """The person's first password, also an expired one."""
    found: FirstPassword | None = getattr(person, "first_password", None)
    return found


def is_usable(row: FirstPassword | None) -> bool:
    return row is not None and row.expires_at > timezone.now()


def opens(person: Person, typed: str) -> bool:
    """Whether ``typed`` is the person's first password or the token of its slip.

    Raises Expired for a right one whose time is over: only who holds the slip can learn that.
    """
    row = of(person)
    if row is None:
        return False
    tidied = credentials.tidy_first_password(typed)
    # Both comparisons always run, so that the answer takes the same time.
    matches = constant_time_compare(tidied, revealed(row)) | constant_time_compare(
        typed.strip(), token(row)
    )
    if matches and not is_usable(row):
        raise Expired
    return matches


def revealed(row: FirstPassword) -> str:
    """The ten digits."""
    return cipher.open_sealed(keys.ring(), bytes(row.sealed), context=bound_to(row)).decode()


def revealed_usable(people: Iterable[Person]) -> dict[uuid.UUID, str]:
    """The ten digits by person, only of those who have not used theirs and still may."""
    rows = FirstPassword.objects.filter(person__in=list(people), expires_at__gt=timezone.now())
    return {row.person_id: revealed(row) for row in rows}


def token(row: FirstPassword) -> str:
    """The 128 bits that a slip's QR carries instead of the digits."""
    return credentials.slip_token(_token_key(), str(row.person_id), str(row.id))


def sign_in_address(row: FirstPassword, number: str) -> str:
    """What the QR says. The fragment never leaves the browser (ruling 6, ASVS 14.2.1)."""
    return f"{settings.ADDRESS}{reverse('account_login')}#{number}.{token(row)}"


@cache
def _token_key() -> bytes:
    return cipher.derive(keys.index_key(), "slip token")


def bound_to(row: FirstPassword) -> bytes:
    """What the seal belongs to: this issue for this person."""
    return f"first password/{row.person_id}/{row.id}".encode()
