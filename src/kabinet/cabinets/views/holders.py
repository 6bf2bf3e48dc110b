"""Who works at a university: supervisors, opened by its office; offices, opened by an administrator."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.cabinets import handover
from kabinet.cabinets.access import centre_of
from kabinet.cabinets.opening import opened
from kabinet.cabinets.post_forms import PostForm
from kabinet.cabinets.queries.holders import holders
from kabinet.people.actions import open_accesses
from kabinet.people.first_passwords import DEFAULT_LIFE
from kabinet.people.models import Organisation, Person, Post
from kabinet.portfolio.access import university_of_office
from kabinet.portfolio.linking import unlinked
from kabinet.portfolio.student_lists import supervised_now
from kabinet.ui.language import switched, without_errors

page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Kind:
    """``place``: what the organisations of the posts are called in the form."""

    role: str
    list: str
    add: str
    title: str | Promise
    adding: str | Promise
    place: str | Promise
    no_places: str | Promise


SUPERVISORS = Kind(
    Post.Role.SUPERVISOR,
    "cabinets:supervisors",
    "cabinets:supervisor_add",
    _("Руководители"),
    _("Открыть доступ руководителю"),
    _("Кафедра"),
    _("Сначала добавьте кафедру в списках отдела."),
)
OFFICES = Kind(
    Post.Role.PHD_OFFICE,
    "cabinets:offices",
    "cabinets:office_add",
    _("Отделы аспирантуры"),
    _("Открыть доступ сотруднику отдела"),
    _("Университет"),
    _("Университетов пока нет. Сначала добавьте университет в администрировании."),
)


@login_required
@require_safe
def supervisors(request: HttpRequest) -> HttpResponse:
    """Those of all departments, with the number of their students, and orders that name nobody yet."""
    university = university_of_office(_user(request))
    named_only = [each for group in unlinked(university) for each in group.facts]
    more = {
        "students": supervised_now(university),
        "named_only": len(named_only),
        "is_office": True,
    }
    return _list(request, SUPERVISORS, university, _departments(university), more)


@login_required
@page
def supervisor_add(request: HttpRequest) -> HttpResponse:
    university = university_of_office(_user(request))
    return _add(request, SUPERVISORS, university, _departments(university).open())


@login_required
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    return _list(request, OFFICES, centre_of(_user(request)), _universities(), {})


@login_required
@page
def office_add(request: HttpRequest) -> HttpResponse:
    return _add(request, OFFICES, centre_of(_user(request)), _universities())


def _list(
    request: HttpRequest,
    kind: Kind,
    above: Organisation,
    places: QuerySet[Organisation],
    more: Mapping[str, Any],
) -> HttpResponse:
    handed = handover.at_hand(request, user=_user(request), place=above)
    found = holders(kind.role, places)
    post = next((one.post for one in found.current if handed and one.person == handed.person), None)
    context = {
        "kind": kind,
        "above": above,
        "holders": found,
        "has_places": places.exists(),
        "handed": handed if post else None,
        "handed_post": post,
        **more,
    }
    return render(request, "cabinets/post_holders.html", context)


def _add(
    request: HttpRequest, kind: Kind, above: Organisation, places: QuerySet[Organisation]
) -> HttpResponse:
    only = places.first() if len(places) == 1 else None
    form = PostForm(
        request.POST if request.method == "POST" else None,
        places=places,
        label=str(kind.place),
        initial={"place": only},
    )
    if request.method == "POST" and switched(request):
        without_errors(form)
    elif request.method == "POST" and form.is_valid() and _opened(request, form, kind, above):
        return redirect(kind.list)
    context = {"kind": kind, "above": above, "form": form, "is_office": kind is SUPERVISORS}
    status = 422 if form.errors else 200
    return render(request, "cabinets/post_add.html", context, status=status)


def _opened(request: HttpRequest, form: PostForm, kind: Kind, above: Organisation) -> bool:
    opening = partial(
        open_accesses,
        actor=_user(request),
        organisation=form.cleaned_data["place"],
        role=kind.role,
        rows=[form.row],
        expires_at=timezone.now() + DEFAULT_LIFE,
    )
    return opened(request, form, opening, shown_at=above)


def _departments(university: Organisation) -> Any:
    return Organisation.objects.departments_of(university)


def _universities() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=Organisation.Kind.UNIVERSITY).open()


def _user(request: HttpRequest) -> Person:
    return cast(Person, request.user)
