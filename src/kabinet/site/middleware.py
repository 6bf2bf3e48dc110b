"""What every answer of the house has in common."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXT = ("text/", "application/json")


class PagesGZipMiddleware(GZipMiddleware):
    """Compresses pages for slow lines, not pictures and sheets, which are compressed already.

    The length of a compressed page tells nothing: tokens are masked anew in every page, and Django
    adds random bytes (docs/decisions/0006).
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not response.headers.get("Content-Type", "").startswith(TEXT):
            return response
        return super().process_response(request, response)


class NoStoreMiddleware:
    """Nothing but static files is kept by the browser or a proxy (ASVS 14.3.2)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class PermissionsMiddleware:
    """No page may use camera, microphone or place; one that needs the camera says so itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        return response


class TypedTextMiddleware:
    """NUL is typed by nobody, and PostgreSQL stores no text that holds it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _holds_nul(request.GET) or _holds_nul(_posted(request)):
            raise BadRequest("NUL in a text")
        return self.get_response(request)


def _posted(request: HttpRequest) -> QueryDict:
    try:
        return request.POST
    except UnreadablePostError:  # the connection broke; whoever needs the text will see
        return QueryDict()


def _holds_nul(typed: QueryDict) -> bool:
    return any("\0" in text for name, texts in typed.lists() for text in (name, *texts))
