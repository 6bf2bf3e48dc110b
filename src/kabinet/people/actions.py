"""What is done to people: accesses opened, passwords replaced and set, posts ended.

Each function checks access itself, is atomic, and writes one journal event per person affected.
"""

import time
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.audit import journal
from kabinet.core import credentials
from kabinet.people import access
from kabinet.people import first_passwords as sealed
from kabinet.people.access_rows import AccessRow, BadRows, Judged, judged, tidied
from kabinet.people.letters import tell_opened
from kabinet.people.models import FirstPassword, NumberGiven, Organisation, Person, Post
from kabinet.people.passwords import normal

CHUNK = (
    200  # rows in one transaction: a form saved meanwhile waits 0.1 s instead of 10 (speed.md 3)
)
PAUSE = 0.02  # seconds in which others may write
OPENED_AS = {
    Post.Role.GRADUATE: "access.opened",
    Post.Role.RESPONSIBLE: "responsible.opened",
    Post.Role.DISTRICT_OFFICER: "officer.opened",
    Post.Role.SUPERVISOR: "supervisor.opened",
    Post.Role.PHD_OFFICE: "office.opened",
}


class PasswordChanged(Exception):
    """The password was set or replaced by somebody else since this person came in."""


@dataclass(frozen=True, slots=True)
class Opened:
    """``first_password`` is empty for a person who already has an own one; ``created`` is False
    for a row that was entered before."""

    person: Person
    first_password: str
    created: bool


def open_accesses(
    *,
    actor: Person,
    organisation: Organisation,
    role: str,
    rows: Sequence[AccessRow],
    expires_at: datetime,
) -> list[Opened]:
    """Accesses of one role at one organisation, in the order of the rows.

    Raises BadRows with all that is wrong before anything is written. Every 200 rows are one
    transaction; entering the same rows again is harmless, so a broken run is simply repeated.
    """
    access.check_can_open(actor, organisation, role)
    judged(rows, actor=actor, organisation=organisation, role=role)
    opened: list[Opened] = []
    for start in range(0, len(rows), CHUNK):
        if start:
            time.sleep(PAUSE)
        opening = _Opening(actor, organisation, role, expires_at)
        opened += opening.written(rows[start : start + CHUNK], start)
    return opened


def open_responsible(
    *, actor: Person, school: Organisation, row: AccessRow, expires_at: datetime
) -> Opened:
    """The responsible person of a school, opened by its district or the centre."""
    return open_accesses(
        actor=actor,
        organisation=school,
        role=Post.Role.RESPONSIBLE,
        rows=[row],
        expires_at=expires_at,
    )[0]


def first_passwords(*, actor: Person, people: Sequence[Person]) -> dict[uuid.UUID, str]:
    """The ten digits of those who still need them. Who shows or prints them records that."""
    managed = access.wholly_managed(actor, people)
    return sealed.revealed_usable([person for person in people if person.pk in managed])


@transaction.atomic
def replace_password(
    *, actor: Person, person: Person, reason: str = "", expires_at: datetime | None = None
) -> str:
    """A new first password in place of whatever there was; every session of the person ends.

    Without ``expires_at`` the new one lives as long as the old first password would have, and
    where there was none, 14 days.
    """
    access.check_can_replace_password(actor, person)
    return _replaced(actor, person, reason, expires_at)


@transaction.atomic
def open_administrator(*, centre: Organisation, row: AccessRow, expires_at: datetime) -> Opened:
    """An administrator, above whom there is nobody: only from the server itself."""
    tidy = tidied(row)
    person = _person(tidy, NumberGiven.objects.create())
    person.is_staff = person.is_superuser = True
    person.save(force_insert=True)
    Post.objects.create(person=person, organisation=centre, role=Post.Role.ADMINISTRATOR)
    first, digits = sealed.issued(person, by=None, expires_at=expires_at)
    first.save(force_insert=True)
    _record("administrator.opened", actor=journal.SYSTEM, person=person)
    return Opened(person, digits, created=True)


@transaction.atomic
def restore_administrator(*, person: Person) -> str:
    """The way back in for an administrator above whom there is nobody: only from the server itself."""
    return _replaced(journal.SYSTEM, person, "server", None)


def set_own_password(*, person: Person, raw: str) -> None:
    """Stores the person's own password and destroys the first one in the same transaction.

    Of several at once one succeeds; the others raise PasswordChanged. Raises ValidationError for a
    password that is too easy. Other sessions of the person end by themselves: their mark is
    derived from the password.
    """
    own = hashed(person=person, raw=raw)
    with transaction.atomic():
        same = Person.objects.filter(pk=person.pk, password=person.password)
        if not same.update(password=own):
            raise PasswordChanged
        FirstPassword.objects.filter(person=person).delete()
        _record("person.password_set", actor=person, person=person)
    person.password = own


def hashed(*, person: Person, raw: str) -> str:
    """An own password as it is stored. Raises ValidationError for one that is too easy for the person.

    Call it before a transaction begins: it takes 20 ms, for which nobody else should wait.
    """
    validate_password(normal(raw), person)
    return make_password(normal(raw))


@transaction.atomic
def end_post(*, actor: Person, post: Post, reason: str = "") -> None:
    """Ends somebody's post at once; their next request already lacks its rights.

    Who has no other post cannot sign in with a first password any more.
    """
    post = access.post_for(actor, post.pk)
    if post.since == timezone.localdate():
        Post.objects.filter(pk=post.pk).delete()  # a post of whole days: this one never was
    else:
        yesterday = timezone.localdate() - timedelta(days=1)
        Post.objects.filter(pk=post.pk).update(until=yesterday)
    if not post.person.posts.current().exists():
        FirstPassword.objects.filter(person=post.person_id).delete()
    journal.record(
        "post.ended",
        actor=actor,
        subject=post.person,
        chain=post.organisation_id,
        person=post.person,
        details={"role": post.role, "reason": reason},
    )


@transaction.atomic
def set_last_day(*, actor: Person, post: Post, until: date, reason: str = "") -> None:
    """The post ends after this day, which is today or later. Raises Refused."""
    post = access.post_for(actor, post.pk)
    if until < timezone.localdate():
        raise access.Refused(
            _("Этот день уже прошёл. Оставьте поле пустым, доступ закроется сразу")
        )
    Post.objects.filter(pk=post.pk).update(until=until)
    journal.record(
        "post.term_set",
        actor=actor,
        subject=post.person,
        chain=post.organisation_id,
        person=post.person,
        details={"role": post.role, "until": str(until), "reason": reason},
    )


def destroy_expired() -> int:
    """Destroys first passwords whose time is over; how many. For the daily clean-up."""
    destroyed = 0
    while rows := list(_expired()[:CHUNK]):
        with transaction.atomic():
            # Everybody locks the chains in the same order, so nobody waits in a circle (ruling 10).
            for row in sorted(rows, key=lambda row: str(journal_of(row.person))):
                _record("access.expired", actor=journal.SYSTEM, person=row.person)
            FirstPassword.objects.filter(pk__in=[row.pk for row in rows]).delete()
        destroyed += len(rows)
        time.sleep(PAUSE)
    return destroyed


def note_sign_in(*, person: Person, strange_computer: bool) -> None:
    """Tells the journal that the person came in."""
    _record(
        "person.signed_in",
        actor=person,
        person=person,
        details={"strange_computer": strange_computer},
    )


def set_language(*, person: Person, language: str) -> None:
    """The language of the person's pages, also at the next sign-in. Of no weight for the journal."""
    if person.language != language:
        Person.objects.filter(pk=person.pk).update(language=language)
        person.language = language


def journal_of(person: Person) -> object:
    """Whose journal tells of this person: the organisation of their first post of today, else of
    their last one, else the house's own."""
    posts = access.posts_of(person)
    if posts:
        return posts[0].organisation_id
    last = person.posts.order_by("-since", "-id").first()
    return last.organisation_id if last else journal.HOUSE


def _replaced(
    actor: Person | journal.Actor, person: Person, reason: str, expires_at: datetime | None
) -> str:
    person = Person.objects.select_for_update().get(pk=person.pk)
    old = FirstPassword.objects.filter(person=person).first()
    until = expires_at or (old.expires_at if old else timezone.now() + sealed.DEFAULT_LIFE)
    FirstPassword.objects.filter(person=person).delete()
    person.set_unusable_password()  # a new random mark, so every session of the person ends
    person.save(update_fields=["password"])
    by = actor if isinstance(actor, Person) else None
    row, digits = sealed.issued(person, by=by, expires_at=until)
    row.save(force_insert=True)
    _record("access.password_replaced", actor=actor, person=person, details={"reason": reason})
    return digits


def _expired() -> QuerySet[FirstPassword]:
    return FirstPassword.objects.filter(expires_at__lte=timezone.now()).select_related("person")


def _record(
    verb: str,
    *,
    actor: Person | journal.Actor,
    person: Person,
    details: dict[str, object] | None = None,
) -> None:
    journal.record(
        verb,
        actor=actor,
        subject=person,
        chain=journal_of(person),
        person=person,
        details=details,
    )


@dataclass(frozen=True, slots=True)
class _Opening:
    """One chunk of accesses on its way into the database."""

    actor: Person
    organisation: Organisation
    role: str
    expires_at: datetime

    def written(self, rows: Sequence[AccessRow], start: int) -> list[Opened]:
        """What became of the chunk; its first row is number ``start`` of the whole list."""
        try:
            return self._written_at_last(rows)
        except BadRows as bad:
            raise BadRows({start + place: found for place, found in bad.errors.items()}) from None

    def _written_at_last(self, rows: Sequence[AccessRow]) -> list[Opened]:
        try:
            return self._written(rows)
        except IntegrityError:
            # Somebody took one of the phones between the look and the write: look again.
            return self._written(rows)

    @transaction.atomic
    def _written(self, rows: Sequence[AccessRow]) -> list[Opened]:
        # One writer per place, so that a child without a phone is not entered twice either.
        Organisation.objects.select_for_update().get(pk=self.organisation.pk)
        found = judged(rows, actor=self.actor, organisation=self.organisation, role=self.role)
        people = self._new_people([one for one in found if one.known is None])
        returning = self._reopened([one for one in found if one.known])
        known = [one.known for one in found if one.known]
        elsewhere = access.standing_elsewhere(self.actor, known)
        digits = self._issued([*people.values(), *returning.values()], elsewhere)
        digits |= {
            person.pk: _still_usable(person)
            for person in known
            if person.pk not in digits and person.pk not in elsewhere
        }
        self._record([*people.values(), *returning.values()])
        fresh = {person.pk for person in (*people.values(), *returning.values())}
        return [self._opened(one, people, fresh, digits) for one in found]

    def _new_people(self, found: Iterable[Judged]) -> dict[tuple[str, str], Person]:
        """New persons by who they are; a row that stands twice in the list is one of them."""
        rows = {_identity(one.row): one.row for one in found}
        numbers = NumberGiven.objects.bulk_create(NumberGiven() for _ in rows)
        people = {
            identity: _person(row, number)
            for (identity, row), number in zip(rows.items(), numbers, strict=True)
        }
        Person.objects.bulk_create(people.values())
        self._add_posts((people[identity], row) for identity, row in rows.items())
        return people

    def _reopened(self, known: Iterable[Judged]) -> dict[uuid.UUID, Person]:
        """Those of the known who hold no post here today: it begins, or begins anew."""
        people = {one.known.pk: (one.known, one.row) for one in known if one.known}
        here = Post.objects.current().filter(organisation=self.organisation, role=self.role)
        holding = set(here.filter(person__in=people).values_list("person", flat=True))
        returning = {key: pair for key, pair in people.items() if key not in holding}
        self._add_posts(returning.values())
        return {key: pair[0] for key, pair in returning.items()}

    def _add_posts(self, pairs: Iterable[tuple[Person, AccessRow]]) -> None:
        posts = Post.objects.bulk_create(
            Post(
                person=person,
                organisation=self.organisation,
                role=self.role,
                since=row.since or timezone.localdate(),
                until=row.until,
            )
            for person, row in pairs
        )
        for post in posts if self.role in Post.OF_UNIVERSITY else ():
            tell_opened(post)

    def _issued(self, people: Iterable[Person], elsewhere: set[uuid.UUID]) -> dict[uuid.UUID, str]:
        """First passwords of those who need one, by person; who stands elsewhere too keeps theirs."""
        needing = [
            person
            for person in people
            if not person.has_own_password and person.pk not in elsewhere
        ]
        pairs = [
            sealed.issued(person, by=self.actor, expires_at=self.expires_at) for person in needing
        ]
        FirstPassword.objects.filter(person__in=needing).delete()
        FirstPassword.objects.bulk_create(row for row, _ in pairs)
        return {row.person_id: digits for row, digits in pairs}

    def _record(self, people: Iterable[Person]) -> None:
        about = [
            journal.About(
                person,
                person,
                {"phone": person.phone or "", "contact_phone": person.contact_phone}
                | ({"email": person.email} if person.email else {}),
            )
            for person in people
        ]
        journal.record_all(
            OPENED_AS[Post.Role(self.role)],
            actor=self.actor,
            chain=self.organisation,
            about=about,
        )

    def _opened(
        self,
        one: Judged,
        people: dict[tuple[str, str], Person],
        fresh: set[uuid.UUID],
        digits: dict[uuid.UUID, str],
    ) -> Opened:
        """The result of a row; a person who stands twice in the list is created once."""
        person = one.known or people[_identity(one.row)]
        created = person.pk in fresh
        fresh.discard(person.pk)
        return Opened(person, digits.get(person.pk, ""), created)


def _still_usable(person: Person) -> str:
    row = sealed.of(person)
    return sealed.revealed(row) if row and sealed.is_usable(row) else ""


def _identity(row: AccessRow) -> tuple[str, str]:
    return (row.logins[0], "") if row.logins else (row.name_key, row.contact_phone)


def _person(row: AccessRow, number: NumberGiven) -> Person:
    person = Person(
        number=credentials.applicant_number(number.pk),
        phone=row.phone,
        email=row.email or None,
        surname=row.surname,
        given_name=row.given_name,
        patronymic=row.patronymic,
        contact_phone=row.contact_phone,
    )
    person.set_unusable_password()
    person.fill_keys()
    return person
