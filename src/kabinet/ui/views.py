"""Pages of the look itself: switching the language, and the gallery of all components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from kabinet.ui import gallery


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Back to where one was; the middleware has taken note of the language."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(
        back, {request.get_host()}, settings.SESSION_COOKIE_SECURE
    ):
        back = "/"
    return redirect(back)


def stay(request: HttpRequest) -> HttpResponse:
    """A request of the person's own, so that the session does not end while one reads."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


def show_gallery(request: HttpRequest, page: str = "components") -> HttpResponse:
    """``?theme=dark`` or ``light`` fixes the theme; without it the device decides."""
    if not settings.DEMO:
        raise Http404
    theme = request.GET.get("theme", "")
    context = gallery.facts(page) | {"theme": theme if theme in {"dark", "light"} else ""}
    return render(request, gallery.template(page), context)
