"""What was typed into a search box, as pieces that the stored search keys contain (ruling 21)."""

import re
from functools import reduce
from operator import and_

from django.db.models import Q

from kabinet.core import names

_NUMBER = re.compile(r"[\d\s+()\-\u2010-\u2015\u00a0]+")
_MOST_PIECES = 6


def pieces(typed: str) -> list[str]:
    """Folded words; a phone or number typed in groups is one piece without its country's zero."""
    text = typed.strip()[:120]
    if _NUMBER.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        return [digits.removeprefix("0") or digits] if digits else []
    return names.search_key(text).split()[:_MOST_PIECES]


def matching(typed: str, key: str = "search_key") -> Q:
    """Filter for rows whose key, at the path ``key``, holds every piece; all rows for a blank."""
    wanted = pieces(typed)
    if typed.strip() and not wanted:
        return Q(pk__in=[])
    return reduce(and_, (Q(**{f"{key}__contains": piece}) for piece in wanted), Q())
