"""Dangerous doors ask for the password again: first passwords shown, exports, erasing."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

P = ParamSpec("P")
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def has_confirmed(request: HttpRequest) -> bool:
    """Whether the password was typed in this session within ACCOUNT_REAUTHENTICATION_TIMEOUT."""
    records = get_authentication_records(request, request.user)
    times = [record["at"] for record in records if record["method"] == "password"]
    oldest: float = timezone.now().timestamp() - app_settings.REAUTHENTICATION_TIMEOUT
    return bool(times) and max(times) > oldest


def gives_file(view: AnyView) -> AnyView:
    """Marks an address whose answer is a file: the browser then stays at «Подтвердите пароль»."""
    view.gives_file = True  # type: ignore[attr-defined]
    return view


def is_file(address: str | None) -> bool:
    """Whether a file waits behind this address of ours."""
    try:
        view = resolve(urlsplit(address or "").path).func
    except Resolver404:
        return False
    return getattr(view, "gives_file", False)


def sudo(view: View[P]) -> View[P]:
    """The view runs only shortly after the password was typed; else «Подтвердите пароль» comes
    first and then this very request goes on, also a POST.

    A POST with secrets (``sensitive_post_parameters`` stands above ``sudo``) is not kept for that
    time, since it would lie in the session in clear: its page is shown again.
    """

    @wraps(view)
    def asking(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not has_confirmed(request):
            if hasattr(request, "sensitive_post_parameters"):
                return redirect_to_login(request.path, reverse("account_reauthenticate"))
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    guarded: Any = login_required(asking)
    return guarded  # type: ignore[no-any-return]
