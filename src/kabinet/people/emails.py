"""E-mail as a login: whose it is, and what a letter to it may start. Known and unknown look alike."""

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from kabinet.audit import journal
from kabinet.notifications.actions import send_letter
from kabinet.people import codes
from kabinet.people.actions import journal_of
from kabinet.people.models import EmailCode, Person

Purpose = codes.Purpose


class Taken(Exception):
    """Somebody else signs in by this address."""


def holder_of(email: str) -> Person | None:
    """Who may sign in by the address."""
    return Person.objects.filter(email=email.lower(), is_active=True).first()


def is_taken(email: str) -> bool:
    return Person.objects.filter(email=email.lower()).exists()


def asker_of(request: HttpRequest, email: str) -> str:
    """Against whom a letter to the address is counted."""
    return codes.asker_of(request, reader=holder_of(email))


def send_reset(request: HttpRequest, *, email: str, language: str) -> EmailCode:
    """A code to who has a cabinet by this address; anybody else is told that there is none.

    A letter goes in both cases, so the answer takes as long. Raises codes.TooSoon.
    """
    person, purpose = holder_of(email), Purpose.RESET
    asker = codes.asker_of(request, reader=person)
    if person is None:
        return codes.issue_none(
            email=email, purpose=purpose, asker=asker, language=language, letter="code.unknown"
        )
    spoken = person.language or language
    return codes.issue(email=email, purpose=purpose, asker=asker, language=spoken)


def send_register(request: HttpRequest, *, email: str, language: str) -> EmailCode:
    """A code to a new address; who has a cabinet is told so by letter. Raises codes.TooSoon."""
    return _send_unless_taken(request, email, Purpose.REGISTER, language)


def send_change(request: HttpRequest, *, email: str, language: str) -> EmailCode:
    """A code to the new address, if nobody else signs in by it. Raises codes.TooSoon."""
    return _send_unless_taken(request, email, Purpose.CHANGE_EMAIL, language)


@transaction.atomic
def change(*, person: Person, email: str) -> None:
    """The new address is the login; the old one is told. Call it after the code. Raises Taken."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    before, held.email = held.email, email
    try:
        with transaction.atomic():
            held.save(update_fields=["email"])
    except IntegrityError as error:
        raise Taken from error
    event = journal.record(
        "person.email_changed",
        actor=person,
        subject=person,
        chain=journal_of(person),
        person=person,
    )
    if before:
        send_letter(
            to=before,
            kind="email.changed",
            ref=f"email.changed:{event.pk}",
            params={},
            language=person.language or "ru",
        )


def _send_unless_taken(request: HttpRequest, email: str, purpose: str, language: str) -> EmailCode:
    asker = asker_of(request, email)
    if is_taken(email):
        return codes.issue_none(
            email=email, purpose=purpose, asker=asker, language=language, letter="code.known"
        )
    return codes.issue(email=email, purpose=purpose, asker=asker, language=language)
