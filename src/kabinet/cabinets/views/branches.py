"""What the district's and the centre's home have in common: the row that opens an access, the table."""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kabinet.cabinets import handover
from kabinet.cabinets.access import home_of_place, stands_above
from kabinet.cabinets.forms import HolderForm
from kabinet.cabinets.opening import opened
from kabinet.cabinets.paging import Window, cut
from kabinet.cabinets.queries import branches
from kabinet.exams.models import Campaign
from kabinet.people.actions import open_accesses
from kabinet.people.first_passwords import DEFAULT_LIFE
from kabinet.people.models import Organisation, Person, Post
from kabinet.ui.language import switched, without_errors


@dataclass(frozen=True)
class Level:
    """``role`` looks after each branch; ``kind`` is what the branches are."""

    template: str
    kind: str
    role: str
    label: str | Promise


DISTRICT = Level(
    "cabinets/district.html", Organisation.Kind.SCHOOL, Post.Role.RESPONSIBLE, _("Школа")
)
CENTRE = Level(
    "cabinets/centre.html", Organisation.Kind.DISTRICT, Post.Role.DISTRICT_OFFICER, _("Район")
)


def branch_home(request: HttpRequest, above: Organisation, level: Level) -> HttpResponse:
    campaign = Campaign.objects.current()
    places = Organisation.objects.filter(kind=level.kind, path__startswith=above.path)
    form = HolderForm(
        request.POST if request.method == "POST" else None,
        places=places,
        label=str(level.label),
        initial={"place": request.GET.get("place")},
    )
    if request.method == "POST" and switched(request):
        without_errors(form)
    elif request.method == "POST" and form.is_valid() and _opened(request, form, above, level):
        return redirect(home_of_place(above))
    status = 422 if form.errors else 200
    context = {"form": form, **_page(request, above, campaign)}
    form.focus(anew=bool(context["add"] or context["handed"]))
    return render(request, level.template, context, status=status)


def _opened(request: HttpRequest, form: HolderForm, above: Organisation, level: Level) -> bool:
    campaign = Campaign.objects.current()
    opening = partial(
        open_accesses,
        actor=cast(Person, request.user),
        organisation=form.cleaned_data["place"],
        role=level.role,
        rows=[form.row],
        expires_at=campaign.access_ends_at if campaign else timezone.now() + DEFAULT_LIFE,
    )
    return opened(request, form, opening, shown_at=above)


def _page(request: HttpRequest, above: Organisation, campaign: Campaign | None) -> dict[str, Any]:
    user = cast(Person, request.user)
    tab, typed = request.GET.get("tab", "all"), request.GET.get("q", "")
    sort = request.GET.get("sort", "name")
    seen = branches.overview(above, campaign)
    shown = branches.matching(branches.in_tab(seen.branches, tab, campaign), typed)
    handed = handover.at_hand(request, user=user, place=above)
    return {
        "above": above,
        "campaign": campaign,
        "seen": seen,
        "tabs": branches.tabs(above, seen.branches, campaign),
        "from_above": stands_above(user, above),
        "tab": tab,
        "typed": typed,
        "sort": sort,
        "page": cut(branches.in_order(shown, sort), Window.asked(request.GET)),
        "add": "place" in request.GET or "add" in request.GET,
        "handed": handed,
        "handed_place": _place_of(seen, handed),
    }


def _place_of(seen: branches.Overview, handed: handover.Handover | None) -> Organisation | None:
    """Which branch the person just handed over looks after."""
    for branch in seen.branches:
        if handed and any(one.person == handed.person for one in branch.holders):
            return branch.organisation
    return None
