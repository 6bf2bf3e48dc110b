"""The offer «Заполнить из документа», and the pieces of pages that change when a photo was read."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.exams import access, pages
from kabinet.exams.evidence import BOTH_SIDES
from kabinet.exams.identity.actions import EMPTY, Filled, fill_from_document
from kabinet.exams.identity.panel import DOCUMENTS, PERSONAL, panel
from kabinet.exams.identity.queries import identity_of
from kabinet.exams.papers.seen import answer
from kabinet.exams.typed import seen_marks, typed_fields
from kabinet.exams.views import explained, show_collisions
from kabinet.people.models import Person


@login_required
@explained
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """«Заполнить из документа», also from the page «Личные данные» with all that is typed there.

    Who had to sign in again at that moment comes here by a GET, and looks at the page first.
    """
    if request.method != "POST":
        access.application_for(cast(Person, request.user), form_id)
        return redirect("exams:page", form_id, PERSONAL)
    names = [item.name for group in pages.PERSONAL.groups for item in group.fields]
    # The page of photos sends no answers along: there a field without a value was not emptied.
    typed = typed_fields(request, names) if "version" in request.POST else {}
    filled = fill_from_document(
        actor=cast(Person, request.user),
        application=form_id,
        wanted=request.POST.get("take", EMPTY),
        shown=request.POST.get("offer", ""),
        typed=typed,
        seen=seen_marks(request),
    )
    _tell(request, filled)
    if filled.saved.collisions:
        return show_collisions(request, filled.saved, pages.PERSONAL)
    return redirect("exams:page", form_id, PERSONAL)


@require_safe
def piece(request: HttpRequest, form_id: UUID, key: str) -> HttpResponse:
    """One side and what is beside it, or only that; ``?waiting`` is what the script has already."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    user = request.user
    application = access.application_for(user, form_id)
    found = identity_of(application)
    if key == PERSONAL:
        context, template = panel(user, application, found, PERSONAL), "exams/identity/panel.html"
        known = context["state"]
    elif key in BOTH_SIDES:
        side = next((side for side in found.sides if side.slot == key), None)
        known = side.phase if side else "silent"
        context = {"side": side, **panel(user, application, found, DOCUMENTS)}
        template = "exams/identity/piece.html"
    else:
        raise Http404
    return answer(request, template, context, is_waiting=request.GET.get("waiting") == known)


def _tell(request: HttpRequest, filled: Filled) -> None:
    if filled.outdated:
        messages.warning(request, _("Фото документа сменилось. Посмотрите, что прочитано теперь"))
    if filled.lines:
        labels = ", ".join(line.inline for line in filled.lines)
        messages.success(
            request,
            _("Заполнено из документа: %(fields)s. Проверьте эти ответы") % {"fields": labels},
        )
