"""«Изменить пароль»: a new first password for somebody who cannot come in."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kabinet.cabinets import handover
from kabinet.cabinets.access import holder_for, home_of_place, list_with, post_at_university
from kabinet.cabinets.forms import ReplaceForm
from kabinet.exams.models import Campaign
from kabinet.people.access import check_can_replace_password
from kabinet.people.actions import replace_password
from kabinet.people.models import Organisation, Person, Post
from kabinet.ui.language import switched, without_errors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def at_school(request: HttpRequest, school_id: UUID, person_id: UUID) -> HttpResponse:
    return _password(request, school_id, person_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def at_district(request: HttpRequest, district_id: UUID, person_id: UUID) -> HttpResponse:
    return _password(request, district_id, person_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def of_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Of somebody who works at a university."""
    user = cast(Person, request.user)
    post = post_at_university(user, post_id)
    slip = reverse("cabinets:post_slip", args=[post.pk])
    return _asked(request, post, back=list_with(user, post), slip_url=slip)


def _password(request: HttpRequest, place_id: UUID, person_id: UUID) -> HttpResponse:
    place, post = holder_for(cast(Person, request.user), place_id, person_id)
    slip = reverse(f"cabinets:{place.kind}_slip", args=[place.pk, post.person_id])
    return _asked(request, post, back=_home_above(place, post), slip_url=slip)


def _asked(request: HttpRequest, post: Post, *, back: str, slip_url: str) -> HttpResponse:
    user, place = cast(Person, request.user), post.organisation
    check_can_replace_password(user, post.person)
    form = ReplaceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and switched(request):
        without_errors(form)
    elif request.method == "POST" and form.is_valid():
        _replace(request, form, place, post)
        return redirect(request.path)
    handed = handover.at_hand(request, user=user, place=place)
    is_done = handed and handed.how == handover.REPLACED and handed.person == post.person
    context = {
        "post": post,
        "form": form,
        "handed": handed if is_done else None,
        "back": back,
        "slip_url": slip_url,
    }
    status = 422 if form.errors else 200
    return render(request, "cabinets/password.html", context, status=status)


def _replace(request: HttpRequest, form: ReplaceForm, place: Organisation, post: Post) -> None:
    of_university = post.role in Post.OF_UNIVERSITY
    campaign = None if of_university else Campaign.objects.current()
    replace_password(
        actor=cast(Person, request.user),
        person=post.person,
        reason=form.reason_told,
        expires_at=campaign.access_ends_at if campaign else None,
    )
    handover.remember(request, person=post.person, place=place, how=handover.REPLACED)


def _home_above(place: Organisation, post: Post) -> str:
    """Graduates are in the list of their school, those who look after it in the one above."""
    if post.role == Post.Role.GRADUATE or place.parent is None:
        return home_of_place(place)
    return home_of_place(place.parent)
