"""«Списки отдела»: all lists, one list, and a line to add, change, close or open again."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.people.access import Refused
from kabinet.people.models import Person
from kabinet.portfolio.access import university_of_office
from kabinet.portfolio.models import AcademicYear
from kabinet.portfolio.office_lists import actions
from kabinet.portfolio.office_lists.access import line_for, list_for
from kabinet.portfolio.office_lists.deadlines import deadlines_of, place_of
from kabinet.portfolio.office_lists.forms import LineForm
from kabinet.portfolio.office_lists.kinds import LISTS, OfficeList
from kabinet.portfolio.office_lists.required_form import DayForm
from kabinet.ui.language import switched, without_errors

page = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    university = university_of_office(cast(Person, request.user))
    counted = [
        (kept, sum(not line.is_closed for line in kept.lines(university)))
        for kept in LISTS.values()
    ]
    return render(
        request, "portfolio/office_lists.html", {"lists": counted, "university": university}
    )


@login_required
@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """The open lines by their headings, then the closed ones."""
    user = cast(Person, request.user)
    kept, university = list_for(user, slug), university_of_office(user)
    lines = list(kept.lines(university))
    context = {
        "kept": kept,
        "university": university,
        "parts": _by_heading(kept, (line for line in lines if not line.is_closed)),
        "closed": [(line, kept.heading(line)) for line in lines if line.is_closed],
        "just_closed": _just_closed(request, lines),
    }
    return render(request, "portfolio/office_list.html", context)


@login_required
@page
def add(request: HttpRequest, slug: str) -> HttpResponse:
    user = cast(Person, request.user)
    kept, university = list_for(user, slug), university_of_office(user)
    form = kept.form(
        request.POST if request.method == "POST" else None,
        university=university,
        others=kept.lines(university),
        row=None,
        initial=dict(request.GET.items()),
    )
    if _is_right(request, form):
        line = actions.add(actor=user, kept=kept, university=university, facts=form.facts())
        messages.success(request, _("Добавлено: %(line)s") % {"line": line})
        return redirect("portfolio:office_list", slug)
    return _line_page(request, kept, form)


@login_required
@page
def line(request: HttpRequest, slug: str, line_id: str) -> HttpResponse:
    """A line with who uses it. «Закрыть» and «Открыть снова» are buttons of the same page."""
    user = cast(Person, request.user)
    kept, found = list_for(user, slug), line_for(user, slug, line_id)
    act = request.POST.get("act", "")
    if act and not switched(request):
        return _acted(request, user, kept, found, act)
    form = _form_of(request, kept, found, posted=request.method == "POST")
    if _is_right(request, form):
        actions.change(actor=user, kept=kept, line=found, facts=form.facts())
        messages.success(request, _("Сохранено: %(line)s") % {"line": found})
        return redirect("portfolio:office_list", slug)
    return _line_page(request, kept, form, found)


@login_required
@page
def deadline(request: HttpRequest, year_id: int, requirement_id: int) -> HttpResponse:
    """Another day for a document in one academic year, or its usual day again."""
    user = cast(Person, request.user)
    year, requirement = (
        line_for(user, "years", year_id),
        line_for(user, "requirements", requirement_id),
    )
    posted = request.POST if request.method == "POST" and "usual" not in request.POST else None
    form = DayForm(posted, initial={"day": requirement.due(year)})
    if "usual" in request.POST or _is_right(request, form):
        day = None if "usual" in request.POST else form.cleaned_data["day"]
        try:
            actions.move_day(actor=user, year=year, requirement=requirement, day=day)
            messages.success(request, _("Срок сохранён: %(line)s") % {"line": requirement})
            return redirect("portfolio:office_line", "years", year.pk)
        except Refused as refused:
            form.add_error("day", str(refused.sentence))
    context = {
        "year": year,
        "requirement": requirement,
        "place": place_of(requirement),
        "usual": requirement.usual_due(year),
        "is_moved": requirement.pk in year.moved,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "portfolio/office_deadline.html", context, status=status)


def _acted(
    request: HttpRequest, user: Person, kept: OfficeList, found: Any, act: str
) -> HttpResponse:
    address = reverse("portfolio:office_list", args=[kept.slug])
    try:
        if act == "close":
            actions.close(actor=user, kept=kept, line=found)
            return redirect(f"{address}?closed={found.pk}")
        if act == "reopen":
            actions.reopen(actor=user, kept=kept, line=found)
            messages.success(request, _("Снова открыто: %(line)s") % {"line": found})
            return redirect(address)
    except Refused as refused:
        form = _form_of(request, kept, found, posted=False)
        return _line_page(request, kept, form, found, error=str(refused.sentence))
    raise Http404


def _form_of(request: HttpRequest, kept: OfficeList, found: Any, *, posted: bool) -> LineForm:
    university = kept.university_of(found)
    return kept.form(
        request.POST if posted else None,
        university=university,
        others=kept.lines(university).exclude(pk=found.pk),
        row=found,
    )


def _is_right(request: HttpRequest, form: Form) -> bool:
    if switched(request):
        without_errors(form)
        return False
    return form.is_bound and form.is_valid()


def _line_page(
    request: HttpRequest, kept: OfficeList, form: LineForm, found: Any = None, *, error: str = ""
) -> HttpResponse:
    context = {
        "kept": kept,
        "form": form,
        "line": found,
        "used_by": kept.used_by(found) if found else (),
        "heading": kept.heading(found) if found else "",
        "deadlines": deadlines_of(found, LISTS["requirements"].lines(found.university))
        if isinstance(found, AcademicYear)
        else (),
        "error": error,
    }
    status = 422 if form.errors or error else 200
    return render(request, "portfolio/office_line.html", context, status=status)


def _by_heading(kept: OfficeList, lines: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    return [
        (heading, [(line, kept.details(line)) for line in group])
        for heading, group in groupby(lines, kept.heading)
    ]


def _just_closed(request: HttpRequest, lines: list[Any]) -> Any:
    """For the line «Закрыто. Отменить»."""
    key = request.GET.get("closed", "")
    return next((line for line in lines if line.is_closed and str(line.pk) == key), None)
