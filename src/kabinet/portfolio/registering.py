"""«Регистрация нового пользователя»: an account for a proved e-mail, and the office's word where needed."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit.journal import record
from kabinet.notifications.actions import notify
from kabinet.people import actions as people
from kabinet.people.access import Refused
from kabinet.people.emails import Taken, is_taken
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.access import check_can_decide_registration
from kabinet.portfolio.enrolling import enrol, match
from kabinet.portfolio.models import Enrolment, Registration, RosterEntry

State = Registration.State


def universities() -> QuerySet[Organisation]:
    """Where one may register."""
    return Organisation.objects.filter(kind=Organisation.Kind.UNIVERSITY)


def is_open() -> bool:
    """Whether one may register anywhere."""
    return universities().exists()


def register(
    *,
    email: str,
    surname: str,
    given_name: str,
    university: Organisation,
    raw: str,
    language: str,
) -> Person:
    """A person with an own password, and either their studies or a registration that waits.

    Call it after the code. Raises Taken (also when somebody was faster), ValidationError for a
    password that is too easy.
    """
    if is_taken(email):
        raise Taken
    person = Person(surname=surname, given_name=given_name, email=email, language=language)
    person.password = people.hashed(person=person, raw=raw)
    try:
        return _register(person, university)
    except IntegrityError as error:
        raise Taken from error


@transaction.atomic
def approve(*, actor: Person, registration: Registration, entry: RosterEntry) -> Enrolment:
    """The person is whom this free line of the roster means: so says the office."""
    held = _held(actor, registration)
    if entry.university_id != held.university_id or entry.enrolment_id:
        raise Refused(_("Эта строка списка уже занята. Выберите другую"))
    enrolment = enrol(actor=actor, person=held.person, entry=entry)
    _decide(held, actor, State.APPROVED, "")
    notify(
        to=held.person,
        kind="registration.approved",
        ref=f"registration:{held.pk}",
        params={},
        link="/",
    )
    return enrolment


@transaction.atomic
def refuse(*, actor: Person, registration: Registration, reason: str) -> None:
    """The person is told why; the office may still approve later."""
    held = _held(actor, registration)
    text = " ".join(reason.split())[:500]
    if not text:
        raise Refused(_("Напишите причину: человек увидит её в кабинете и в письме"))
    _decide(held, actor, State.REFUSED, text)
    notify(
        to=held.person,
        kind="registration.refused",
        ref=f"registration:{held.pk}:{timezone.now():%Y%m%d%H%M%S}",
        params={"reason": text.rstrip(". ")},
        link="/",
    )


@transaction.atomic
def _register(person: Person, university: Organisation) -> Person:
    person.number = Person.new_number()
    person.save(force_insert=True)
    record("person.registered", actor=person, subject=person, chain=university.pk, person=person)
    if match(person, university.pk) is None:
        Registration.objects.create(person=person, university=university)
    return person


def _held(actor: Person, registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("person")
    held: Registration = rows.get(pk=registration.pk)
    check_can_decide_registration(actor, held)
    return held


def _decide(held: Registration, actor: Person, state: str, reason: str) -> None:
    held.state, held.reason = state, reason
    held.decided_at, held.decided_by = timezone.now(), actor
    held.save()
    record(
        f"registration.{state}",
        actor=actor,
        subject=held,
        chain=held.university_id,
        person=held.person,
        details={"reason": reason} if reason else None,
    )
