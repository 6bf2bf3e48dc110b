"""The same number or the same picture with two persons: found by a sweep, judged by the centre.

A number is one that was typed or read beyond doubt. A picture is the same file or the same saved
again (smaller, darker, compressed); two shots of one face are two pictures. What is found is never
told to a school or an applicant: it may be a slip, a family, or the work of a third person.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from kabinet.checks.models import Check, CheckQuerySet, Coincidence, Trace

# Of 256 bits. Copies of one picture differ in 9 at most, portraits on white of 15 persons in 48 at
# least: the limit by which one pair is compared elsewhere would accuse strangers among thousands.
SAME_PICTURE_BITS = 10
COMPARED_AT_ONCE = 20


class Known(NamedTuple):
    """A picture that can be compared."""

    document: UUID
    person: UUID
    hash: int


def find() -> bool:
    """Note what is not noted yet; whether pictures are left to compare. Safe to run beside itself."""
    Coincidence.objects.bulk_create(_of_numbers(), ignore_conflicts=True)
    return any(_compare(kind) for kind in Check.Kind.values)


def _of_numbers() -> list[Coincidence]:
    """Persons who share a number, each beside the next."""
    shared = Trace.objects.values("what", "index").annotate(persons=Count("person", distinct=True))
    found = []
    for what, index in shared.filter(persons__gt=1).values_list("what", "index"):
        traces = Trace.objects.filter(what=what, index=index).order_by("person_id").distinct()
        for one, other in pairwise(traces.values_list("person", flat=True)):
            found.append(Coincidence(what=what, index=index, one_id=one, other_id=other))
    return found


def _compare(kind: str) -> bool:
    """Pictures that were not compared yet with all of their kind; whether more of them are left.

    One that is finished meanwhile is itself not compared yet, and will be, with these.
    """
    done = Check.objects.filter(kind=kind, done_at__isnull=False).exclude(picture_hash="")
    fresh = _known(done.filter(is_compared=False)[:COMPARED_AT_ONCE])
    known = _known(done) if fresh else []
    found = [
        _of_pictures(one, other)
        for one in fresh
        for other in known
        if (one.hash ^ other.hash).bit_count() <= SAME_PICTURE_BITS and one.person != other.person
    ]
    with transaction.atomic():
        Coincidence.objects.bulk_create(found, ignore_conflicts=True)
        done.filter(pk__in=[one.document for one in fresh]).update(is_compared=True)
    return len(fresh) == COMPARED_AT_ONCE


def _known(checks: CheckQuerySet) -> Sequence[Known]:
    rows = checks.values_list("document", "person", "picture_hash")
    return [Known(document, person, int(told, 16)) for document, person, told in rows]


def _of_pictures(*pair: Known) -> Coincidence:
    one, other = sorted(pair, key=lambda known: known.person)
    return Coincidence(
        what=Coincidence.What.PICTURE,
        one_id=one.person,
        other_id=other.person,
        one_document_id=one.document,
        other_document_id=other.document,
    )
