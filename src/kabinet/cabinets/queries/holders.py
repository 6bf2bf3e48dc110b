"""Who holds a post of one role at some places: now, and before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from kabinet.cabinets.queries.branches import Holder
from kabinet.people.models import Organisation, Post

MOST_FORMER = 100


@dataclass(frozen=True)
class Holders:
    """By name; ``former``: whose last post has ended, the last first."""

    current: list[Holder]
    former: list[Post]


def holders(role: str, places: QuerySet[Organisation]) -> Holders:
    """Two statements, however many."""
    rows = Post.objects.filter(role=role, organisation__in=places).select_related(
        "person__first_password", "organisation"
    )
    current = list(rows.current().order_by("person__sort_key", "since", "id"))
    ended = rows.filter(until__lt=timezone.localdate()).order_by("-until", "-id")[:MOST_FORMER]
    return Holders([Holder(post) for post in current], _gone(ended, current))


def _gone(ended: Iterable[Post], current: Iterable[Post]) -> list[Post]:
    """Each person and place once, and only where nothing has begun anew."""
    there = {(post.person_id, post.organisation_id) for post in current}
    last: dict[tuple[object, object], Post] = {}
    for post in ended:
        last.setdefault((post.person_id, post.organisation_id), post)
    return [post for key, post in last.items() if key not in there]
