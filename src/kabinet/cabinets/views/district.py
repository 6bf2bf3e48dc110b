"""The district's home: its schools and the people responsible there."""

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from kabinet.cabinets.views.branches import DISTRICT, branch_home
from kabinet.people.access import district_for
from kabinet.people.models import Person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def district(request: HttpRequest, district_id: UUID) -> HttpResponse:
    return branch_home(request, district_for(cast(Person, request.user), district_id), DISTRICT)
