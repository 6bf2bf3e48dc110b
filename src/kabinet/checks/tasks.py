"""Background entrances: look at a picture soon, find what was forgotten, and compare persons."""

from uuid import UUID

from django.conf import settings
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task, on_startup

from kabinet.checks import coincidences
from kabinet.checks.eyes import eyes
from kabinet.checks.looking import Outcome, look
from kabinet.checks.models import Check

SOME_TIME = -1  # behind letters, sweeps, and what people wait for now
SWEPT_AT_ONCE = 200


@db_task()
def look_later(document_id: UUID) -> None:
    if look(document_id) is Outcome.AGAIN:
        look_later(document_id, priority=SOME_TIME)


@db_periodic_task(crontab(minute="*"))
def sweep() -> None:
    """What the queue forgot, and what a dead worker left."""
    undone = Check.objects.undone().order_by("asked_at").values_list("pk", flat=True)
    for document_id in undone[:SWEPT_AT_ONCE]:
        look_later(document_id, priority=SOME_TIME)


@db_task()
def compare_later() -> None:
    if coincidences.find():
        compare_later(priority=SOME_TIME)


@db_periodic_task(crontab(minute="*/5"))
def compare() -> None:
    compare_later(priority=SOME_TIME)


@on_startup()
def open_eyes() -> None:
    """The models are loaded before the first picture comes."""
    if settings.CHECKS:
        eyes().open()
