"""Asking for a look, keeping a picture in spite of remarks, and noting numbers that were typed."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kabinet.audit.journal import record
from kabinet.checks import tasks
from kabinet.checks.models import Check, Trace
from kabinet.checks.traces import traces
from kabinet.people.models import Person
from kabinet.vault.models import Document


def ask(document: Document, *, kind: str, owner: str, person: Person) -> None:
    """Have a picture looked at soon; call it inside the transaction that keeps the document.

    ``kind``: ``Check.Kind``; ``owner``: what the vault stores it for; ``person``: whose it is.
    Asking again changes nothing. Where checks are switched off nothing is asked.
    """
    if not settings.CHECKS:
        return
    check = Check(document=document, kind=kind, owner=owner, person=person)
    Check.objects.bulk_create([check], ignore_conflicts=True)
    transaction.on_commit(partial(tasks.look_later, document.pk), robust=True)


@transaction.atomic
def keep_anyway(*, actor: Person, check: Check, chain: Any) -> Check:
    """«Оставить это»: the picture goes to a person as it is, marked; twice is once.

    ``chain`` is the organisation whose journal tells of it. The caller has fetched the picture
    through its room's ``access`` and holds its form.
    """
    held = Check.objects.select_for_update().get(pk=check.pk)
    if held.kept_at is None:
        held.kept_at, held.kept_by = timezone.now(), actor
        held.save(update_fields=["kept_at", "kept_by"])
        record(
            "check.kept",
            actor=actor,
            subject=held,
            chain=chain,
            person=held.person,
            details={"kind": held.kind, "verdict": held.verdict, "policy": held.policy_version},
        )
    return held


def note_typed(*, person: Person, owner: str, numbers: Mapping[str, str]) -> None:
    """Remember digests of the numbers that now stand typed for ``owner``, by ``Trace.What``.

    Call it inside the transaction that saves them, when one of them changed: two statements.
    """
    Trace.objects.filter(owner=owner, document__isnull=True).delete()
    Trace.objects.bulk_create(traces(numbers, person=person, owner=owner))
