"""Proof that the server showed the complete check page at a certain time (ruling 17).

The proof travels in the page itself, signed, so that looking at a page changes nothing in the
database: it names the form, and the time is the server's own.
"""

from datetime import datetime

from django.core import signing
from django.utils import timezone

from kabinet.exams.models import Application

_PURPOSE = "kabinet.exams.check"


def proof(application: Application) -> str:
    return signing.dumps([str(application.pk), timezone.now().isoformat()], salt=_PURPOSE)


def shown_at(application: Application, text: str) -> datetime | None:
    """The time in the proof; None for anything that is not a proof of this form."""
    try:
        key, moment = signing.loads(text, salt=_PURPOSE)
    except signing.BadSignature:
        return None
    return datetime.fromisoformat(moment) if key == str(application.pk) else None
