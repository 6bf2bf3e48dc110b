"""The rows a school types or pastes to open accesses, judged as a whole before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kabinet.core import names, phones
from kabinet.people.access import acting_posts_of, within
from kabinet.people.models import Organisation, Person, Post
from kabinet.ui.sentences import say

_LONGEST_NAME = 80
_TAKEN = {
    "phone": gettext_lazy("Этот номер уже занят. Проверьте номер или спросите другой"),
    "email": gettext_lazy("Этот адрес уже занят. Проверьте адрес или спросите другой"),
}
_TAKEN_PHONE: Mapping[str, Promise] = {  # who can find out more, seen from the post of whoever asks
    Post.Role.RESPONSIBLE: gettext_lazy(
        "Этот номер уже занят. Проверьте номер или обратитесь в районный центр"
    ),
    Post.Role.DISTRICT_OFFICER: gettext_lazy(
        "Этот номер уже занят. Проверьте номер или обратитесь в центр тестирования"
    ),
}
_TAKEN_BY = {
    "phone": gettext_lazy("Этот номер уже есть: %(who)s, %(role)s, %(where)s. Проверьте номер"),
    "email": gettext_lazy("Этот адрес уже есть: %(who)s, %(role)s, %(where)s. Проверьте адрес"),
}
_NEEDED = {"surname": gettext_lazy("Напишите фамилию"), "given_name": gettext_lazy("Напишите имя")}
_LOGINS_AT_ONCE = 500  # SQLite takes a bounded number of values in one question


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One person as typed. Without a phone or e-mail they sign in with the applicant number.

    ``since``, ``until``: first and last day of the post; without them it begins today and has no end.
    """

    phone: str | None
    surname: str
    given_name: str
    patronymic: str = ""
    contact_phone: str = ""
    email: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def full_name(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_name, self.patronymic)))

    @property
    def name_key(self) -> str:
        return names.search_key(self.surname, self.given_name, self.patronymic)

    @property
    def logins(self) -> tuple[str, ...]:
        """What the person will sign in by, beside the number everybody has."""
        return tuple(filter(None, (self.phone, self.email)))


class BadRows(Exception):
    """Nothing was written. ``errors``: row (from 0) → field of the row → sentence."""

    def __init__(self, errors: Mapping[int, Mapping[str, str]]) -> None:
        super().__init__(f"{len(errors)} bad rows")
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Judged:
    """A row in its stored form, and the person who already is who the row means."""

    row: AccessRow
    known: Person | None


def judged(
    rows: Sequence[AccessRow], *, actor: Person, organisation: Organisation, role: str
) -> list[Judged]:
    """Every row tidied and matched with the people there are; BadRows names all that are wrong."""
    errors: dict[int, dict[str, str]] = {}
    tidy = [_tidied(row, errors.setdefault(place, {})) for place, row in enumerate(rows)]
    _refuse_twice_in_list(tidy, errors)
    holders = _holders(tidy)
    unnamed = any(not row.logins for row in tidy)
    phoneless = _phoneless(organisation, role) if unnamed else {}
    result = []
    for place, row in enumerate(tidy):
        known = {login: holders[login] for login in row.logins if login in holders}
        for login, holder in known.items():
            if not _is_same(holder, row, organisation, role):
                field = "phone" if login == row.phone else "email"
                errors[place].setdefault(field, _taken(holder, actor, field))
        if len({holder.pk for holder in known.values()}) > 1:
            sentence = _("Телефон и адрес у разных людей. Оставьте то, что верно")
            errors[place].setdefault("email", sentence)
        found = next(iter(known.values()), None)
        result.append(Judged(row, found if row.logins else phoneless.get(_phoneless_key(row))))
    bad = {place: fields for place, fields in errors.items() if fields}
    if bad:
        raise BadRows(bad)
    return result


def tidied(row: AccessRow) -> AccessRow:
    """One row in its stored form; BadRows where a field is wrong."""
    errors: dict[str, str] = {}
    tidy = _tidied(row, errors)
    if errors:
        raise BadRows({0: errors})
    return tidy


def _tidied(row: AccessRow, errors: dict[str, str]) -> AccessRow:
    _check_term(row, errors)
    return replace(
        row,
        phone=_phone(row.phone or "", "phone", errors) or None,
        surname=_name(row.surname, "surname", errors),
        given_name=_name(row.given_name, "given_name", errors),
        patronymic=_name(row.patronymic, "patronymic", errors),
        contact_phone=_phone(row.contact_phone, "contact_phone", errors),
        email=_email(row.email, errors),
    )


def _check_term(row: AccessRow, errors: dict[str, str]) -> None:
    today = timezone.localdate()
    if row.since and row.since > today:
        errors["since"] = _("Доступ открывают с сегодняшнего или с прошедшего дня")
    if row.until and row.until < max(today, row.since or today):
        errors["until"] = _("Последний день уже прошёл. Проверьте дату или оставьте поле пустым")


def _email(text: str, errors: dict[str, str]) -> str:
    address = text.strip().lower()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            errors["email"] = _("Напишите адрес целиком, например orlova@example.org")
    return address


def _phone(text: str, field: str, errors: dict[str, str]) -> str:
    if not text.strip():
        return ""
    try:
        return phones.parse(text)
    except phones.PhoneError as error:
        errors[field] = say(error.message_key, error.params)
        return ""


def _name(text: str, field: str, errors: dict[str, str]) -> str:
    name = names.tidy(text)
    if not name and field in _NEEDED:
        errors[field] = str(_NEEDED[field])
    elif name and not names.is_name(name):
        errors[field] = _("В имени бывают только буквы, дефис и апостроф")
    elif len(name) > _LONGEST_NAME:
        errors[field] = _("Слишком длинно: помещается %(most)d знаков") % {"most": _LONGEST_NAME}
    return name


def _refuse_twice_in_list(rows: Sequence[AccessRow], errors: dict[int, dict[str, str]]) -> None:
    """The same person twice is one person; one phone for two persons is an error."""
    first: dict[str, int] = {}
    for place, row in enumerate(rows):
        earlier = first.setdefault(row.phone, place) if row.phone else place
        if rows[earlier].name_key != row.name_key:
            errors[place].setdefault(
                "phone", _("Этот номер уже стоит в строке %(row)d") % {"row": earlier + 1}
            )


def _holders(rows: Sequence[AccessRow]) -> dict[str, Person]:
    """Who has these phones and addresses as their login, with their first passwords."""
    phones_wanted = dict.fromkeys(row.phone for row in rows if row.phone)
    emails_wanted = dict.fromkeys(row.email for row in rows if row.email)
    return _by_login("phone", list(phones_wanted)) | _by_login("email", list(emails_wanted))


def _by_login(column: str, wanted: Sequence[str]) -> dict[str, Person]:
    found: dict[str, Person] = {}
    for start in range(0, len(wanted), _LOGINS_AT_ONCE):
        people = Person.objects.select_related("first_password").prefetch_related(
            "posts__organisation"
        )
        some = wanted[start : start + _LOGINS_AT_ONCE]
        found |= {getattr(one, column): one for one in people.filter(**{f"{column}__in": some})}
    return found


def _phoneless(organisation: Organisation, role: str) -> dict[tuple[str, str], Person]:
    """People of this place without a login phone, by name and contact phone."""
    people: QuerySet[Person] = Person.objects.filter(
        Q(posts__organisation=organisation, posts__role=role), phone__isnull=True
    ).select_related("first_password")
    return {
        (names.search_key(one.surname, one.given_name, one.patronymic), one.contact_phone): one
        for one in people
    }


def _phoneless_key(row: AccessRow) -> tuple[str, str]:
    return row.name_key, row.contact_phone


def _is_same(holder: Person, row: AccessRow, organisation: Organisation, role: str) -> bool:
    """The same name, and known at this place in this role, now or before: entered again.

    Who works at a university already, or studied there, gets another post in it.
    """
    if names.search_key(holder.surname, holder.given_name, holder.patronymic) != row.name_key:
        return False
    posts = holder.posts.all()
    if role in Post.OF_UNIVERSITY:
        root = organisation.path.split(".", 1)[0]
        return any(post.organisation.path.startswith(f"{root}.") for post in posts)
    return (organisation.pk, role) in {(post.organisation_id, post.role) for post in posts}


def _taken(holder: Person, actor: Person, field: str) -> str:
    """Inside the own scope by whom and where; outside nobody learns anything (ruling 8)."""
    post = (
        Post.objects.current()
        .filter(within(actor, "organisation"), person=holder)
        .select_related("organisation")
        .first()
    )
    if post is None:
        roles = {one.role for one in acting_posts_of(actor)} if field == "phone" else set()
        asked = (sentence for role, sentence in _TAKEN_PHONE.items() if role in roles)
        return str(next(asked, _TAKEN[field]))
    return str(_TAKEN_BY[field]) % {
        "who": holder.short_name,
        "role": _within_a_sentence(post.get_role_display()),
        "where": post.organisation,
    }


def _within_a_sentence(words: str) -> str:
    """«Ответственный по ОРТ» → «ответственный по ОРТ»."""
    return words[:1].lower() + words[1:]
