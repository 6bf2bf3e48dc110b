"""One look at one document, in a worker: claim it, show the safe picture to the child, keep the answer.

Claimed for the time of a lease: a worker that dies leaves the check to the next sweep. After a few
attempts nobody looks any more and a person does.
"""

from datetime import timedelta
from enum import Enum
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from kabinet.checks.eyes import LOOK_SECONDS, START_SECONDS, Lost, eyes
from kabinet.checks.models import Check, Trace
from kabinet.checks.reports import Crooked, face_report_from, plain, reading_from, with_facts
from kabinet.checks.traces import read_numbers, traces
from kabinet.vault import actions as vault
from kabinet.vault.models import FULL

LEASE = timedelta(seconds=START_SECONDS + LOOK_SECONDS + 5)
MOST_ATTEMPTS = 3
_SEEN = [
    "done_at",
    "lease_until",
    "verdict",
    "report",
    "policy_version",
    "model_version",
    "picture_hash",
    "is_compared",
]
NOBODY_LOOKED = {Check.Kind.FACE: "human", Check.Kind.IDENTITY: "none"}


class Outcome(Enum):
    """``AGAIN``: the child was lost, somebody should try once more."""

    DONE = 1
    AGAIN = 2
    NOTHING = 3


def look(document_id: UUID) -> Outcome:
    """Look at a document, if nobody has or is at it."""
    check = _claimed(document_id)
    if check is None:
        return Outcome.NOTHING
    if check.attempts > MOST_ATTEMPTS:
        return _give_up(check)
    try:
        picture = vault.read(check.document, FULL, owner=check.owner)
        _take(check, eyes().look(check.kind, picture))
    except vault.Unreadable:
        return _give_up(check)
    except (Lost, Crooked):
        return _give_up(check) if check.attempts == MOST_ATTEMPTS else _let_go(check)
    return Outcome.DONE


def _claimed(document_id: UUID) -> Check | None:
    now = timezone.now()
    mine = Check.objects.undone(now).filter(pk=document_id)
    claim = {"lease_until": now + LEASE, "attempts": models.F("attempts") + 1}
    if not mine.update(**claim):
        return None
    return Check.objects.select_related("document", "person").filter(pk=document_id).first()


def _take(check: Check, answer: object) -> None:
    """The child's answer into the row, unless the document was destroyed meanwhile."""
    if check.kind == Check.Kind.FACE:
        report = with_facts(face_report_from(answer), check.document.facts)
        check.report, check.verdict = plain(report), report.verdict
        check.policy_version, check.model_version = report.policy_version, report.model_version
        check.picture_hash = report.phash
        _finish(check, [])
    else:
        reading = reading_from(answer)
        check.report, check.verdict = plain(reading), reading.status
        check.model_version, check.picture_hash = reading.engine, reading.digests.phash
        numbers = read_numbers(reading)
        document = check.document_id
        _finish(
            check, traces(numbers, person=check.person, owner=check.owner, document_id=document)
        )


@transaction.atomic
def _finish(check: Check, found: list[Trace]) -> None:
    if not Check.objects.select_for_update().filter(pk=check.pk, done_at__isnull=True).exists():
        return
    check.done_at, check.lease_until = timezone.now(), None
    check.is_compared = not check.picture_hash
    check.save(update_fields=_SEEN)
    Trace.objects.bulk_create(found)


def _give_up(check: Check) -> Outcome:
    check.verdict = NOBODY_LOOKED[Check.Kind(check.kind)]
    _finish(check, [])
    return Outcome.DONE


def _let_go(check: Check) -> Outcome:
    Check.objects.filter(pk=check.pk, done_at__isnull=True).update(lease_until=None)
    return Outcome.AGAIN
