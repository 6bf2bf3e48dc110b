"""Readings of made-up documents, as the library would give them, without any picture."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from kabinet.checks.models import Check
from kabinet.checks.reports import plain
from kabinet.core.passport import Digests, Quality, Reading
from kabinet.core.passport.mrz import Format, parse
from kabinet.core.passport.strict import fields_of, strict_checks, verdict
from kabinet.exams.models import Paper
from tests.core.passport.persons import Holder, zone_lines

AIPERI = Holder(
    country="KGZ",
    nationality="KGZ",
    number="ID1234567",
    birth=date(2010, 3, 14),
    sex="F",
    expiry=date(2030, 1, 1),
    pin="11403201000123",
    surname="ABDYRAEVA",
    given="AIPERI",
)
"""What Aiperi types in ``conftest.GOOD`` stands in this document."""


def read(
    holder: Holder = AIPERI,
    form: Format = "TD1",
    *,
    sure: bool = True,
    repaired: int = 0,
    digest: str = "b",
    **changes: object,
) -> Reading:
    """The side with the zone. ``changes`` go into the fields, as if they had been read so."""
    zone = parse(zone_lines(holder, form))
    assert zone is not None
    checks = strict_checks(zone) | {"sure": sure}
    return Reading(
        status=verdict(zone, checks, repaired=repaired),
        format=form,
        lines=zone.lines,
        fields=replace(fields_of(zone), **changes),  # type: ignore[arg-type]
        checks=checks,
        repaired=repaired,
        quality=Quality(side="mrz"),
        digests=_digests(digest),
        engine="tests",
    )


def front(*, digest: str = "f", **flaws: bool) -> Reading:
    """The side of a card without a zone."""
    return Reading(quality=Quality(side="front", **flaws), digests=_digests(digest), engine="tests")


def _digests(letter: str) -> Digests:
    return Digests(file=letter, pixels=letter, phash=letter * 64)


def looked(paper: Paper, reading: Reading | None) -> Check:
    """As if a worker had looked at the photo of a paper; None: nobody could."""
    return Check.objects.update_or_create(
        document=paper.document,
        defaults={
            "kind": Check.Kind.IDENTITY,
            "person": paper.application.applicant,
            "owner": str(paper.application_id),
            "done_at": timezone.now(),
            "verdict": reading.status if reading else "none",
            "report": plain(reading) if reading else {},
        },
    )[0]


def asked(paper: Paper, *, ago: timedelta = timedelta()) -> Check:
    """As if a look had been asked for, and nobody had come yet."""
    return Check.objects.create(
        document=paper.document,
        kind=Check.Kind.IDENTITY,
        person=paper.application.applicant,
        owner=str(paper.application_id),
        asked_at=timezone.now() - ago,
    )
