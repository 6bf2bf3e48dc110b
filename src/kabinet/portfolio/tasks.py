"""Background entrances: the bin is emptied after 30 days, and orders take effect on their day.

Orders are swept for every hour, so a machine that was off at midnight catches up by itself.
"""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from kabinet.portfolio.bin import purge
from kabinet.portfolio.enrolling import settle_due


@db_periodic_task(crontab(hour="3", minute="20"))
def purge_bin() -> None:
    purge()


@db_periodic_task(crontab(minute="5"))
def settle_orders() -> None:
    settle_due()
