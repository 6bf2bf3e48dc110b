"""How many tries are left at the door and how long to wait, told from allauth's own counters.

allauth counts failures per address and per login (``ACCOUNT_RATE_LIMITS``); it does not tell the
figures, so they are read from its cache here. Its version is pinned for that.
"""

import time
from collections.abc import Iterator
from math import ceil

from allauth.core.internal.ratelimit import Rate, get_cache_key, get_rates
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_APP, _ACTION = "allauth.account", "login_failed"


def tries_left(request: HttpRequest, key: str) -> int:
    """Failures this login may still have before it must wait."""
    return min(
        (rate.amount - len(times) for rate, times in _counted(request, key) if rate.per == "key"),
        default=0,
    )


def seconds_to_wait(request: HttpRequest, key: str, action: str = _ACTION) -> int:
    """Until the next try is let through; at least one second."""
    now = time.time()
    waits = [
        times[-1] + rate.duration - now
        for rate, times in _counted(request, key, action)
        if len(times) >= rate.amount
    ]
    return max(1, ceil(max(waits, default=0)))


def sentence(seconds: int) -> str:
    """What the page says while nobody is let in."""
    minutes = ceil(seconds / 60)
    wait = ngettext(
        "Слишком много попыток. Попробуйте снова через %(minutes)d минуту",
        "Слишком много попыток. Попробуйте снова через %(minutes)d минут",
        minutes,
    )
    return wait % {"minutes": minutes}


def wrong_pair(left: int) -> str:
    """The one answer to every pair that does not open, whoever exists or not."""
    wrong = _("Логин и пароль не подходят друг к другу.")
    if left <= 0:
        return wrong
    tries = ngettext("Осталась %(left)d попытка", "Осталось %(left)d попыток", left)
    return f"{wrong} {tries % {'left': left}}"


def _counted(
    request: HttpRequest, key: str, action: str = _ACTION
) -> Iterator[tuple[Rate, list[float]]]:
    """Each limit with the moments that still count in it, newest first."""
    now = time.time()
    for rate in get_rates(app=_APP, action=action):
        cache_key = get_cache_key(request, app=_APP, action=action, rate=rate, key=key)
        times = cache.get(cache_key, [])
        yield rate, [moment for moment in times if moment > now - rate.duration]
