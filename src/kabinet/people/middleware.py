"""Sessions end when their person has gone, the choice of language is remembered, refusals are explained."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kabinet.people import actions
from kabinet.people.access import Refused
from kabinet.people.sign_in import STRANGE_COMPUTER
from kabinet.ui.language import chosen

_TOUCH = 60  # seconds: a session is written at most once a minute
_STRANGE_IDLE = 10 * 60
_LONGEST = 12 * 3600  # trust.md, check 14
POLL = "X-Kabinet-Poll"  # header of requests that a script makes by itself

Answer = Callable[[HttpRequest], HttpResponse]


class IdleMiddleware:
    """30 minutes without a request of the person's own end the session, 10 on a strange computer."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if auth.SESSION_KEY in request.session:
            _keep_or_end(request)
        return self.get_response(request)


class LanguageMemoryMiddleware:
    """The language a signed-in person chooses is theirs on every device."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        language = chosen(request)
        if language and request.user.is_authenticated:
            actions.set_language(person=request.user, language=language)
        return response


class RefusalMiddleware:
    """What a view refuses and does not explain itself is a page with the sentence."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return render(request, "people/refused.html", {"sentence": error.sentence}, status=403)


def idle_seconds(session: SessionBase) -> int:
    """How long this session may lie unused."""
    return _STRANGE_IDLE if session.get(STRANGE_COMPUTER) else settings.SESSION_COOKIE_AGE


def _keep_or_end(request: HttpRequest) -> None:
    session, now = request.session, int(timezone.now().timestamp())
    began, seen = session.get("began", now), session.get("seen", now)
    if now - seen > idle_seconds(session) or now - began > _LONGEST:
        auth.logout(request)
    elif "seen" not in session:
        session["began"], session["seen"] = began, seen
    elif now - seen >= _TOUCH and POLL not in request.headers:
        session["seen"] = now
