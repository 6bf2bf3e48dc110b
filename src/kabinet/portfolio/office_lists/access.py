"""Which list, and which line of it, an office may change."""

from typing import Any

from django.http import Http404

from kabinet.people.access import one_or_404
from kabinet.people.models import Person
from kabinet.portfolio.access import university_of_office
from kabinet.portfolio.office_lists.kinds import LISTS, OfficeList


def list_for(user: Person, slug: str) -> OfficeList:
    """Only an office has lists; else 404."""
    university_of_office(user)
    found = LISTS.get(slug)
    if found is None:
        raise Http404
    return found


def line_for(user: Person, slug: str, line_id: object) -> Any:
    """A line of the office's own university; else 404."""
    kept = list_for(user, slug)
    return one_or_404(kept.lines(university_of_office(user)), line_id)
