"""The bin: what a student removed lies here for 30 days, then it is destroyed with its documents."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kabinet.audit.journal import SYSTEM, record
from kabinet.portfolio.models import Report
from kabinet.portfolio.models.achievements import Told
from kabinet.portfolio.portfolio_page import STORIES
from kabinet.vault import actions as vault
from kabinet.vault.models import Document

KEPT = timedelta(days=30)


def days_kept(removed: Report | Told, today: date) -> int:
    """Days until the bin forgets it."""
    if removed.removed_at is None:
        return 0
    return max(0, (timezone.localdate(removed.removed_at) + KEPT - today).days)


def purge(*, older_than: timedelta = KEPT) -> int:
    """Destroy what has lain here for longer, with its documents; how many things there were."""
    before = timezone.now() - older_than
    reports = Report.objects.filter(removed_at__lte=before)
    purged = _destroy_all(reports, "report.destroyed", _files_of_report)
    for kind in STORIES.values():
        stories = kind._default_manager.filter(removed_at__lte=before)
        purged += _destroy_all(stories, "story.destroyed", _file_of_story)
    return purged


def _files_of_report(report: Any) -> list[Document]:
    return [version.document for version in report.versions.select_related("document")]


def _file_of_story(story: Any) -> list[Document]:
    return [story.document] if story.document else []


def _destroy_all(
    removed: QuerySet[Any], verb: str, files: Callable[[Any], Sequence[Document]]
) -> int:
    keys = list(removed.values_list("pk", flat=True))
    return sum(_destroy(removed.filter(pk=key), verb, files) for key in keys)


@transaction.atomic
def _destroy(removed: QuerySet[Any], verb: str, files: Callable[[Any], Sequence[Document]]) -> bool:
    """One of them, unless it was brought back meanwhile."""
    thing = removed.select_for_update(of=("self",)).select_related("enrolment__person").first()
    if thing is None:
        return False
    documents = files(thing)
    record(
        verb,
        actor=SYSTEM,
        subject=thing,
        chain=thing.enrolment.university_id,
        person=thing.enrolment.person,
        details={"files": len(documents)},
    )
    thing.delete()
    for document in documents:
        vault.destroy(document)
    return True
