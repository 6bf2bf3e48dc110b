"""What a page sent, field by field, before anything is made of it."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict

from kabinet.exams.forms import Raw
from kabinet.ui import autosave

LONGEST_VALUE = 2000
MOST_VALUES = 60
BOXES = ("day", "month", "year")


def typed_fields(request: HttpRequest, fields: Iterable[str]) -> dict[str, Raw]:
    """The declared fields that the page sent.

    A browser leaves out boxes and lists that are empty. What the page held is known from ``seen``
    of a whole page, and from ``changed`` of an autosave; a field in it without a value was emptied.
    """
    known = autosave.changed(request) if autosave.asked(request) else seen_marks(request)
    found = {field: raw_of(request.POST, field) for field in fields}
    return {field: raw for field, raw in found.items() if raw or field in known}


def seen_marks(request: HttpRequest) -> dict[str, str]:
    """Field → mark, as the page brought it back; anything else means "saw nothing"."""
    told = autosave.seen(request)
    return {field: value for field, value in told.items() if isinstance(value, str)}


def raw_of(post: QueryDict, field: str) -> Raw:
    """The values under the field's own name and under the names of its boxes."""
    names = (field, *(f"{field}_{box}" for box in BOXES))
    return {
        name: [value[:LONGEST_VALUE] for value in post.getlist(name)[:MOST_VALUES]]
        for name in names
        if name in post
    }
