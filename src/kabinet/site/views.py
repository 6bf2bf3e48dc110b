"""Answers about the house itself: is it alive, is it ready, and what to say when something breaks."""

import sys
from contextlib import suppress

from django.core.files.storage import storages
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from huey.contrib.djhuey import HUEY

OUT_OF_REACH: tuple[type[Exception], ...] = (OperationalError, InterfaceError, OSError)
with suppress(ModuleNotFoundError):  # an extra
    from redis import RedisError

    OUT_OF_REACH += (RedisError,)
AGAIN_AFTER = "60"  # seconds


def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> HttpResponse:
    """503 names what is missing: database, storage, queue."""
    checks = {
        "database": _database_answers,
        "storage": _storage_answers,
        "queue": _queue_answers,
    }
    state = {name: check() for name, check in checks.items()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever is wrong with the database, the answer is "not ready"
        return False
    return True


def _storage_answers() -> bool:
    try:
        storages["vault"].exists("probe")
    except OSError:
        return False
    return True


def _queue_answers() -> bool:
    try:
        HUEY.pending_count()
    except Exception:  # SQLite and Redis fail in ways of their own
        return False
    return True


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """503 while database, disk or cache are full or away: nothing was saved, and it passes. Else 500.

    Asks nobody anything, for the same reason.
    """
    if isinstance(sys.exc_info()[1], OUT_OF_REACH):
        away = get_template("503.html").render()
        return HttpResponse(away, status=503, headers={"Retry-After": AGAIN_AFTER})
    return HttpResponse(get_template("500.html").render(), status=500)
