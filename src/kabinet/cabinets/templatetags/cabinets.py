"""What somebody types to sign in, as it is shown; and what is known of a person beside."""

from collections.abc import Mapping
from uuid import UUID

from django import template

from kabinet.core.credentials import show_applicant_number
from kabinet.people.models import Person
from kabinet.ui.templatetags.kabinet import phone

register = template.Library()


@register.filter
def login(person: Person) -> str:
    """«+996 555 204 118», else the e-mail, else «№ 4827 1936»."""
    if person.phone:
        return phone(person.phone)
    if person.email:
        return person.email
    return f"№\N{NO-BREAK SPACE}{show_applicant_number(person.number)}"


@register.filter
def of_person(numbers: Mapping[UUID, int] | None, person: Person) -> int:
    """How many stand beside the person; 0 where nothing is counted."""
    return numbers.get(person.pk, 0) if numbers else 0
