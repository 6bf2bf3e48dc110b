"""The journal as an administrator reads it: newest first, a page at a time by key."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kabinet.audit import verbs
from kabinet.audit.journal import HOUSE
from kabinet.audit.models import Event
from kabinet.cabinets.queries.named import IdText
from kabinet.cabinets.searching import matching
from kabinet.people.access import within
from kabinet.people.models import Organisation, Person, Post

SIZE = 50
_MOST_FOUND = 50  # organisations or people that one word of the search may stand for


@dataclass(frozen=True)
class Search:
    """``place`` and ``who`` are words to look for; ``before`` is the key of the last event shown."""

    place: str = ""
    who: str = ""
    verb: str = ""
    before: int | None = None

    @classmethod
    def asked(cls, query: QueryDict) -> "Search":
        before = query.get("before", "")
        verb = query.get("verb", "")
        return cls(
            place=query.get("place", "").strip(),
            who=query.get("who", "").strip(),
            verb=verb if verb in verbs.known() else "",
            before=int(before)
            if before.isascii() and before.isdigit() and len(before) < 19
            else None,
        )

    @property
    def is_empty(self) -> bool:
        return not (self.place or self.who or self.verb)

    @property
    def verbs(self) -> list[tuple[str, str]]:
        """What can be chosen: verb and phrase, by phrase."""
        return sorted(
            ((verb, verbs.phrase(verb)) for verb in verbs.known()), key=lambda one: one[1]
        )


@dataclass(frozen=True)
class Entry:
    event: Event
    place: str

    @property
    def phrase(self) -> str:
        return verbs.phrase(self.event.verb)

    @property
    def values(self) -> list[tuple[str, str]]:
        """What exactly, as ``name: value``; nothing once the details were erased."""
        details = getattr(self.event, "details", None)
        return list(_lines(details.values)) if details else []


@dataclass(frozen=True)
class JournalPage:
    """``before``: the key that continues the list, None at its end."""

    entries: list[Entry]
    before: int | None


def read(user: Person, search: Search) -> JournalPage:
    """Events of the organisations in the user's reach that match the search."""
    events = Event.objects.filter(_reach(user), _wanted(user, search)).select_related("details")
    if search.before:
        events = events.filter(pk__lt=search.before)
    found = list(events.order_by("-pk")[: SIZE + 1])
    shown = found[:SIZE]
    places = _names(event.chain for event in shown)
    return JournalPage(
        entries=[Entry(event, places.get(event.chain, "")) for event in shown],
        before=shown[-1].pk if len(found) > SIZE else None,
    )


def _reach(user: Person) -> Q:
    return Q(chain__in=_chains(Organisation.objects.filter(within(user)))) | Q(chain=HOUSE)


def _wanted(user: Person, search: Search) -> Q:
    wanted = Q(verb=search.verb) if search.verb else Q()
    if search.place:
        places = Organisation.objects.filter(within(user), matching(search.place))
        wanted &= Q(chain__in=list(_chains(places)[:_MOST_FOUND]))
    if search.who:
        people = Person.objects.filter(matching(search.who)).values_list("pk", flat=True)
        keys = [str(key) for key in people[:_MOST_FOUND]]
        wanted &= Q(person_id__in=keys) | Q(actor_id__in=keys)
    return wanted


def _chains(places: QuerySet[Organisation]) -> QuerySet[Organisation, str]:
    return places.order_by().annotate(chain=IdText("pk")).values_list("chain", flat=True)


def _names(chains: Iterable[str]) -> dict[str, str]:
    ids = {chain for chain in chains if chain != HOUSE}
    return {str(one.pk): str(one) for one in Organisation.objects.filter(pk__in=ids)}


_NAMES = {
    "reason": _("причина"),
    "role": _("кем"),
    "place": _("где"),
    "phone": _("телефон"),
    "contact_phone": _("телефон для связи"),
    "strange_computer": _("чужой компьютер"),
    "people": _("людей"),
    "first_passwords": _("первых паролей"),
    "slips": _("памяток"),
    "page": _("страница"),
    "changes": _("поле"),
    "version": _("версия"),
    "answers": _("отпечаток ответов"),
    "number": _("номер"),
    "amount": _("сумма, тыйын"),
    "state": _("статус"),
    "old": _("было"),
    "new": _("стало"),
    "lines": _("предметы"),
}
_VALUES: dict[str | bool, Any] = {
    "lost": _("пароль потерян или забыт"),
    "asked": _("человек попросил сам"),
    "server": _("с сервера"),
    **dict(Post.Role.choices),
    True: _("да"),
    False: _("нет"),
}


def _lines(values: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Nested values as flat lines; ``old → new`` where a pair stands for a change."""
    name = ", ".join(str(_NAMES.get(part, part)) for part in path)
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from _lines(value, (*path, str(key)))
    elif isinstance(values, list) and len(values) == 2:
        yield name, f"{_shown(values[0])} → {_shown(values[1])}"
    elif isinstance(values, list):
        yield name, ", ".join(_shown(value) for value in values) or "—"
    else:
        yield name, _shown(values)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(_shown(part) for part in value) or "—"
    if value in (None, ""):
        return "—"
    return str(_VALUES.get(value, value) if isinstance(value, bool | str) else value)
