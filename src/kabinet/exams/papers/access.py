"""Whose paper it is, and when papers may be changed."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from kabinet.exams.access import check_can_change_benefits, check_can_edit, reachable
from kabinet.exams.models import Application, Paper
from kabinet.exams.papers.places import Place
from kabinet.people.access import one_or_404
from kabinet.people.models import Person

UNDO = timedelta(hours=24)


def paper_for(user: Person, application_id: UUID, paper_id: UUID) -> Paper:
    """A paper of a form in the user's reach, also one removed within the last day; else 404."""
    rows = Paper.objects.filter(recent(), application__in=reachable(user))
    rows = rows.filter(application_id=application_id).select_related(
        "document", "claim__benefit", "application__applicant", "application__school"
    )
    found: Paper = one_or_404(rows, paper_id)
    return found


def recent() -> Q:
    """Papers that are there, or may still be brought back."""
    return Q(removed_at__isnull=True) | Q(removed_at__gt=timezone.now() - UNDO)


def check_can_change(application: Application, place: Place) -> None:
    """Proofs of benefits until the campaign ends, all others while their page is open (ruling 18)."""
    if place.benefit:
        check_can_change_benefits(application)
    else:
        check_can_edit(application, place.page)
