"""The language of the page: switched by a button, without losing what was typed.

The header's buttons post ``_language``. On a page with a main form they belong to that form, so its
values travel along: the view shows them again in the other language and acts on nothing.
"""

from typing import Any, TypeVar, cast

from django.conf import settings
from django.forms import BaseForm
from django.forms.utils import ErrorDict
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

FIELD = "_language"
_YEAR = 365 * 24 * 3600
SomeForm = TypeVar("SomeForm", bound=BaseForm)


def chosen(request: HttpRequest) -> str | None:
    """The language a button of the header asks for, if any."""
    if request.method != "POST":
        return None
    try:
        language = request.POST.get(FIELD)
    except UnreadablePostError:  # the connection broke while the body was coming
        return None
    return language if language in dict(settings.LANGUAGES) else None


def switched(request: HttpRequest) -> bool:
    """Whether this post only switches the language; then nothing is saved and no error is shown."""
    return chosen(request) is not None


def without_errors(form: SomeForm) -> SomeForm:
    """The bound form with all that was typed, and without judging it."""
    form._errors = ErrorDict(renderer=form.renderer)  # type: ignore[attr-defined]
    return form


class LanguageMiddleware(LocaleMiddleware):
    """Django's choice of language, and before it the button just pressed; the choice is remembered."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        language = chosen(request)
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        language = chosen(request)
        if language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=_YEAR,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite=cast(Any, settings.LANGUAGE_COOKIE_SAMESITE),
            )
        return super().process_response(request, response)
