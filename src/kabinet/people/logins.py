"""The one field of the door: phone, e-mail or applicant number, in any way of writing."""

from kabinet.core import credentials, phones
from kabinet.people.models import Person


def canonical(typed: str) -> str:
    """The login as stored: ``+996555204118``, ``aida@example.kg`` or ``48271936``.

    Raises a ``phones.PhoneError`` for what can be none of the three; that says nothing about who exists.
    """
    text = typed.strip()
    if "@" in text:
        return text.lower()
    number = credentials.tidy_applicant_number(text)
    return number if credentials.is_applicant_number(number) else phones.parse(text)


def find(login: str) -> Person | None:
    """The person of a canonical login with the first password, in one question to the database."""
    return Person.objects.select_related("first_password").filter(**{_column(login): login}).first()


def _column(login: str) -> str:
    if "@" in login:
        return "email"
    return "phone" if login.startswith("+") else "number"
