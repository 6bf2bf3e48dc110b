"""«Шаблоны документов»: a student's filled copies, and the office's templates themselves."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from kabinet.people.access import one_or_404
from kabinet.people.models import Person
from kabinet.portfolio.access import (
    enrolment_for,
    is_own,
    own_enrolment,
    university_of_office,
)
from kabinet.portfolio.models import AcademicYear
from kabinet.portfolio.prefilled import actions, sentences
from kabinet.portfolio.prefilled.access import (
    newest,
    template_for,
    templates_for,
    templates_of_office,
    types_of_office,
)
from kabinet.portfolio.prefilled.filling import PLACEHOLDERS, facts_for, fill
from kabinet.portfolio.prefilled.inspecting import BYTES, TemplateRefused
from kabinet.portfolio.views.plan import chosen_files

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@login_required
@require_safe
def own_templates(request: HttpRequest) -> HttpResponse:
    enrolment = own_enrolment(cast(Person, request.user))
    if enrolment is None:
        raise Http404
    context = {"enrolment": enrolment, "templates": templates_for(enrolment), "tab": "templates"}
    return render(request, "portfolio/templates.html", {**context, "own": True})


@login_required
@require_GET
def filled(request: HttpRequest, enrolment_id: UUID, template_id: int) -> HttpResponse:
    """The newest template of a type with this student's facts."""
    user = cast(Person, request.user)
    enrolment = enrolment_for(user, enrolment_id)
    template = template_for(enrolment, template_id)
    data = fill(template, facts_for(enrolment, _year_now(enrolment.university_id)))
    if not is_own(user, enrolment):
        actions.note_filled(actor=user, enrolment=enrolment, template=template)
    return _download(
        data, f"{template.document_type.name}, {enrolment.person.short_name.rstrip('.')}.docx"
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_templates(request: HttpRequest) -> HttpResponse:
    """The office sees what is given out, uploads a new version, or takes one back."""
    user = cast(Person, request.user)
    university_of_office(user)
    error = _change(request, user) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        return redirect("portfolio:office_templates")
    context = {
        "types": types_of_office(user).open(),
        "templates": newest(templates_of_office(user)),
        "placeholders": PLACEHOLDERS,
        "error": error,
        "chosen": request.POST.get("type", ""),
        "limit": BYTES,
    }
    return render(request, "portfolio/office_templates.html", context, status=422 if error else 200)


@login_required
@require_GET
def original(request: HttpRequest, template_id: int) -> HttpResponse:
    """The template as it was uploaded, with its placeholders."""
    template = one_or_404(templates_of_office(cast(Person, request.user)), template_id)
    return _download(bytes(template.content), template.name)


def _change(request: HttpRequest, user: Person) -> str:
    """Why not, as a sentence; empty where all went well."""
    if "withdraw" in request.POST:
        template = one_or_404(templates_of_office(user), request.POST["withdraw"])
        actions.withdraw_template(actor=user, template=template)
        return ""
    kind = one_or_404(types_of_office(user).open(), request.POST.get("type"))
    files = chosen_files(request)
    if not files:
        return _("Сначала выберите файл")
    try:
        template = actions.add_template(
            actor=user, document_type=kind, name=files[0].name or "", data=files[0].read(BYTES + 1)
        )
    except TemplateRefused as refused:
        return sentences.of(refused)
    messages.success(request, _("Шаблон сохранён, версия %(n)s") % {"n": template.number})
    return ""


def _year_now(university_id: UUID) -> AcademicYear | None:
    today = timezone.localdate()
    years = AcademicYear.objects.filter(university=university_id, starts__lte=today)
    return years.first()


def _download(data: bytes, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=DOCX, headers=headers)
