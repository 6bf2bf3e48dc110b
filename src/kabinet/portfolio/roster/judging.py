"""The rows of a list judged as a whole: every fault of every row at once, and what would change."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kabinet.core import names
from kabinet.people.models import Organisation
from kabinet.portfolio.models import RosterEntry, Speciality, StudyForm
from kabinet.portfolio.roster.columns import BY_KEY
from kabinet.portfolio.roster.reading import Row

LENGTHS = {"topic": 500, "supervisor_name": 250, "order_number": 60}
Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Problem:
    """Where and what: number of the row in the sheet, title of the column, a sentence."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Good:
    """A right row. ``change``: new, changed, same, or enrolled (then only an order changes it)."""

    row: int
    facts: Facts
    entry: RosterEntry | None
    change: str
    changed: Sequence[str] = ()


@dataclass(frozen=True)
class Verdict:
    problems: Sequence[Problem]
    good: Sequence[Good]
    bad_rows: int = 0

    def of(self, change: str) -> list[Good]:
        return [each for each in self.good if each.change == change]


def judge(rows: Sequence[Row], university: Organisation) -> Verdict:
    """Five statements, however many rows."""
    known = _Known.of(university)
    problems: list[Problem] = []
    good: list[Good] = []
    first: dict[str, int] = {}
    for row in rows:
        judged = _Judging(row, known)
        facts = judged.facts()
        email = str(facts.get("email", ""))
        if email and first.setdefault(email, row.number) != row.number:
            twice = _("Этот адрес уже стоит в строке %(row)d") % {"row": first[email]}
            judged.wrong("email", twice)
        problems += judged.problems
        if not judged.problems:
            good.append(_compared(row, facts, known.entries.get(email)))
    return Verdict(problems, good, len({problem.row for problem in problems}))


def _compared(row: Row, facts: Facts, entry: RosterEntry | None) -> Good:
    if entry is None:
        return Good(row.number, facts, None, "new")
    changed = [key for key, value in facts.items() if getattr(entry, key) != value]
    if not changed:
        return Good(row.number, facts, entry, "same")
    titles = [str(BY_KEY[key].title) for key in changed]
    change = "enrolled" if entry.enrolment_id else "changed"
    return Good(row.number, facts, entry, change, titles)


@dataclass(frozen=True)
class _Known:
    departments: Mapping[str, Organisation]
    specialities: Mapping[str, Speciality]
    study_forms: Mapping[str, StudyForm]
    entries: Mapping[str, RosterEntry]

    @classmethod
    def of(cls, university: Organisation) -> "_Known":
        places = Organisation.objects.departments_of(university)
        specialities = Speciality.objects.filter(university=university)
        forms = StudyForm.objects.filter(university=university)
        entries = RosterEntry.objects.filter(university=university).select_related(
            "department", "speciality", "study_form"
        )
        return cls(
            _by((each, (each.name, each.code)) for each in places),
            _by((each, (each.code, str(each), each.name_ru)) for each in specialities),
            _by((each, (each.code, *_all_names(each))) for each in forms),
            {each.email: each for each in entries},
        )


def _all_names(named: Any) -> tuple[str, ...]:
    return (named.name_ru, named.name_ky, named.name_en)


def _by(pairs: Iterable[tuple[Any, Iterable[str]]]) -> dict[str, Any]:
    """Everything a thing is called → the thing."""
    return {_key(word): thing for thing, words in pairs for word in words if word}


def _key(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .")


@dataclass
class _Judging:
    row: Row
    known: _Known
    problems: list[Problem] = field(default_factory=list)

    def facts(self) -> dict[str, Any]:
        """The fields of a roster entry; wrong ones are None and told in ``problems``."""
        return {
            "surname": self._name("surname"),
            "given_name": self._name("given_name"),
            "patronymic": self._name("patronymic"),
            "email": self._email("email"),
            "department": self._one_of("department", self.known.departments),
            "speciality": self._one_of("speciality", self.known.specialities),
            "study_form": self._one_of("study_form", self.known.study_forms),
            "year_of_study": self._year(),
            "topic": self._text("topic"),
            "supervisor_name": self._text("supervisor_name"),
            "supervisor_email": self._email("supervisor_email"),
            "order_number": self._text("order_number"),
            "order_date": self._date("order_date"),
            "since": self._date("since"),
        }

    def wrong(self, key: str, sentence: str) -> None:
        self.problems.append(Problem(self.row.number, str(BY_KEY[key].title), sentence))

    def _typed(self, key: str) -> str:
        """The text of the cell; a missing one that must be there is told."""
        text = self.row.cells.get(key, "").strip()
        if not text and BY_KEY[key].required:
            self.wrong(key, _("Пусто. Заполните"))
        return text

    def _name(self, key: str) -> str:
        text = self._typed(key)
        tidied = names.tidy(text) if text else ""
        if tidied and not names.is_name(tidied):
            self.wrong(
                key,
                _("В имени бывают только буквы, дефис и апостроф: «%(text)s»")
                % {"text": text[:40]},
            )
        elif len(tidied) > 80:
            self.wrong(key, _("Слишком длинно: помещается %(most)d знаков") % {"most": 80})
        return tidied

    def _email(self, key: str) -> str:
        text = self._typed(key).lower()
        if text:
            try:
                validate_email(text)
            except ValidationError:
                self.wrong(key, _("Это не адрес эл. почты: «%(text)s»") % {"text": text[:60]})
        return text

    def _text(self, key: str) -> str:
        text, most = self._typed(key), LENGTHS[key]
        if len(text) > most:
            self.wrong(key, _("Слишком длинно: помещается %(most)d знаков") % {"most": most})
        return text

    def _one_of(self, key: str, known: Mapping[str, Any]) -> Any:
        text = self._typed(key)
        found = known.get(_key(text)) if text else None
        if text and found is None:
            self.wrong(
                key,
                _("«%(text)s» нет в списках отдела. Исправьте или сначала добавьте туда")
                % {"text": text[:80]},
            )
        if found is not None and found.is_closed and not self._has_already(key, found):
            self.wrong(
                key,
                _("«%(text)s» закрыто в списках отдела. Исправьте или откройте там снова")
                % {"text": text[:80]},
            )
        return found

    def _has_already(self, key: str, found: Any) -> bool:
        """A person listed there before it was closed stays there."""
        entry = self.known.entries.get(self.row.cells.get("email", "").strip().lower())
        return entry is not None and bool(getattr(entry, key) == found)

    def _year(self) -> int | None:
        text = self._typed("year_of_study")
        if not text:
            return None
        if text.isdecimal() and 1 <= int(text) <= 8:
            return int(text)
        self.wrong("year_of_study", _("Курс пишется числом от 1 до 8"))
        return None

    def _date(self, key: str) -> date | None:
        text = self._typed(key)
        if not text:
            return None
        for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"):
            try:
                found = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no moment
            except ValueError:
                continue
            if 1990 <= found.year <= 2100:
                return found
        self.wrong(key, _("Дата пишется так: 01.09.2026"))
        return None
