"""Ending the post of somebody who looks after a place or works at a university."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kabinet.cabinets.access import list_with
from kabinet.cabinets.forms import EndForm
from kabinet.cabinets.post_forms import TermForm
from kabinet.people.access import Refused, post_for
from kabinet.people.actions import end_post, set_last_day
from kabinet.people.models import Person, Post
from kabinet.ui.language import switched, without_errors

_HOLDERS = (Post.Role.RESPONSIBLE, Post.Role.DISTRICT_OFFICER)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    """Where a place needs a successor, the row for them is open after it, the place already chosen."""
    user = cast(Person, request.user)
    post = post_for(user, post_id)
    of_university = post.role in Post.OF_UNIVERSITY
    if post.role not in _HOLDERS and not of_university:
        raise Http404
    kind, back = TermForm if of_university else EndForm, list_with(user, post)
    form = kind(request.POST if request.method == "POST" else None)
    if request.method == "POST" and switched(request):
        without_errors(form)
    elif request.method == "POST" and form.is_valid() and _ended(user, post, form):
        return redirect(back if of_university else f"{back}?place={post.organisation_id}")
    context = {"post": post, "form": form, "back": back, "of_university": of_university}
    status = 422 if form.errors else 200
    return render(request, "cabinets/end_post.html", context, status=status)


def _ended(user: Person, post: Post, form: EndForm) -> bool:
    """At once, or after the last day that was given."""
    reason, until = form.cleaned_data["reason"], form.cleaned_data.get("until")
    if until is None:
        end_post(actor=user, post=post, reason=reason)
        return True
    try:
        set_last_day(actor=user, post=post, until=until, reason=reason)
    except Refused as refused:
        form.add_error("until", str(refused.sentence))
        return False
    return True
