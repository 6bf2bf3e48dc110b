"""«Индивидуальный учебный план аспиранта»: slots, free uploads, drafts, the bin."""

import logging
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kabinet.people.access import Refused, one_or_404
from kabinet.people.models import Person
from kabinet.portfolio import access, actions, limits, plan_page
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.bin import days_kept
from kabinet.portfolio.models import AcademicYear, DocumentType, Enrolment, Report
from kabinet.portfolio.scans import actions as scan_actions
from kabinet.portfolio.slots import requirements_in
from kabinet.portfolio.stories import removed_of
from kabinet.portfolio.views import refusals

log = logging.getLogger(__name__)


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    enrolment = access.own_enrolment(cast(Person, request.user))
    if enrolment is None:
        raise Http404
    return plan_page.answer(request, enrolment)


@login_required
@require_safe
def plan(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    return plan_page.answer(request, access.enrolment_for(cast(Person, request.user), enrolment_id))


@login_required
@require_POST
def slot(
    request: HttpRequest, enrolment_id: UUID, year_id: int, requirement_id: int
) -> HttpResponse:
    """«Нажмите для загрузки отчета»: type and year are known, the file is handed in at once."""
    enrolment = access.enrolment_for(cast(Person, request.user), enrolment_id)
    place = _slot_place(enrolment, year_id, requirement_id)
    key = f"slot-{year_id}-{requirement_id}"
    try:
        go = _into_slot(request, enrolment, place)
    except refusals.CAUGHT as refused:
        sentence, status = refusals.told(refused)
        return plan_page.answer(request, enrolment, errors={key: sentence}, status=status)
    return _done(request, enrolment, go, key)


@login_required
@require_POST
def files(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Any number of files, each a draft until its type and year are said."""
    user = cast(Person, request.user)
    enrolment = access.enrolment_for(user, enrolment_id)
    if "scan" in request.POST:
        return _start_scan(request, enrolment, Place())
    wrong, code, taken = [], 422, 0
    chosen = chosen_files(request)
    for number, file in enumerate(chosen[: limits.FILES_AT_ONCE]):
        try:
            _hand_in(request, enrolment, Place(), file, number)
            taken += 1
        except refusals.CAUGHT as refused:
            sentence, code = refusals.told(refused)
            wrong.append(f"{file.name}: {sentence}")
    if left_out := [file.name or "" for file in chosen[limits.FILES_AT_ONCE :]]:
        wrong.append(
            _("За один раз можно %(limit)s файлов. Выберите ещё раз: %(names)s")
            % {"limit": limits.FILES_AT_ONCE, "names": ", ".join(left_out)}
        )
    if wrong or not taken:
        told = "\n".join(wrong) or nothing_came(request)
        return plan_page.answer(request, enrolment, errors={"files": told}, status=code)
    return _done(request, enrolment, "", "drafts")


@login_required
@require_safe
def bin_(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """What was removed within the last 30 days."""
    user = cast(Person, request.user)
    enrolment = access.enrolment_for(user, enrolment_id)
    if not access.is_own(user, enrolment):
        raise Http404
    removed = Report.objects.filter(enrolment=enrolment, removed_at__isnull=False)
    rows = removed.select_related(
        "document_type", "academic_year", "requirement__document_type"
    ).prefetch_related("versions__document")
    today = timezone.localdate()
    context = {
        "enrolment": enrolment,
        "kept": [(row, days_kept(row, today)) for row in rows.order_by("-removed_at")],
        "stories": [(key, story, days_kept(story, today)) for key, story in removed_of(enrolment)],
        "own": True,
        "tab": "plan",
    }
    return render(request, "portfolio/bin.html", context)


def chosen_files(request: HttpRequest) -> "list[UploadedFile[bytes]]":
    return [file for file in request.FILES.getlist("file") if file.name]


def place_of_draft(request: HttpRequest, enrolment: Enrolment) -> Place:
    """What was chosen for a draft; nothing of another university can be."""
    year = _chosen(request, "year")
    kind = _chosen(request, "type")
    academic = (
        one_or_404(AcademicYear.objects.filter(university=enrolment.university_id), year)
        if year
        else None
    )
    document_type = (
        one_or_404(DocumentType.objects.filter(university=enrolment.university_id), kind)
        if kind
        else None
    )
    wanted = _chosen(request, "requirement")
    if wanted and academic:
        for each in requirements_in(enrolment, academic):
            if (
                str(each.pk) == wanted
                and document_type
                and each.document_type_id == document_type.pk
            ):
                return Place(academic, requirement=each)
    return Place(academic, document_type)


def _chosen(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").strip()


def _slot_place(enrolment: Enrolment, year_id: int, requirement_id: int) -> Place:
    years = AcademicYear.objects.filter(university=enrolment.university_id)
    year = one_or_404(years, year_id)
    for each in requirements_in(enrolment, year):
        if each.pk == requirement_id:
            return Place(year, requirement=each)
    raise Http404


def _into_slot(request: HttpRequest, enrolment: Enrolment, place: Place) -> str:
    """One file is handed in; several photos, or the wish to take some, begin a scan. Where to go on."""
    files = chosen_files(request)
    user = cast(Person, request.user)
    if "scan" in request.POST and not files:
        return _scan_address(scan_actions.start(actor=user, enrolment=enrolment, place=place).pk)
    if not files:
        raise Refused(nothing_came(request))
    if len(files) == 1:
        _hand_in(request, enrolment, place, files[0])
        return ""
    contents = [(file.name or "", file.read()) for file in files]
    if any(b"%PDF-" in data[:1024] for _name, data in contents):
        raise Refused(_("В это место ложится один документ: выберите один PDF или только фото"))
    return _scan_of(request, enrolment, place, contents)


def _scan_of(
    request: HttpRequest, enrolment: Enrolment, place: Place, contents: list[tuple[str, bytes]]
) -> str:
    """What is no photo is left out and named; with none at all, nothing is begun."""
    user = cast(Person, request.user)
    _check_may_try(user, enrolment)
    token = token_of(request)
    scan = scan_actions.start(actor=user, enrolment=enrolment, place=place, token=token)
    for number, (name, data) in enumerate(contents):
        upload = Upload(data, name, token_of(request, number))
        try:
            if number:  # the first was counted above
                _check_may_try(user, enrolment)
            scan_actions.add_photo(actor=user, scan=scan, upload=upload)
        except refusals.CAUGHT as refused:
            messages.error(request, f"{name}: {refusals.told(refused)[0]}")
            if isinstance(refused, Refused):  # no room for this one: nor for those behind it
                break
    return _scan_address(scan.pk)


def _start_scan(request: HttpRequest, enrolment: Enrolment, place: Place) -> HttpResponse:
    user = cast(Person, request.user)
    try:
        scan = scan_actions.start(actor=user, enrolment=enrolment, place=place)
    except Refused as refused:
        errors = {"files": str(refused.sentence)}
        return plan_page.answer(request, enrolment, errors=errors, status=403)
    return redirect(_scan_address(scan.pk))


def _scan_address(scan_id: UUID) -> str:
    return reverse("portfolio:scan", args=[scan_id])


def nothing_came(request: HttpRequest) -> str:
    """No file chosen; or one so large that the server did not even read it."""
    size = int(request.META.get("CONTENT_LENGTH") or 0)
    if size > limits.PDF_BYTES:
        return refusals.too_big(size)
    return _("Сначала выберите файл")


def token_of(request: HttpRequest, number: int = 0) -> str:
    """What names this upload, also when it is sent again; ``number``: which file of the post it is."""
    token = request.POST.get("token", "")[:36]
    return f"{token}-{number}" if token and number else token


def _check_may_try(user: Person, enrolment: Enrolment) -> None:
    """One more file now. Tries of who may not hand in are not the student's."""
    access.check_can_hand_in(user, enrolment)
    limits.check_rate(enrolment)
    limits.check_room(enrolment)


def _hand_in(
    request: HttpRequest,
    enrolment: Enrolment,
    place: Place,
    file: "UploadedFile[bytes]",
    number: int = 0,
) -> Report:
    user = cast(Person, request.user)
    _check_may_try(user, enrolment)
    return actions.hand_in(
        actor=user,
        enrolment=enrolment,
        place=place,
        upload=Upload(file.read(), file.name or "", token_of(request, number)),
    )


def _done(request: HttpRequest, enrolment: Enrolment, go: str, anchor: str) -> HttpResponse:
    """A script gets the page drawn anew, or is told where to go; without one both are redirects."""
    if request.headers.get("X-Requested-With") == "upload":
        if go:
            return HttpResponse(headers={"X-Go": go})
        return plan_page.answer(request, enrolment)
    if go:
        return redirect(go)
    count = len(chosen_files(request))
    messages.success(
        request,
        ngettext("Сохранён %(count)s файл", "Сохранено %(count)s файлов", count) % {"count": count},
    )
    return redirect(f"{reverse('portfolio:plan', args=[enrolment.pk])}#{anchor}")
