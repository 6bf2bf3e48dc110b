"""``/``: everybody's way to their own page."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kabinet.cabinets.access import homes_of
from kabinet.people.access import posts_of
from kabinet.people.models import Person
from kabinet.portfolio.access import own_enrolment
from kabinet.portfolio.models import Registration


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One home: there at once. Several: a choice. None: a sentence that says whom to ask."""
    user = cast(Person, request.user)
    homes = homes_of(user)
    if len(homes) == 1:
        return redirect(homes[0].address)
    if not homes and own_enrolment(user):  # who has left reads on
        return redirect("portfolio:own")
    if not homes and Registration.objects.filter(person=user).exists():
        return redirect("portfolio:registration")
    return render(request, "cabinets/home.html", {"homes": homes, "posts": posts_of(user)})
