"""Background entrances: what is over is destroyed every night, first passwords and codes by e-mail."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from kabinet.people import actions, codes


@db_periodic_task(crontab(hour="3", minute="40"))
def destroy_expired() -> None:
    actions.destroy_expired()
    codes.forget_old()
