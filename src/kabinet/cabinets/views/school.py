"""The school's home: the row that opens an access, and the list of its graduates."""

from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kabinet.cabinets import handover
from kabinet.cabinets.access import stands_above
from kabinet.cabinets.forms import GraduateForm
from kabinet.cabinets.next_steps import NextStep, next_step
from kabinet.cabinets.opening import opened
from kabinet.cabinets.paging import Window, cut_query
from kabinet.cabinets.queries import graduates
from kabinet.cabinets.queries.figures import Figures
from kabinet.exams import pages
from kabinet.exams.access import check_campaign_open
from kabinet.exams.actions import open_forms
from kabinet.exams.models import Application, Campaign
from kabinet.exams.states import STATUSES
from kabinet.people import first_passwords, slips
from kabinet.people.access import Refused, school_for
from kabinet.people.models import Organisation, Person
from kabinet.ui.language import switched, without_errors


@dataclass(frozen=True)
class Line:
    """A line of the list. ``number`` stands in the margin."""

    number: int
    form: Application
    step: NextStep
    is_new: bool = False

    @property
    def person(self) -> Person:
        return self.form.applicant

    @property
    def status(self) -> str:
        return str(self.form.status)  # type: ignore[attr-defined]

    @property
    def done(self) -> int:
        return len(self.form.pages_right)

    @property
    def returned(self) -> int:
        return 1 if self.form.reopened_page else 0  # type: ignore[attr-defined]

    @property
    def is_empty(self) -> bool:
        return self.form.state == Application.State.NOT_STARTED

    @property
    def has_slip(self) -> bool:
        unused = first_passwords.is_usable(first_passwords.of(self.person))
        return unused and not self.person.has_own_password


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def school(request: HttpRequest, school_id: str) -> HttpResponse:
    user = cast(Person, request.user)
    place = school_for(user, school_id)
    campaign = Campaign.objects.current()
    form = GraduateForm(request.POST if request.method == "POST" else None)
    alike: list[Person] = []
    if request.method == "POST":
        if switched(request) or campaign is None:
            without_errors(form)
        elif form.is_valid():
            if not form.is_meant:
                alike = graduates.namesakes(place, form.row)
            if not alike and _opened(request, form, place, campaign):
                return redirect("cabinets:school", place.pk)
    status = 409 if alike else 422 if form.errors else 200
    context = _page(request, user, place, campaign)
    form.focus(anew=bool(not alike and (context["add"] or context["handed"])))
    again = [(name, form.data.get(name, "")) for name in form.fields if form.data.get(name)]
    context |= {"form": form, "alike": alike, "again": again}
    return render(request, "cabinets/school.html", context, status=status)


def _opened(
    request: HttpRequest, form: GraduateForm, place: Organisation, campaign: Campaign
) -> bool:
    user = cast(Person, request.user)
    opening = partial(open_forms, actor=user, campaign=campaign, school=place, rows=[form.row])
    return opened(request, form, opening, shown_at=place)


def _page(
    request: HttpRequest, user: Person, place: Organisation, campaign: Campaign | None
) -> dict[str, Any]:
    handed = handover.at_hand(request, user=user, place=place)
    context = {
        "school": place,
        "district": place.parent,
        "from_above": stands_above(user, place),
        "closed": _closed(campaign),
        "campaign": campaign,
        "add": "add" in request.GET,
        "handed": handed,
    }
    return context | (_list(request, place, campaign, handed) if campaign else {})


def _list(
    request: HttpRequest,
    place: Organisation,
    campaign: Campaign,
    handed: handover.Handover | None,
) -> dict[str, Any]:
    tab, typed = request.GET.get("tab", "all"), request.GET.get("q", "")
    sort = request.GET.get("sort", "name")
    rows = graduates.listed(place, campaign)
    counts = graduates.counted(rows)
    wanted = graduates.found(graduates.detailed(rows), tab=tab, typed=typed, sort=sort)
    window = Window.asked(request.GET)
    is_on_top = handed and handed.how == handover.OPENED and tab == "all" and not typed
    new = [handed.person.pk] if handed and is_on_top else []
    page = cut_query(wanted.exclude(applicant__in=new), window)
    first = [
        Line(counts["tab_all"], form, next_step(form, just_opened=True), is_new=True)
        for form in graduates.detailed(rows).filter(applicant__in=new)
        if window.number == 1
    ]
    is_open = campaign.is_open()
    figures = Figures({code: counts[f"status_{code}"] for code in STATUSES}, place.expected)
    return {
        "figures": figures,
        "slip_parts": slips.parts(figures.opened),
        "tabs": [(one, counts[f"tab_{one.code}"]) for one in graduates.tabs()],
        "tab": tab,
        "typed": typed,
        "sort": sort,
        "page": page,
        "lines": first
        + [
            Line(number, form, next_step(form, is_open=is_open))
            for number, form in enumerate(page.rows, start=page.first)
        ],
        "total": len(pages.PAGES),
    }


def _closed(campaign: Campaign | None) -> str:
    """Why no access can be opened now; empty while it can."""
    if campaign is None:
        return ""
    try:
        check_campaign_open(campaign)
    except Refused as refusal:
        return str(refusal.sentence)
    return ""
