"""Photos of pages: adding, ordering, taking away, and «Собрать PDF»."""

from collections.abc import Callable, Mapping
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.portfolio import limits, plan_page
from kabinet.portfolio.actions import Upload
from kabinet.portfolio.models import Scan
from kabinet.portfolio.scans import access, actions
from kabinet.portfolio.views import refusals
from kabinet.portfolio.views.plan import chosen_files, nothing_came, token_of
from kabinet.portfolio.views.reports import picture
from kabinet.vault import actions as vault
from kabinet.vault.models import THUMB, page

PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/heic,image/heif"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scan(request: HttpRequest, scan_id: UUID) -> HttpResponse:
    found = access.scan_for(cast(Person, request.user), scan_id)
    if request.method != "POST":
        return _page(request, found)
    return refusals.acted(request, found, _ACTS, _page, usual="add")


@login_required
@require_GET
def photo(request: HttpRequest, photo_id: UUID, rendition: str) -> HttpResponse:
    """``thumb`` or ``page-1`` of a photo; only its owner ever gets here."""
    found = access.photo_for(cast(Person, request.user), photo_id)
    if rendition not in (THUMB, page(1)):
        raise Http404
    try:
        data = vault.read(found.document, rendition, owner=str(found.scan.enrolment_id))
    except vault.VaultError as error:
        raise Http404 from error
    return picture(data)


def _page(request: HttpRequest, found: Scan, error: str = "", status: int = 200) -> HttpResponse:
    context = {
        "scan": found,
        "photos": list(found.photos.select_related("document")),
        "enrolment": found.enrolment,
        "token": plan_page.token(),
        "accept": PHOTO_TYPES,
        "limit": limits.PHOTO_BYTES,
        "error": error,
        "own": True,
        "tab": "plan",
    }
    return render(request, "portfolio/scan.html", context, status=status)


def _add(request: HttpRequest, user: Person, found: Scan) -> HttpResponse:
    files = chosen_files(request)
    if not files:
        raise Refused(nothing_came(request))
    for number, file in enumerate(files):
        limits.check_rate(found.enrolment)
        limits.check_room(found.enrolment)
        upload = Upload(file.read(), file.name or "", token_of(request, number))
        actions.add_photo(actor=user, scan=found, upload=upload)
    if request.headers.get("X-Requested-With") == "upload":
        return _page(request, found)
    return redirect("portfolio:scan", found.pk)


def _up(request: HttpRequest, user: Person, found: Scan) -> HttpResponse:
    actions.move(actor=user, scan=found, photo_id=request.POST.get("photo"), by=-1)
    return redirect("portfolio:scan", found.pk)


def _down(request: HttpRequest, user: Person, found: Scan) -> HttpResponse:
    actions.move(actor=user, scan=found, photo_id=request.POST.get("photo"), by=1)
    return redirect("portfolio:scan", found.pk)


def _remove(request: HttpRequest, user: Person, found: Scan) -> HttpResponse:
    actions.remove_photo(actor=user, scan=found, photo_id=request.POST.get("photo"))
    return redirect("portfolio:scan", found.pk)


def _discard(request: HttpRequest, user: Person, found: Scan) -> HttpResponse:
    actions.discard(actor=user, scan=found)
    return redirect("portfolio:plan", found.enrolment_id)


def _build(request: HttpRequest, user: Person, found: Scan) -> HttpResponse:
    title = found.requirement.title if found.requirement else _("Скан")
    name = f"{title} {timezone.localdate():%d.%m.%Y}.pdf"
    report = actions.assemble(actor=user, scan=found, name=name)
    messages.success(request, _("PDF собран и сохранён"))
    plan = reverse("portfolio:plan", args=[report.enrolment_id])
    return redirect(f"{plan}#report-{report.pk}")


_ACTS: Mapping[str, Callable[[HttpRequest, Person, Scan], HttpResponse]] = {
    "add": _add,
    "up": _up,
    "down": _down,
    "remove": _remove,
    "discard": _discard,
    "build": _build,
}
