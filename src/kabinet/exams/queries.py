"""What pages and other rooms ask about forms."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from kabinet.exams import pages
from kabinet.exams.models import Application, Personal
from kabinet.exams.offer import offer_of
from kabinet.payments.models import Charge
from kabinet.people.models import Person, Post


def price_lines(
    application: Application, *, fixed: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """``{"code", "name", "tyiyn"}`` per subject; ``fixed`` prices win over the campaign's."""
    chosen = getattr(pages.SUBJECTS.row(application), "subjects", [])
    known = fixed or {}
    return [
        {
            "code": subject.code,
            "name": subject.names,
            "tyiyn": known.get(subject.code, subject.price),
        }
        for subject in offer_of(application.campaign).taken(chosen)
    ]


def amount_of(application: Application) -> int:
    """What the present choice costs, in tyiyn."""
    return sum(line["tyiyn"] for line in price_lines(application))


def charge_of(application: Application) -> Charge | None:
    label = Application._meta.label_lower
    return Charge.objects.filter(subject_label=label, subject_id=str(application.pk)).first()


def saved_at(application: Application) -> datetime | None:
    """When any page of the form was saved last; needs the pages joined."""
    moments = [page.row(application).saved_at for page in pages.PAGES]
    return max((moment for moment in moments if moment), default=None)


def has_twin(application: Application) -> bool:
    """Whether another form of the campaign has the same document or personal number: a flag only."""
    personal = pages.PERSONAL.row(application)
    same = Q()
    for column in ("document_index", "pin_index"):
        if getattr(personal, column):
            same |= Q(**{column: getattr(personal, column)})
    if not same:
        return False
    others = Personal.objects.filter(same, application__campaign=application.campaign_id)
    return others.exclude(pk=application.pk).exists()


def responsible_of(application: Application) -> Person | None:
    """Whom the graduate may ask at the school."""
    post = (
        Post.objects.current()
        .filter(organisation=application.school_id, role=Post.Role.RESPONSIBLE)
        .select_related("person")
        .order_by("since", "id")
        .first()
    )
    return post.person if post else None
