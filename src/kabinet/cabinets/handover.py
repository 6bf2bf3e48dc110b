"""The access somebody has just opened or renewed: for a quarter of an hour its first password is at hand.

After the post comes a redirect, and the next page still has to show the ten digits. The session
remembers only whose they are; the digits stay sealed where they are. Whoever wants to see them
later prints a slip, after typing the own password again.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from kabinet.core.credentials import show_applicant_number, show_first_password
from kabinet.people.access import person_for
from kabinet.people.actions import first_passwords
from kabinet.people.models import Organisation, Person

_KEY = "handover"
_SECONDS = 15 * 60
OPENED, KNOWN, REPLACED = "opened", "known", "replaced"


@dataclass(frozen=True)
class Handover:
    """``how``: opened, known (was there before) or replaced; ``password`` empty once unusable."""

    person: Person
    how: str
    password: str

    @property
    def login_email(self) -> str:
        """The address, where there is one: a letter has said how to get in by it."""
        return self.person.email or ""

    @property
    def login_number(self) -> str:
        """The applicant number, where there is no phone to sign in with."""
        return "" if self.person.phone else show_applicant_number(self.person.number)


def remember(request: HttpRequest, *, person: Person, place: Organisation, how: str) -> None:
    """Also a second press of the same button: what was opened just now stays «opened»."""
    before = _kept(request)
    if how == KNOWN and before and before["person"] == str(person.pk):
        how = before["how"]
    request.session[_KEY] = {
        "person": str(person.pk),
        "place": str(place.pk),
        "how": how,
        "at": int(timezone.now().timestamp()),
    }


def is_at_hand(request: HttpRequest, person_id: UUID) -> bool:
    kept = _kept(request)
    return bool(kept and kept["person"] == str(person_id))


def at_hand(request: HttpRequest, *, user: Person, place: Organisation) -> Handover | None:
    """What this session has just handed over at this place, with the password while it is unused."""
    kept = _kept(request)
    if not kept or kept["place"] != str(place.pk):
        return None
    try:
        person = person_for(user, kept["person"])
        digits = first_passwords(actor=user, people=[person]).get(person.pk, "")
    except Http404:  # meanwhile their post has ended
        return None
    return Handover(person, kept["how"], show_first_password(digits) if digits else "")


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    kept: dict[str, Any] | None = request.session.get(_KEY)
    if not kept or int(timezone.now().timestamp()) - kept["at"] > _SECONDS:
        return None
    return kept
