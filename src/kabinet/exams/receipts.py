"""The receipt that a form was handed in: signed, and provable without us (ruling 27).

A receipt says which answers (by their hash), when (the server's time), by whom (the applicant
number) and of which campaign. It holds no answer itself, so it can be shown to anybody.
"""

import base64
import io
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pikepdf
from django.conf import settings

from kabinet.core.canonical import digest
from kabinet.core.sign import NotADocument, Signer, Verified, verify
from kabinet.exams import pages
from kabinet.exams.models import Application

FILE_NAME = "receipt.json"
_KIND = "kabinet.form"


def issue(application: Application, *, version: int, at: datetime) -> dict[str, Any]:
    """The signed document over the answers as they are stored now."""
    payload = {
        "kind": _KIND,
        "campaign": application.campaign.slug,
        "number": application.applicant.number,
        "version": version,
        "page_version": application.page_version,
        "issued_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "answers_hash": digest(pages.answers_of(application)),
    }
    return signer().sign(payload)


@cache
def signer() -> Signer:
    return Signer.from_seed(base64.b64decode(settings.KEYS.signing_seed, validate=True))


def verify_file(data: bytes, public_keys: Iterable[bytes]) -> Verified:
    """What a receipt says, from its JSON or from the PDF that carries it; raises NotAuthentic."""
    text = _attached(data) if data.startswith(b"%PDF") else data
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):  # no JSON, or brackets without end
        raise NotADocument from None
    return verify(document, public_keys)


def _attached(pdf: bytes) -> bytes:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            return bytes(opened.attachments[FILE_NAME].get_file().read_bytes())
    except (pikepdf.PdfError, pikepdf.PasswordError, KeyError):
        raise NotADocument from None
