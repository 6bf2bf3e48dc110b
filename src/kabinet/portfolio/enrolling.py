"""From a line of the roster to studies: the order, its facts, and the post that follows from them.

A line belongs to who proves its e-mail and bears its surname. Whoever only knows the address gets no
code; a surname that differs (a typing error in the roster may be a stranger's address) waits for
the office.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from kabinet.audit.journal import record
from kabinet.core import names
from kabinet.people.models import Organisation, Person, Post
from kabinet.portfolio.linking import supervisors_at
from kabinet.portfolio.models import Enrolment, EnrolmentFact, Registration, RosterEntry
from kabinet.portfolio.standing import LEFT, facts_until, last, with_facts

Kind = EnrolmentFact.Kind
Role = Post.Role


@transaction.atomic
def match(person: Person, university_id: UUID) -> Enrolment | None:
    """The studies that this university's roster has for the person, made now; None where its office
    must decide. The list of another university takes nobody who did not choose it.

    Call it only for a person whose e-mail was proved by a code.
    """
    free = RosterEntry.objects.filter(
        university=university_id, email=person.email, enrolment__isnull=True
    )
    for entry in free:
        if names.search_key(entry.surname) == names.search_key(person.surname):
            return enrol(actor=person, person=person, entry=entry)
    return None


@transaction.atomic
def enrol(*, actor: Person, person: Person, entry: RosterEntry) -> Enrolment:
    """Studies by the order of a free line of the roster. The name is the one in the order."""
    held = RosterEntry.objects.select_for_update().get(pk=entry.pk, enrolment__isnull=True)
    _name_by_order(person, held)
    enrolment = Enrolment.objects.create(
        person=person,
        university_id=held.university_id,
        department_id=held.department_id,
        speciality_id=held.speciality_id,
        study_form_id=held.study_form_id,
        since=held.since,
    )
    EnrolmentFact.objects.bulk_create(_facts(enrolment, held, actor))
    held.enrolment = enrolment
    held.save()
    settle(enrolment.pk)
    record(
        "enrolment.began",
        actor=actor,
        subject=enrolment,
        chain=held.university_id,
        person=person,
        details={"order": held.order_number},
    )
    return enrolment


@transaction.atomic
def settle(enrolment_id: UUID, on: date | None = None) -> None:
    """Columns and post as the orders up to the day say; again changes nothing."""
    day = on or timezone.localdate()
    Enrolment.objects.select_for_update().get(pk=enrolment_id)
    enrolment = with_facts(Enrolment.objects.filter(pk=enrolment_id)).get()
    facts = facts_until(enrolment, day)
    for fact in facts:
        enrolment.department_id = fact.department_id or enrolment.department_id
        enrolment.study_form_id = fact.study_form_id or enrolment.study_form_id
    enrolment.save(update_fields=["department", "study_form"])
    _settle_post(enrolment, facts, day)
    _unsettled(day).filter(enrolment=enrolment).update(settled_at=timezone.now())


def settle_due(on: date | None = None) -> int:
    """Orders whose day has come, today or while nothing ran, take effect; how many studies.

    For the hourly sweep: what is settled is not found again.
    """
    day = on or timezone.localdate()
    keys = list(_unsettled(day).order_by().values_list("enrolment", flat=True).distinct())
    for key in keys:
        settle(key, day)
    return len(keys)


def _unsettled(day: date) -> QuerySet[EnrolmentFact]:
    return EnrolmentFact.objects.filter(since__lte=day, settled_at__isnull=True)


def match_waiting(university_id: UUID, person: Person | None = None) -> int:
    """Who registered before the list came (or before the address was mended) is matched; how many."""
    waiting = Registration.objects.filter(
        university=university_id,
        state=Registration.State.WAITING,
        **({"person": person} if person else {}),
    )
    emails = RosterEntry.objects.filter(university=university_id, enrolment__isnull=True).values(
        "email"
    )
    found = 0
    for registration in waiting.filter(person__email__in=emails).select_related("person"):
        if match(registration.person, university_id):
            registration.state = Registration.State.APPROVED
            registration.decided_at = timezone.now()
            registration.save(update_fields=["state", "decided_at"])
            found += 1
    return found


def supervisor_by(email: str, university: Organisation) -> Person | None:
    """Who supervises in this university today and signs in by the address."""
    return supervisors_at(university).filter(email=email.lower()).first() if email else None


def _name_by_order(person: Person, entry: RosterEntry) -> None:
    person.surname, person.given_name = entry.surname, entry.given_name
    person.patronymic = entry.patronymic
    person.save(
        update_fields=["surname", "given_name", "patronymic", "sort_key", "search_key", "email"]
    )


def _facts(enrolment: Enrolment, entry: RosterEntry, actor: Person) -> list[EnrolmentFact]:
    order = {
        "enrolment": enrolment,
        "since": entry.since,
        "order_number": entry.order_number,
        "order_date": entry.order_date,
        "recorded_by": entry.imported_by or actor,
    }
    facts = [
        EnrolmentFact(
            kind=Kind.ENROLLED,
            year_of_study=entry.year_of_study,
            department_id=entry.department_id,
            study_form_id=entry.study_form_id,
            **order,
        )
    ]
    person = supervisor_by(entry.supervisor_email, enrolment.university)
    if person or entry.supervisor_name:
        named = entry.supervisor_name or (person.full_name if person else "")
        facts.append(
            EnrolmentFact(kind=Kind.SUPERVISOR, supervisor=person, supervisor_name=named, **order)
        )
    if entry.topic:
        facts.append(EnrolmentFact(kind=Kind.TOPIC, value=entry.topic, **order))
    return facts


def _settle_post(enrolment: Enrolment, facts: Sequence[EnrolmentFact], day: date) -> None:
    """A student's post at the department; who has left keeps an ended one and reads on.

    It ends on the day of the order, also where the order is settled later.
    """
    left = last(facts, *LEFT)
    placing = left or next((fact for fact in reversed(facts) if fact.department_id), None)
    since = placing.since if placing else day
    open_posts = Post.objects.filter(
        person=enrolment.person_id,
        role=Role.PHD_STUDENT,
        organisation__path__startswith=enrolment.university.path,
        until__isnull=True,
    )
    others = open_posts if left else open_posts.exclude(organisation=enrolment.department_id)
    for post in others:
        post.until = max(since, post.since)
        post.save(update_fields=["until"])
    if not left and not open_posts.filter(organisation=enrolment.department_id).exists():
        Post.objects.create(
            person_id=enrolment.person_id,
            organisation_id=enrolment.department_id,
            role=Role.PHD_STUDENT,
            since=since,
        )
