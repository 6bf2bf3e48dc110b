"""``kabinet createadmin``: the first administrator, and the way back in for a locked-out one."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from kabinet.core import credentials, phones
from kabinet.people import actions, first_passwords, logins
from kabinet.people.access_rows import AccessRow, BadRows
from kabinet.people.models import Organisation, Person


class Command(BaseCommand):
    help = "Open an administrator's access, or give one who is locked out a new first password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("phone", help="the login, for example +996555000001")
        parser.add_argument("--surname", default="")
        parser.add_argument("--name", default="")
        parser.add_argument("--patronymic", default="")
        parser.add_argument("--centre", default="", help="its name, where there is none yet")

    def handle(self, *args: Any, **given: Any) -> None:
        known = _known(given["phone"])
        if known:
            digits, number = actions.restore_administrator(person=known), known.number
        else:
            opened = _opened(given)
            digits, number = opened.first_password, opened.person.number
        self.stdout.write(
            f"Number: {credentials.show_applicant_number(number)}\n"
            f"First password, shown only now: {credentials.show_first_password(digits)}"
        )


def _known(phone: str) -> Person | None:
    try:
        person = logins.find(phones.parse(phone))
    except phones.PhoneError as error:
        raise CommandError(f"{phone} is no phone number: {error}") from error
    if person and not person.is_superuser:
        raise CommandError(f"{phone} belongs to somebody who is no administrator.")
    return person


def _opened(given: dict[str, Any]) -> actions.Opened:
    row = AccessRow(given["phone"], given["surname"], given["name"], given["patronymic"])
    expires_at = timezone.now() + first_passwords.DEFAULT_LIFE
    try:
        return actions.open_administrator(
            centre=_centre(given["centre"]), row=row, expires_at=expires_at
        )
    except BadRows as bad:
        raise CommandError("; ".join(bad.errors[0].values())) from bad


def _centre(name: str) -> Organisation:
    centre = Organisation.objects.filter(kind=Organisation.Kind.CENTRE).first()
    if centre:
        return centre
    if not name:
        raise CommandError("There is no centre yet: give its name with --centre.")
    return Organisation.objects.create(kind=Organisation.Kind.CENTRE, code="1", name=name)
