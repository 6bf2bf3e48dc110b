"""Devices a person has signed in from: what strangers try elsewhere is not counted against them.

A cookie holds the random name of the device and a mark for each person. Only the program can make
a mark, and nobody reads from it whose it is.
"""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from kabinet.people.models import Person

COOKIE = settings.DEVICE_COOKIE_NAME
_NAME_LENGTH = 22
_MOST_MARKS = 10  # of the persons who were here last
_YEAR = 365 * 24 * 3600


def known(request: HttpRequest, person: Person | None) -> str:
    """The name of this device, if the person has signed in from it; else empty."""
    name, marks = _read(request)
    mark = _mark(name, person)
    return name if any(constant_time_compare(mark, each) for each in marks) else ""


def remember(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    name, marks = _read(request)
    name = name or secrets.token_urlsafe(16)
    mark = _mark(name, person)
    _write(response, name, [*(each for each in marks if each != mark), mark])


def forget(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    """«Чужой компьютер»: the device no longer counts as the person's."""
    name, marks = _read(request)
    if known(request, person):
        _write(response, name, [each for each in marks if each != _mark(name, person)])


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    name, *marks = request.COOKIES.get(COOKIE, "").split(".")
    return (name, marks) if len(name) == _NAME_LENGTH else ("", [])


def _write(response: HttpResponse, name: str, marks: list[str]) -> None:
    response.set_cookie(
        COOKIE,
        ".".join([name, *marks[-_MOST_MARKS:]]),
        max_age=_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(name: str, person: Person | None) -> str:
    """For nobody too, so that an address without a person costs as much."""
    whose = person.pk if person else ""
    return salted_hmac("kabinet.device", f"{name}:{whose}", algorithm="sha256").hexdigest()[:32]
