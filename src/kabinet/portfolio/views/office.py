"""The office's pages: students, registrations that wait, the roster, orders; and «Мои аспиранты»."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.people.access import Refused, one_or_404, posts_of
from kabinet.people.models import Organisation, Person, Post
from kabinet.portfolio import access, registering, student_lists
from kabinet.portfolio.forms import OrderForm
from kabinet.portfolio.models import Registration, Report, RosterEntry
from kabinet.portfolio.orders import give
from kabinet.portfolio.roster import actions as roster_actions
from kabinet.portfolio.roster import judging, reading
from kabinet.portfolio.standing import standing_of, with_facts
from kabinet.portfolio.student_lists import STATES, Wanted
from kabinet.portfolio.views.plan import chosen_files
from kabinet.ui.language import switched

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """Everybody of the office's universities, who waits, and what waits for review."""
    user = cast(Person, request.user)
    university = access.university_of_office(user)
    everybody = student_lists.students(access.enrolments_of_office(user))
    wanted = Wanted.of(request.GET)
    found = [each for each in everybody if wanted.takes(each)]
    reports = access.reports_in_reach(user).filter(state=Report.State.WITH_OFFICE)
    context = {
        "university": university,
        "students": Paginator(found, student_lists.ON_PAGE).get_page(request.GET.get("page")),
        "total": len(everybody),
        "wanted": wanted,
        "courses": student_lists.courses(everybody),
        "departments": student_lists.departments(everybody),
        "states": STATES,
        "registrations": _waiting(user),
        "reports": student_lists.waiting_reports(reports),
        "reports_total": sum(each.with_office for each in everybody),
    }
    return render(request, "portfolio/office.html", context)


@login_required
@require_safe
def my_students(request: HttpRequest) -> HttpResponse:
    """«Мои аспиранты»: first those of whom something waits."""
    user = cast(Person, request.user)
    if not any(post.role == Post.Role.SUPERVISOR for post in posts_of(user)):
        raise Http404
    found = student_lists.students(access.supervised_by(user))
    found.sort(key=lambda each: (each.standing.left is not None, not each.with_supervisor))
    keys = [each.enrolment.pk for each in found]
    reports = Report.objects.handed_in().filter(
        enrolment__in=keys, state=Report.State.WITH_SUPERVISOR
    )
    waiting = student_lists.waiting_reports(reports)
    return render(request, "portfolio/my_students.html", {"students": found, "reports": waiting})


@login_required
@page
def registration(request: HttpRequest, registration_id: UUID) -> HttpResponse:
    """Who asks to be let in: approved as a free line of the roster, or refused with a reason."""
    user = cast(Person, request.user)
    found = access.registration_for(user, registration_id)
    error = ""
    if request.method == "POST" and not switched(request):
        try:
            _decide(request, user, found)
            return redirect("portfolio:office")
        except Refused as refused:
            error = str(refused.sentence)
    free = RosterEntry.objects.filter(university=found.university_id, enrolment__isnull=True)
    context = {
        "registration": found,
        "entries": _likely_first(free.select_related("department"), found.person),
        "error": error,
        "reason": request.POST.get("reason", ""),
    }
    return render(
        request, "portfolio/office_registration.html", context, status=422 if error else 200
    )


@login_required
@page
def student(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Orders about a student with their history, and a new one."""
    user = cast(Person, request.user)
    enrolment = one_or_404(with_facts(access.enrolments_of_office(user)), enrolment_id)
    form = OrderForm(request.POST or None, university=enrolment.university)
    if request.method == "POST" and not switched(request) and form.is_valid():
        try:
            give(actor=user, enrolment=enrolment, order=form.order())
            messages.success(request, _("Приказ внесён"))
            return redirect("portfolio:student", enrolment_id=enrolment.pk)
        except Refused as refused:
            form.add_error(None, str(refused.sentence))
    context = {
        "enrolment": enrolment,
        "standing": standing_of(enrolment),
        "facts": enrolment.facts.select_related(
            "supervisor", "department", "study_form", "recorded_by"
        ).order_by("-since", "-pk"),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/office_student.html", context, status=status)


@login_required
@page
def roster(request: HttpRequest) -> HttpResponse:
    """The list: all that is wrong in it at once, and nothing written before it is right or so wished."""
    user = cast(Person, request.user)
    university = access.university_of_office(user)
    if request.method != "POST" or switched(request):
        return _roster_page(request, university)
    try:
        rows = _rows(request, user)
    except reading.Unreadable as unreadable:
        return _roster_page(request, university, error=unreadable.sentence, status=422)
    if "take" not in request.POST:
        return _proposed(request, university, rows)
    only_good = request.POST["take"] == "good"
    verdict = roster_actions.take(actor=user, university=university, rows=rows, only_good=only_good)
    if verdict.problems and not only_good:
        return _proposed(request, university, rows)
    messages.success(request, _("Список загружен"))
    return redirect("portfolio:roster")


@login_required
@require_safe
def roster_example(request: HttpRequest) -> HttpResponse:
    access.university_of_office(cast(Person, request.user))
    headers = {"Content-Disposition": 'attachment; filename="roster.xlsx"'}
    return HttpResponse(roster_actions.example(), content_type=XLSX, headers=headers)


def _waiting(user: Person) -> list[Registration]:
    waiting = access.registrations_of_office(user).filter(state=Registration.State.WAITING)
    return list(waiting[: student_lists.ON_PAGE])


def _decide(request: HttpRequest, user: Person, found: Registration) -> None:
    if request.POST.get("act") == "refuse":
        registering.refuse(actor=user, registration=found, reason=request.POST.get("reason", ""))
        return
    chosen = request.POST.get("entry", "")
    if not chosen:
        raise Refused(_("Выберите строку списка. Если её нет, сначала загрузите список с ней"))
    entries = RosterEntry.objects.filter(university=found.university_id)
    registering.approve(actor=user, registration=found, entry=one_or_404(entries, chosen))


def _likely_first(entries: object, person: Person) -> list[RosterEntry]:
    rows = cast("list[RosterEntry]", list(entries))  # type: ignore[call-overload]
    surname = person.surname.casefold()
    return sorted(
        rows, key=lambda each: (each.email != person.email, each.surname.casefold() != surname)
    )


def _rows(request: HttpRequest, user: Person) -> list[reading.Row]:
    if "rows" in request.POST:
        try:
            return roster_actions.unsealed(request.POST["rows"], user)
        except signing.BadSignature:
            sentence = _("Прошло больше часа. Выберите файл ещё раз")
            raise reading.Unreadable(sentence) from None
    files = chosen_files(request)
    if not files:
        raise reading.Unreadable(_("Сначала выберите файл"))
    return reading.read(files[0].read())


def _proposed(
    request: HttpRequest, university: Organisation, rows: list[reading.Row]
) -> HttpResponse:
    verdict = judging.judge(rows, university)
    context = {
        "verdict": verdict,
        "rows": roster_actions.sealed(rows, cast(Person, request.user)),
        "changes": [*verdict.of("changed"), *verdict.of("enrolled")],
        "new": len(verdict.of("new")),
        "changed": len(verdict.of("changed")),
        "same": len(verdict.of("same")),
        "takeable": len(verdict.of("new")) + len(verdict.of("changed")),
    }
    status = 422 if verdict.problems else 200
    return _roster_page(request, university, status=status, **context)


def _roster_page(
    request: HttpRequest, university: Organisation, *, status: int = 200, **more: object
) -> HttpResponse:
    entries = RosterEntry.objects.filter(university=university)
    context = {
        "university": university,
        "listed": entries.count(),
        "free": entries.filter(enrolment__isnull=True).count(),
        **more,
    }
    return render(request, "portfolio/roster.html", context, status=status)
