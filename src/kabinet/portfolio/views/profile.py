"""«Портфолио»: the page, its lines with files, and the whole as PDF and XLSX."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.audit.journal import record
from kabinet.people.models import Person
from kabinet.portfolio import access, plan_page, portfolio_page, portfolio_pdf, stories
from kabinet.portfolio.actions import Upload
from kabinet.portfolio.models import Enrolment
from kabinet.portfolio.models.achievements import Told
from kabinet.portfolio.story_forms import form_of
from kabinet.portfolio.views import refusals
from kabinet.portfolio.views.office import XLSX
from kabinet.portfolio.views.plan import chosen_files, token_of
from kabinet.ui.language import switched, without_errors
from kabinet.vault import actions as vault
from kabinet.vault.headers import HEADERS
from kabinet.vault.models import FULL, Document

page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    enrolment = access.own_enrolment(cast(Person, request.user))
    if enrolment is None:
        raise Http404
    return _page(request, enrolment)


@login_required
@require_safe
def portfolio(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    return _page(request, access.enrolment_for(cast(Person, request.user), enrolment_id))


@login_required
@require_safe
def download(request: HttpRequest, enrolment_id: UUID, kind: str) -> HttpResponse:
    """``pdf`` or ``xlsx``. Another person's copy is an event."""
    user = cast(Person, request.user)
    enrolment = access.enrolment_for(user, enrolment_id)
    if kind not in ("pdf", "xlsx"):
        raise Http404
    whole = portfolio_page.portfolio_of(enrolment, drafts=False)
    data = portfolio_pdf.pdf(whole) if kind == "pdf" else portfolio_page.sheet(whole)
    if not access.is_own(user, enrolment):
        _record("student.downloaded", user, enrolment)
    name = _("Портфолио, %(name)s") % {"name": enrolment.person.short_name.rstrip(".")}
    disposition = content_disposition_header(True, f"{name}.{kind}") or "attachment"
    content_type = "application/pdf" if kind == "pdf" else XLSX
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=content_type, headers=headers)


@login_required
@page
def add(request: HttpRequest, key: str) -> HttpResponse:
    """A new line of a kind, for the own newest studies."""
    enrolment = access.own_enrolment(cast(Person, request.user))
    if enrolment is None or key not in portfolio_page.STORIES:
        raise Http404
    return _edited(request, key, enrolment, None)


@login_required
@page
def story(request: HttpRequest, key: str, story_id: UUID) -> HttpResponse:
    """A line of one's own, to mend, remove or bring back."""
    user = cast(Person, request.user)
    found = stories.story_for(user, key, story_id)
    if not access.is_own(user, found.enrolment):
        raise Http404
    if "remove" in request.POST:
        stories.remove(actor=user, story=found)
        return redirect(f"{reverse('portfolio:profile')}?removed={key}.{found.pk}")
    if "restore" in request.POST:
        stories.restore(actor=user, story=found)
        messages.success(request, _("Запись снова на месте"))
        return redirect("portfolio:profile")
    if found.removed_at:
        return redirect("portfolio:bin", found.enrolment_id)
    return _edited(request, key, found.enrolment, found)


@login_required
@require_safe
def file(request: HttpRequest, key: str, story_id: UUID) -> HttpResponse:
    """The file of a line, for whoever may see the studies."""
    user = cast(Person, request.user)
    found = stories.story_for(user, key, story_id)
    if found.document is None:
        raise Http404
    data = vault.read(found.document, FULL, owner=str(found.enrolment_id))
    if not access.is_own(user, found.enrolment):
        _record("student.downloaded", user, found.enrolment, title=found.title)
    is_pdf = found.document.kind == Document.Kind.PDF
    name = f"{found.document.name.rsplit('.', 1)[0] or 'file'}.{'pdf' if is_pdf else 'jpg'}"
    disposition = content_disposition_header(True, name) or "attachment"
    headers = {**HEADERS, "Content-Disposition": disposition}
    kind = "application/pdf" if is_pdf else "image/jpeg"
    return HttpResponse(data, content_type=kind, headers=headers)


def _page(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    user = cast(Person, request.user)
    is_own = access.is_own(user, enrolment)
    if not is_own:
        _record("student.looked_up", user, enrolment)
    context = {
        "enrolment": enrolment,
        "portfolio": portfolio_page.portfolio_of(enrolment, drafts=is_own),
        "own": is_own,
        "tab": "profile",
        **(_just_removed(request, user) if is_own else {}),
    }
    return render(request, "portfolio/portfolio.html", context)


def _just_removed(request: HttpRequest, user: Person) -> dict[str, object]:
    """For the line «Удалено. Отменить»."""
    key, _dot, story_id = request.GET.get("removed", "").partition(".")
    if not key:
        return {}
    story = stories.story_for(user, key, story_id)
    return {"removed": story, "removed_key": key} if story.removed_at else {}


def _edited(
    request: HttpRequest, key: str, enrolment: Enrolment, known: Told | None
) -> HttpResponse:
    form, status = form_of(key, request.POST or None, known), 200
    if switched(request):
        form = without_errors(form)
    elif request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save(request, key, enrolment, known, form.cleaned_data)
                messages.success(request, _("Запись сохранена"))
                return redirect("portfolio:profile")
            except refusals.CAUGHT as refused:
                sentence, status = refusals.told(refused)
                form.add_error(None, sentence)
    context = {
        "form": form,
        "story": known,
        "key": key,
        "title": portfolio_page.TITLES[key],
        "token": request.POST.get("token") or plan_page.token(),
        "unsent": request.FILES.get("file")
        if form.errors and not form.non_field_errors()
        else None,
        "own": True,
        "tab": "profile",
    }
    return render(request, "portfolio/story.html", context, status=status)


def _save(
    request: HttpRequest,
    key: str,
    enrolment: Enrolment,
    known: Told | None,
    facts: dict[str, object],
) -> None:
    user = cast(Person, request.user)
    files = chosen_files(request)
    upload = Upload(files[0].read(), files[0].name or "") if files else None
    if known:
        stories.change(actor=user, story=known, facts=facts, upload=upload)
    else:
        stories.add(
            actor=user,
            enrolment=enrolment,
            key=key,
            facts=facts,
            upload=upload,
            token=token_of(request),
        )


def _record(verb: str, user: Person, enrolment: Enrolment, **details: object) -> None:
    record(
        verb,
        actor=user,
        subject=enrolment,
        chain=enrolment.university_id,
        person=enrolment.person,
        details=details or None,
    )
