"""One report: its pages beside its remarks, its versions, and what may be done with it."""

from collections.abc import Callable, Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kabinet.audit.journal import SYSTEM, record
from kabinet.people.access import Refused, acting_posts_of
from kabinet.people.models import Person
from kabinet.portfolio import access, actions, limits, plan_page
from kabinet.portfolio.actions import Upload
from kabinet.portfolio.models import Report, Version
from kabinet.portfolio.views import refusals
from kabinet.portfolio.views.plan import chosen_files, nothing_came, place_of_draft, token_of
from kabinet.vault import actions as vault
from kabinet.vault.headers import HEADERS
from kabinet.vault.models import FULL, THUMB, Document, page

VIEWED = "report.viewed"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    found = access.report_for(cast(Person, request.user), report_id)
    if request.method != "POST":
        return _question(request, found) or _page(request, found)
    return refusals.acted(request, found, _ACTS, _refused)


@login_required
@require_GET
def file(request: HttpRequest, version_id: UUID, rendition: str) -> HttpResponse:
    """``full`` (a download), ``thumb`` or ``page-N`` (pictures). Another person's look is an event."""
    user = cast(Person, request.user)
    version = access.version_for(user, version_id)
    enrolment = version.report.enrolment
    try:
        data = vault.read(version.document, rendition, owner=str(enrolment.pk))
    except vault.NoSuchRendition as error:
        raise Http404 from error
    except vault.Unreadable:
        _record("report.found_broken", SYSTEM, version, rendition)
        text = _("Файл в хранилище повреждён, показать его нельзя. Загрузите его ещё раз")
        return HttpResponse(text, status=410, content_type="text/plain; charset=utf-8")
    if not access.is_own(user, enrolment):
        _record(VIEWED, user, version, rendition)
    return _given_out(version, rendition, data)


def picture(data: bytes) -> HttpResponse:
    """A safe JPEG, shown and not kept."""
    headers = {**HEADERS, "Content-Disposition": 'inline; filename="page.jpg"'}
    return HttpResponse(data, content_type="image/jpeg", headers=headers)


def _given_out(version: Version, rendition: str, data: bytes) -> HttpResponse:
    if rendition != FULL:
        return picture(data)
    is_pdf = version.document.kind == Document.Kind.PDF
    name = version.document.name.rsplit(".", 1)[0] or version.report.title
    disposition = content_disposition_header(True, f"{name}.{'pdf' if is_pdf else 'jpg'}")
    headers = {**HEADERS, "Content-Disposition": disposition or "attachment"}
    kind = "application/pdf" if is_pdf else "image/jpeg"
    return HttpResponse(data, content_type=kind, headers=headers)


def _record(verb: str, actor: Any, version: Version, rendition: str) -> None:
    details: dict[str, object] = {"rendition": rendition, "version": version.number}
    if isinstance(actor, Person):
        for post in acting_posts_of(actor)[:1]:
            details |= {"role": post.role, "place": str(post.organisation)}
    record(
        verb,
        actor=actor,
        subject=version.report,
        chain=version.report.enrolment.university_id,
        person=version.report.enrolment.person,
        details=details,
    )


def _question(request: HttpRequest, found: Report) -> HttpResponse | None:
    """Before what cannot be undone; nothing where it may not be done anyway."""
    user = cast(Person, request.user)
    if request.GET.get("ask") != "withdraw" or _why_not(access.check_can_withdraw, user, found):
        return None
    context = {"report": found, "own": True, "tab": "plan"}
    return render(request, "portfolio/withdraw.html", context)


def _page(
    request: HttpRequest, found: Report, *, error: str = "", status: int = 200
) -> HttpResponse:
    user = cast(Person, request.user)
    versions = list(found.versions.all())
    own = access.is_own(user, found.enrolment)
    context = {
        "report": found,
        "enrolment": found.enrolment,
        "own": own,
        "version": versions[0],
        "older": versions[1:],
        "pages": _pages(versions[0]),
        "remarks": found.remarks.select_related("author", "version"),
        "may": {name: not _why_not(check, user, found) for name, check in _CHECKS.items()},
        "why_not": _why_not(access.check_can_decide, user, found)
        if found.state in access.DECIDABLE
        else "",
        "is_office": access.is_office(user, found.enrolment),
        "remark": request.POST.get("remark", ""),
        "token": plan_page.token(),
        "error": error,
        "accept": plan_page.ACCEPT,
        "limit": limits.PDF_BYTES,
        "tab": "plan",
    }
    return render(request, "portfolio/report.html", context, status=status)


def _pages(version: Version) -> list[tuple[int, str]]:
    numbers = version.document.preview_numbers
    return [(n, reverse("portfolio:file", args=[version.pk, page(n)])) for n in numbers] or [
        (1, reverse("portfolio:file", args=[version.pk, THUMB]))
    ]


_CHECKS: Mapping[str, Callable[[Person, Report], None]] = {
    "replace": access.check_can_replace,
    "remove": access.check_can_remove,
    "withdraw": access.check_can_withdraw,
    "decide": access.check_can_decide,
}


def _why_not(check: Callable[[Person, Report], None], user: Person, found: Report) -> str:
    try:
        check(user, found)
    except Refused as refused:
        return str(refused.sentence)
    return ""


def _refused(request: HttpRequest, found: Report, sentence: str, status: int) -> HttpResponse:
    """Beside what was pressed: on the plan for its own acts, else on the report's page."""
    user = cast(Person, request.user)
    if request.POST.get("back") == "plan" and access.is_own(user, found.enrolment):
        return plan_page.answer(
            request,
            access.enrolment_for(user, found.enrolment_id),
            errors={f"report-{found.pk}": sentence},
            status=status,
        )
    return _page(request, found, error=sentence, status=status)


def _replace(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    files = chosen_files(request)
    if not files:
        raise Refused(nothing_came(request))
    access.check_can_replace(user, found)
    limits.check_rate(found.enrolment)
    limits.check_room(found.enrolment)
    upload = Upload(files[0].read(), files[0].name or "", token_of(request))
    actions.replace_file(actor=user, report=found, upload=upload)
    if request.headers.get("X-Requested-With") == "upload":
        if request.POST.get("back") == "plan":
            return plan_page.answer(request, access.enrolment_for(user, found.enrolment_id))
        return HttpResponse(headers={"X-Go": reverse("portfolio:report", args=[found.pk])})
    return _back(request, found)


def _describe(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    enrolment = access.enrolment_for(user, found.enrolment_id)
    place = place_of_draft(request, enrolment)
    actions.describe(actor=user, report=found, place=place)
    return redirect("portfolio:plan", found.enrolment_id)


def _remove(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    actions.remove(actor=user, report=found)
    return redirect(f"{_plan(found)}?removed={found.pk}")


def _restore(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    actions.restore(actor=user, report=found)
    messages.success(request, _("Документ снова на месте"))
    return redirect(_plan(found))


def _withdraw(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    actions.withdraw(actor=user, report=found)
    return _back(request, found)


def _accept(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    held = actions.accept(actor=user, report=found, seen=request.POST.get("version", ""))
    messages.success(request, _("Готово: %(state)s") % {"state": held.get_state_display()})
    return redirect("portfolio:report", found.pk)


def _return(request: HttpRequest, user: Person, found: Report) -> HttpResponse:
    remark = request.POST.get("remark", "")
    seen = request.POST.get("version", "")
    actions.return_(actor=user, report=found, remark=remark, seen=seen)
    messages.success(request, _("Возвращено с замечанием"))
    return redirect("portfolio:report", found.pk)


def _back(request: HttpRequest, found: Report) -> HttpResponse:
    if request.POST.get("back") == "plan":
        return redirect(_plan(found))
    return redirect("portfolio:report", found.pk)


def _plan(found: Report) -> str:
    return reverse("portfolio:plan", args=[found.enrolment_id])


_ACTS: Mapping[str, Callable[[HttpRequest, Person, Report], HttpResponse]] = {
    "replace": _replace,
    "describe": _describe,
    "remove": _remove,
    "restore": _restore,
    "withdraw": _withdraw,
    "accept": _accept,
    "return": _return,
}
