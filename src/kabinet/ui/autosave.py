"""What a page and its server say to each other about text saved by itself (docs/reference/ui.md)."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, JsonResponse


def asked(request: HttpRequest) -> bool:
    """Whether the post was sent by ``autosave.js`` and expects JSON."""
    return request.method == "POST" and request.POST.get("autosave") == "1"


def changed(request: HttpRequest) -> list[str]:
    """Names of the fields that were changed on the page; one without a value was emptied."""
    return request.POST.get("changed", "").split()


def seen(request: HttpRequest) -> dict[str, Any]:
    """What the page was built on, as the server wrote it into the hidden field ``seen``."""
    try:
        base = json.loads(request.POST.get("seen", "") or "{}")
    except (ValueError, RecursionError):
        return {}
    return base if isinstance(base, dict) else {}


def answer(
    status: str,
    *,
    version: str | int = "",
    seen: Mapping[str, Any] | None = None,
    notes: Mapping[str, Mapping[str, Any]] | None = None,
    code: int = 200,
) -> JsonResponse:
    """``code``: 200 saved, 409 some fields collided (``notes`` say which), 403 closed, 401 signed out."""
    body: dict[str, Any] = {
        "status": str(status),
        "version": str(version),
        "notes": dict(notes or {}),
    }
    if seen is not None:
        body["seen"] = json.dumps(seen)
    return JsonResponse(body, status=code)
