"""Background entrances of the forms' papers: what was thrown away is destroyed a day later."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from kabinet.exams.papers import actions
from kabinet.vault import actions as vault


@db_periodic_task(crontab(minute="17"))
def sweep_papers() -> None:
    """Every hour: papers removed a day ago, then blobs that no document points to."""
    actions.destroy_removed()
    vault.sweep()
