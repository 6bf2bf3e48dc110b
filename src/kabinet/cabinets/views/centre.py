"""The centre's home: its districts, the officers there, and the journal of everything."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from kabinet.cabinets.access import centre_of
from kabinet.cabinets.queries.journal import Search, read
from kabinet.cabinets.views.branches import CENTRE, branch_home
from kabinet.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def centre(request: HttpRequest) -> HttpResponse:
    return branch_home(request, centre_of(cast(Person, request.user)), CENTRE)


@login_required
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    user = cast(Person, request.user)
    above = centre_of(user)
    search = Search.asked(request.GET)
    return render(
        request,
        "cabinets/journal.html",
        {"centre": above, "search": search, "page": read(user, search)},
    )
