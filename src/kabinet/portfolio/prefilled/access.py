"""Templates belong to a university: its office changes them, its people download them filled."""

from django.db.models import QuerySet

from kabinet.people.access import one_or_404, within
from kabinet.people.models import Person
from kabinet.portfolio.models import DocumentTemplate, DocumentType, Enrolment
from kabinet.portfolio.models.closable import ClosableQuerySet


def templates_for(enrolment: Enrolment) -> list[DocumentTemplate]:
    """The newest template of every type."""
    return newest(_given_out().filter(document_type__university=enrolment.university_id))


def template_for(enrolment: Enrolment, template_id: object) -> DocumentTemplate:
    rows = _given_out().filter(document_type__university=enrolment.university_id)
    found: DocumentTemplate = one_or_404(rows, template_id)
    return found


def types_of_office(user: Person) -> ClosableQuerySet:
    """Types of the universities where the user is the office."""
    found: ClosableQuerySet = DocumentType.objects.filter(within(user, "university"))
    return found


def templates_of_office(user: Person) -> QuerySet[DocumentTemplate]:
    rows = _given_out().filter(document_type__in=types_of_office(user))
    return rows.select_related("uploaded_by")


def newest(rows: QuerySet[DocumentTemplate]) -> list[DocumentTemplate]:
    latest = {row.document_type_id: row for row in rows.order_by("number")}
    return sorted(latest.values(), key=lambda row: (row.document_type.position, row.pk))


def _given_out() -> QuerySet[DocumentTemplate]:
    return DocumentTemplate.objects.filter(withdrawn_at__isnull=True).select_related(
        "document_type"
    )
