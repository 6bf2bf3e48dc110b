"""Taking a template in, and taking it back."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kabinet.audit.journal import SYSTEM, record
from kabinet.people.models import Person
from kabinet.portfolio.models import DocumentTemplate, DocumentType, Enrolment
from kabinet.portfolio.prefilled.filling import PLACEHOLDERS
from kabinet.portfolio.prefilled.inspecting import placeholders
from kabinet.vault import names


@transaction.atomic
def add_template(
    *, actor: Person | None, document_type: DocumentType, name: str, data: bytes
) -> DocumentTemplate:
    """A new version of a type's template; raises TemplateRefused. Nobody acts where it is shipped."""
    known = placeholders(data, frozenset(PLACEHOLDERS))
    held = DocumentType.objects.select_for_update().get(pk=document_type.pk)
    highest = held.templates.aggregate(n=Max("number"))["n"] or 0
    template = DocumentTemplate.objects.create(
        document_type=held,
        number=highest + 1,
        name=names.shown(name),
        content=data,
        placeholders=known,
        uploaded_by=actor,
    )
    _record("template.added", actor, template)
    return template


@transaction.atomic
def withdraw_template(*, actor: Person, template: DocumentTemplate) -> None:
    """It is no longer given out; the version before it is."""
    template.withdrawn_at = timezone.now()
    template.save(update_fields=["withdrawn_at"])
    _record("template.withdrawn", actor, template)


def note_filled(*, actor: Person, enrolment: Enrolment, template: DocumentTemplate) -> None:
    """Somebody else took a document with the student's facts."""
    record(
        "template.filled",
        actor=actor,
        subject=template,
        chain=enrolment.university_id,
        person=enrolment.person,
    )


def _record(verb: str, actor: Person | None, template: DocumentTemplate) -> None:
    record(
        verb,
        actor=actor or SYSTEM,
        subject=template,
        chain=template.document_type.university_id,
        details={"file": template.name, "placeholders": template.placeholders},
    )
