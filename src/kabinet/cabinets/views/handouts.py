"""«Доступы выпускников» and «Памятки»: first passwords as a sheet and on paper."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kabinet.cabinets import actions, handover
from kabinet.cabinets.access import holder_for, home_of_place, list_with, post_at_university
from kabinet.cabinets.queries.graduates import people_of
from kabinet.exams.models import Campaign
from kabinet.people import slips as paper
from kabinet.people.access import school_for
from kabinet.people.models import Organisation, Person, Post
from kabinet.people.sudo import gives_file, sudo

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@gives_file
@login_required
@require_safe
def accesses(request: HttpRequest, school_id: UUID) -> HttpResponse:
    place = school_for(_user(request), school_id)
    return _confirmed(_accesses)(request, place)


@gives_file
@login_required
@require_safe
def slips(request: HttpRequest, school_id: UUID) -> HttpResponse:
    """Unused first passwords of the school's list; a very long list comes in parts (``?part=2``)."""
    place = school_for(_user(request), school_id)
    start = paper.MOST * (_part(request) - 1)
    return _confirmed(_slips)(request, place, _graduates(place)[start : start + paper.MOST])


@gives_file
@login_required
@require_safe
def slip_at_school(request: HttpRequest, school_id: UUID, person_id: UUID) -> HttpResponse:
    return _slip(request, school_id, person_id)


@gives_file
@login_required
@require_safe
def slip_at_district(request: HttpRequest, district_id: UUID, person_id: UUID) -> HttpResponse:
    return _slip(request, district_id, person_id)


@gives_file
@login_required
@require_safe
def slip_of_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Of somebody who works at a university."""
    post = post_at_university(_user(request), post_id)
    return _one_slip(request, post, back=list_with(_user(request), post))


def _slip(request: HttpRequest, place_id: UUID, person_id: UUID) -> HttpResponse:
    place, post = holder_for(_user(request), place_id, person_id)
    return _one_slip(request, post, back=home_of_place(place))


def _one_slip(request: HttpRequest, post: Post, *, back: str) -> HttpResponse:
    """One slip. Whose password was shown a moment ago needs no second confirmation."""
    prepare = None if post.role == Post.Role.GRADUATE else ""
    make = _slips if handover.is_at_hand(request, post.person_id) else _confirmed(_slips)
    return make(request, post.organisation, [post.person], prepare, back)


def _confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Asks for the password once more; only after the place was found to be the user's own."""
    guarded: Any = sudo(view)
    return guarded  # type: ignore[no-any-return]


def _accesses(request: HttpRequest, place: Organisation) -> HttpResponse:
    sheet = actions.download_accesses(actor=_user(request), place=place, people=_graduates(place))
    return _file(sheet, _XLSX, f"{_('Доступы')}, {place}.xlsx")


def _slips(
    request: HttpRequest,
    place: Organisation,
    people: list[Person],
    prepare: str | None = None,
    back: str = "",
) -> HttpResponse:
    try:
        pdf = actions.print_slips(actor=_user(request), place=place, people=people, prepare=prepare)
    except paper.NoSlips:
        messages.warning(
            request,
            _("Памяток нет: все уже вошли со своим паролем. Новую даёт кнопка «Изменить пароль»"),
        )
        return redirect(back or home_of_place(place))
    name = people[0].full_name if len(people) == 1 else str(place)
    return _file(pdf, "application/pdf", f"{_('Памятки')}, {name}.pdf")


def _graduates(place: Organisation) -> list[Person]:
    campaign = Campaign.objects.current()
    return people_of(place, campaign) if campaign else []


def _part(request: HttpRequest) -> int:
    text = request.GET.get("part", "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    line = " ".join(name.split())  # a name may hold a line break, a header may not
    response.headers["Content-Disposition"] = content_disposition_header(True, line) or ""
    return response


def _user(request: HttpRequest) -> Person:
    return cast(Person, request.user)
