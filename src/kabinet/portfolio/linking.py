"""Orders that name a supervisor who had no cabinet yet, and joining them to the one opened later.

The order keeps the name as it was written; the journal says who joined it to whom, and when.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import About, record_all
from kabinet.core import names
from kabinet.people.access import Refused, within
from kabinet.people.models import Organisation, Person, Post
from kabinet.portfolio.models import EnrolmentFact
from kabinet.portfolio.standing import LEFT

Kind = EnrolmentFact.Kind


@dataclass(frozen=True)
class Unlinked:
    """Orders with one written name, and whose cabinet may be meant."""

    name: str
    facts: Sequence[EnrolmentFact]
    candidates: Sequence[Person]


def unlinked(university: Organisation) -> list[Unlinked]:
    """By name. Two statements, however many orders there are."""
    groups: dict[str, list[EnrolmentFact]] = {}
    for fact in _named_only().filter(enrolment__university=university):
        groups.setdefault(fact.supervisor_name, []).append(fact)
    people = list(supervisors_at(university).order_by("sort_key")) if groups else []
    return [
        Unlinked(name, facts, [person for person in people if _may_be(name, facts, person)])
        for name, facts in sorted(groups.items())
    ]


@transaction.atomic
def link(*, actor: Person, facts: Sequence[EnrolmentFact], supervisor: Person) -> int:
    """The person supervises by these orders, from their days on; how many there were.

    Again changes nothing. Raises Refused for somebody who does not supervise at the university.
    """
    held = list(
        _named_only()
        .filter(within(actor, "enrolment__university"), pk__in=[fact.pk for fact in facts])
        .select_for_update(of=("self",))
    )
    for university in {fact.enrolment.university for fact in held}:
        if not supervisors_at(university).filter(pk=supervisor.pk).exists():
            raise Refused(_("Этот человек здесь не руководитель. Сначала откройте ему доступ"))
    EnrolmentFact.objects.filter(pk__in=[fact.pk for fact in held]).update(supervisor=supervisor)
    for university_id in {fact.enrolment.university_id for fact in held}:
        about = [
            _about(fact, supervisor)
            for fact in held
            if fact.enrolment.university_id == university_id
        ]
        record_all("supervisor.linked", actor=actor, chain=university_id, about=about)
    return len(held)


def supervisors_at(university: Organisation) -> QuerySet[Person]:
    """Who supervises at the university today."""
    posts = Post.objects.current().filter(
        role=Post.Role.SUPERVISOR, organisation__path__startswith=university.path
    )
    return Person.objects.filter(posts__in=posts).distinct()


def _named_only() -> QuerySet[EnrolmentFact]:
    """The orders that count: no later one names another supervisor, and the student has not left."""
    same = EnrolmentFact.objects.filter(enrolment=OuterRef("enrolment"))
    later = same.filter(kind=Kind.SUPERVISOR).filter(
        Q(since__gt=OuterRef("since")) | Q(since=OuterRef("since"), pk__gt=OuterRef("pk"))
    )
    left = same.filter(kind__in=LEFT, since__lte=timezone.localdate())
    rows = EnrolmentFact.objects.filter(kind=Kind.SUPERVISOR, supervisor__isnull=True)
    return (
        rows.filter(~Exists(later), ~Exists(left))
        .annotate(listed_email=F("enrolment__roster_entry__supervisor_email"))
        .select_related("enrolment__person", "enrolment__university")
        .order_by("supervisor_name", "enrolment__person__sort_key", "pk")
    )


def _may_be(name: str, facts: Sequence[EnrolmentFact], person: Person) -> bool:
    emails = {getattr(fact, "listed_email", None) for fact in facts}
    if person.email and person.email in emails:
        return True
    return names.may_be(name, person.surname, person.given_name, person.patronymic)


def _about(fact: EnrolmentFact, supervisor: Person) -> About:
    return About(
        fact.enrolment,
        fact.enrolment.person,
        {
            "order": fact.order_number,
            "since": str(fact.since),
            "name": fact.supervisor_name,
            "supervisor": supervisor.full_name,
        },
    )
