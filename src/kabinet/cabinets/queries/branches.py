"""The schools of a district, or the districts of a centre, with figures, people and last activity."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kabinet.cabinets.queries.figures import Figures, counts_by, whole
from kabinet.cabinets.queries.named import last_event_at
from kabinet.cabinets.searching import pieces
from kabinet.exams.models import Application, Campaign
from kabinet.people import first_passwords
from kabinet.people.models import Organisation, Person, Post

NOT_SIGNED_IN, EXPIRED, OWN_PASSWORD = "not_signed_in", "expired", "own_password"


@dataclass(frozen=True)
class Holder:
    """Who looks after a branch, and whether they have come in yet."""

    post: Post

    @property
    def person(self) -> Person:
        return self.post.person

    @property
    def state(self) -> str:
        if self.person.has_own_password:
            return OWN_PASSWORD
        usable = first_passwords.is_usable(first_passwords.of(self.person))
        return NOT_SIGNED_IN if usable else EXPIRED


@dataclass(frozen=True)
class Branch:
    """A school in the district's table, or a district in the centre's (then with its schools)."""

    organisation: Organisation
    figures: Figures
    holders: list[Holder] = field(default_factory=list)
    last_event: datetime | None = None
    schools: int = 1
    schools_alone: int = 0

    def lags(self, gone: float) -> bool:
        """Less than half of what is due by now was sent; ``gone``: share of the campaign's time."""
        return bool(self.figures.awaited) and self.figures.sent_share < gone / 2


@dataclass(frozen=True)
class Overview:
    """All branches below one organisation, and the figures of its tiles."""

    branches: list[Branch]
    figures: Figures
    schools: int
    schools_alone: int


def overview(above: Organisation, campaign: Campaign | None) -> Overview:
    """Four statements, however many branches there are."""
    schools = _schools(above, campaign)
    branches = schools if above.kind == Organisation.Kind.DISTRICT else _districts(above, schools)
    return Overview(
        branches=branches,
        figures=whole(school.figures for school in schools),
        schools=len(schools),
        schools_alone=sum(not school.holders for school in schools),
    )


def _schools(above: Organisation, campaign: Campaign | None) -> list[Branch]:
    rows = Organisation.objects.filter(
        kind=Organisation.Kind.SCHOOL, path__startswith=above.path
    ).annotate(last_event=last_event_at("pk"))
    counts = _counts(above, campaign)
    holders = _holders(above, Post.Role.RESPONSIBLE)
    return [
        Branch(
            organisation=row,
            figures=Figures(counts.get(row.pk, {}), row.expected),
            holders=holders.get(row.pk, []),
            last_event=row.last_event,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def _districts(centre: Organisation, schools: Iterable[Branch]) -> list[Branch]:
    below: dict[Any, list[Branch]] = {}
    for school in schools:
        below.setdefault(school.organisation.parent_id, []).append(school)
    holders = _holders(centre, Post.Role.DISTRICT_OFFICER)
    rows = Organisation.objects.filter(
        kind=Organisation.Kind.DISTRICT, path__startswith=centre.path
    )
    return [_district(row, below.get(row.pk, []), holders.get(row.pk, [])) for row in rows]


def _district(row: Organisation, schools: list[Branch], holders: list[Holder]) -> Branch:
    return Branch(
        organisation=row,
        figures=whole(school.figures for school in schools),
        holders=holders,
        last_event=max((one.last_event for one in schools if one.last_event), default=None),
        schools=len(schools),
        schools_alone=sum(not school.holders for school in schools),
    )


def _counts(above: Organisation, campaign: Campaign | None) -> Mapping[Any, Mapping[str, int]]:
    forms = Application.objects.filter(campaign=campaign, school__path__startswith=above.path)
    return counts_by(forms, "school_id")


def _holders(above: Organisation, role: str) -> dict[Any, list[Holder]]:
    posts: QuerySet[Post] = (
        Post.objects.current()
        .filter(role=role, organisation__path__startswith=above.path)
        .select_related("person__first_password")
        .order_by("since", "id")
    )
    found: dict[Any, list[Holder]] = {}
    for post in posts:
        found.setdefault(post.organisation_id, []).append(Holder(post))
    return found


@dataclass(frozen=True)
class Tab:
    code: str
    title: str | Promise


TITLES: Mapping[str, Mapping[str, str | Promise]] = {
    Organisation.Kind.DISTRICT: {
        "all": _("Все"),
        "alone": _("Без ответственного"),
        "lagging": _("Отстают"),
    },
    Organisation.Kind.CENTRE: {
        "all": _("Все"),
        "alone": _("Без сотрудника"),
        "lagging": _("Отстают"),
    },
}


def in_tab(branches: Iterable[Branch], tab: str, campaign: Campaign | None) -> list[Branch]:
    gone = time_gone(campaign)
    if tab == "alone":
        return [branch for branch in branches if not branch.holders]
    if tab == "lagging":
        return [branch for branch in branches if branch.lags(gone)]
    return list(branches)


def tabs(
    above: Organisation, branches: list[Branch], campaign: Campaign | None
) -> list[tuple[Tab, int]]:
    """Each tab with the number of branches in it."""
    return [
        (Tab(code, title), len(in_tab(branches, code, campaign)))
        for code, title in TITLES[above.kind].items()
    ]


def time_gone(campaign: Campaign | None) -> float:
    """The share of the campaign's time that is over, from 0 to 1."""
    if campaign is None:
        return 0.0
    whole_time = campaign.closes_at - campaign.opens_at
    share = (timezone.now() - campaign.opens_at) / whole_time
    return min(max(share, 0.0), 1.0)


def matching(branches: Iterable[Branch], typed: str) -> list[Branch]:
    """Branches whose name, town or people contain every piece of what was typed."""
    wanted = pieces(typed)
    if typed.strip() and not wanted:
        return []
    return [branch for branch in branches if all(one in _key_of(branch) for one in wanted)]


def _key_of(branch: Branch) -> str:
    return " ".join(
        [branch.organisation.search_key, *(one.person.search_key for one in branch.holders)]
    )


_LONG_AGO = datetime.min.replace(tzinfo=timezone.get_fixed_timezone(0))
SORTS = {
    "name": lambda branch: branch.organisation.sort_key,
    "sent": lambda branch: (branch.figures.sent_share, branch.organisation.sort_key),
    "activity": lambda branch: (branch.last_event or _LONG_AGO, branch.organisation.sort_key),
}


def in_order(branches: Iterable[Branch], sort: str) -> list[Branch]:
    """``sort``: a key of ``SORTS``, with a minus for the other way round."""
    key = SORTS.get(sort.removeprefix("-"), SORTS["name"])
    return sorted(branches, key=key, reverse=sort.startswith("-"))
