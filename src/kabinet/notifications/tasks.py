"""Background entrances: deliver a letter soon, and sweep up what a dead process left."""

from uuid import UUID

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from kabinet.notifications.delivery import deliver
from kabinet.notifications.models import Letter

SWEPT_AT_ONCE = 200


@db_task()
def deliver_later(letter_id: UUID) -> None:
    deliver(letter_id)


@db_periodic_task(crontab(minute="*"))
def sweep() -> None:
    for letter_id in Letter.objects.due().values_list("pk", flat=True)[:SWEPT_AT_ONCE]:
        deliver(letter_id)
