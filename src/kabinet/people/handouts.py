"""What is handed over to each person so that they can get in; the content of sheet and slips."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kabinet.core import credentials, phones
from kabinet.people import access
from kabinet.people import first_passwords as sealed
from kabinet.people.models import Person


@dataclass(frozen=True, slots=True)
class Handout:
    """``first_password`` in groups, and ``address`` with the token of the QR, only while unused;
    ``state`` says in words why there is none."""

    full_name: str
    phone: str
    number: str
    first_password: str
    address: str
    state: str
    email: str = ""

    @property
    def login(self) -> str:
        """What to type at the door: the phone, else the e-mail, else the number."""
        return self.phone or self.email or self.number


def handouts(*, actor: Person, people: Sequence[Person]) -> list[Handout]:
    """In the order of ``people``; Http404 when one of them is not the actor's.

    Who downloads or prints them records that.
    """
    managed = access.wholly_managed(actor, people)
    known = Person.objects.select_related("first_password").in_bulk([one.pk for one in people])
    return [_handout(known[one.pk], open_to_actor=one.pk in managed) for one in people]


def _handout(person: Person, *, open_to_actor: bool) -> Handout:
    row = sealed.of(person)
    shown = row if row and open_to_actor and sealed.is_usable(row) else None
    return Handout(
        full_name=person.full_name,
        phone=phones.show(person.phone) if person.phone else "",
        number=credentials.show_applicant_number(person.number),
        first_password=credentials.show_first_password(sealed.revealed(shown)) if shown else "",
        address=sealed.sign_in_address(shown, person.number) if shown else "",
        state="" if shown else _state(person, open_to_actor),
        email=person.email or "",
    )


def _state(person: Person, open_to_actor: bool) -> str:
    if person.has_own_password:
        return _("сменил(а) сам(а)")
    return _("истёк") if open_to_actor else _("выдаёт центр тестирования")
