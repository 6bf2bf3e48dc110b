"""How much a student may keep and try (ruling 24): every try costs a decoder."""

from django.core.cache import cache
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.people.access import Refused
from kabinet.portfolio.models import (
    Achievement,
    Conference,
    Enrolment,
    Publication,
    ScanPhoto,
    Version,
)

MEGABYTE = 1024 * 1024
PHOTO_BYTES = 10 * MEGABYTE
PDF_BYTES = 20 * MEGABYTE
BYTES = 600 * MEGABYTE
TOLD = (Publication, Conference, Achievement)
PHOTOS_OF_SCAN = 60
FILES_AT_ONCE = 20
TRIES, WINDOW = 120, 600
"""Tries within a window of seconds: a report of sixty photographed pages has to pass, twice."""


def check_room(enrolment: Enrolment) -> None:
    """Raises Refused when the student keeps as many megabytes as may be kept."""
    of_reports = Version.objects.filter(report__enrolment=enrolment)
    of_scans = ScanPhoto.objects.filter(scan__enrolment=enrolment)
    of_stories = [kind._default_manager.filter(enrolment=enrolment) for kind in TOLD]
    kept = [
        rows.aggregate(n=Sum("document__size"))["n"] or 0
        for rows in (of_reports, of_scans, *of_stories)
    ]
    if sum(kept) >= BYTES:
        raise Refused(
            _("Файлы вместе больше %(limit)s МБ. Удалите лишние, корзина освободится через 30 дней")
            % {"limit": BYTES // MEGABYTE}
        )


def check_rate(enrolment: Enrolment) -> None:
    """Count one try of this student; raises Refused when it is one too many."""
    window = int(timezone.now().timestamp()) // WINDOW
    counter = f"portfolio.files.{enrolment.pk}.{window}"
    if cache.add(counter, 1, timeout=WINDOW) or _counted(counter) <= TRIES:
        return
    raise Refused(
        _("Слишком много файлов за короткое время. Подождите 10 минут и добавьте этот ещё раз")
    )


def _counted(counter: str) -> int:
    try:
        return int(cache.incr(counter))
    except ValueError:  # the window ended between the two questions
        return 1
