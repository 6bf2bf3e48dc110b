"""A university of the demo with its postgraduate office, supervisors and the roster of its students."""

import random
from collections.abc import Callable, Sequence
from datetime import date

from django.utils import timezone

from kabinet.people.access_rows import AccessRow
from kabinet.people.actions import open_accesses, set_own_password
from kabinet.people.first_passwords import DEFAULT_LIFE
from kabinet.people.models import Organisation, Person, Post
from kabinet.portfolio import registering
from kabinet.portfolio.models import AcademicYear, Registration, RosterEntry
from kabinet.portfolio.office_lists import actions as lists
from kabinet.portfolio.office_lists import kinds
from kabinet.portfolio.presets import catalogue
from kabinet.portfolio.roster.actions import take
from kabinet.portfolio.roster.reading import Row
from kabinet.site.demo.sign_ins import PASSWORD, SignIn
from kabinet.site.demo.student_cast import CAST, STRANGER, UNREGISTERED, WAITING, Cast
from kabinet.site.demo.students import Desk, Student

CODE = "demo-university"
DEPARTMENTS = {
    "as": "Автоматизированные системы",
    "geo": "Геология и природные риски",
}
SPECIALITIES = (
    {
        "code": "1.6.7",
        "name_ru": "Инженерная геология и мерзлотоведение",
        "name_ky": "Инженердик геология жана тоң таануу",
        "name_en": "Engineering geology and permafrost science",
    },
    {
        "code": "2.3.1",
        "name_ru": "Системный анализ и обработка информации",
        "name_ky": "Системалык анализ жана маалыматты иштетүү",
        "name_en": "Systems analysis and information processing",
    },
)
SPECIALITY_OF = {"as": "2.3.1", "geo": "1.6.7"}
SUPERVISORS = {
    "orlova": ("as", "Орлова", "Наталья", "Викторовна"),
    "saidov": ("geo", "Саидов", "Тимур", "Азизович"),
    "turdubaev": ("as", "Турдубаев", "Кубанычбек", "Маматович"),
}
NAMED_ONLY = ("turdubaev",)
"""Stands in the orders, and has no access yet."""
YEARS_BACK = 2
YEARS = YEARS_BACK + 2
"""Academic years: two that are over, the one that runs, and the next."""


def build(say: Callable[[str], None], draw: random.Random, administrator: Person) -> list[SignIn]:
    """Made inside the transaction of the country."""
    return Builder(say, draw, administrator).university()


def freshen() -> None:
    """A demo built in another academic year knows the one that runs now."""
    for university in Organisation.objects.filter(code=CODE):
        catalogue.install(university=university, years_from=_begins().year, years=2)


class Builder:
    def __init__(
        self, say: Callable[[str], None], draw: random.Random, administrator: Person
    ) -> None:
        self.say, self.draw, self.administrator = say, draw, administrator
        self.sign_ins: list[SignIn] = []

    def university(self) -> list[SignIn]:
        self.made = Organisation.objects.create(
            kind="university",
            code=CODE,
            name="Приозёрный технический университет",
            town="г. Каракол",
        )
        self.say(f"{self.made}: {len(CAST)}")
        names = ("Кузнецова", "Мария", "Львовна")
        self.office = self._opened(
            self.administrator, self.made, Post.Role.PHD_OFFICE, "kuznetsova", names
        )
        self._signs_in(self.office, "отдел аспирантуры")
        self._catalogue()
        self.supervisors = {
            key: self._supervisor(key) for key in SUPERVISORS if key not in NAMED_ONLY
        }
        self._roster()
        self._registrations()
        return self.sign_ins

    def _catalogue(self) -> None:
        years = {"years_from": _begins().year - YEARS_BACK, "years": YEARS}
        catalogue.install(university=self.made, actor=self.office, **years)
        for row in SPECIALITIES:
            self._lists(kinds.Specialities(), row)
        for name in DEPARTMENTS.values():
            self._lists(kinds.Departments(), {"name": name})

    def _lists(self, kept: kinds.OfficeList, facts: dict[str, str]) -> None:
        lists.add(actor=self.office, kept=kept, university=self.made, facts=facts)

    def _supervisor(self, key: str) -> Person:
        code, *names = SUPERVISORS[key]
        department = Organisation.objects.get(parent=self.made, name=DEPARTMENTS[code])
        person = self._opened(self.office, department, Post.Role.SUPERVISOR, key, names)
        self._signs_in(person, f"научный руководитель, {DEPARTMENTS[code]}")
        return person

    def _roster(self) -> None:
        """One list for all, as the office would load it from a sheet."""
        listed = (*CAST, UNREGISTERED, WAITING)
        rows = [Row(place, self._line(each, place)) for place, each in enumerate(listed, 2)]
        verdict = take(actor=self.office, university=self.made, rows=rows, only_good=False)
        if verdict.problems:
            raise ValueError(verdict.problems)

    def _line(self, cast: Cast, place: int) -> dict[str, str]:
        code, *names = SUPERVISORS[cast.supervisor]
        supervisor = self.supervisors.get(cast.supervisor)
        since = date(_begins().year - cast.years_here + 1, 9, 1)
        return {
            "surname": cast.surname,
            "given_name": cast.given_name,
            "patronymic": cast.patronymic,
            "email": cast.listed_as or cast.email,
            "department": DEPARTMENTS[code],
            "speciality": SPECIALITY_OF[code],
            "study_form": cast.study_form,
            "year_of_study": str(cast.course - cast.years_here + 1),
            "topic": cast.topic,
            "supervisor_name": " ".join(names),
            "supervisor_email": (supervisor and supervisor.email) or "",
            "order_number": f"{30 + place}-а",
            "order_date": since.replace(month=8, day=25).isoformat(),
            "since": since.isoformat(),
        }

    def _registrations(self) -> None:
        desk = Desk(self.office, list(self.supervisors.values()), self.draw, self._years())
        for cast in CAST:
            person = self._registered(cast)
            if cast.listed_as:
                self._approved(person, cast)
            cast.story(Student(desk, person))
        self._registered(WAITING)
        self._refused(self._registered(STRANGER))

    def _registered(self, cast: Cast) -> Person:
        self.sign_ins.append(SignIn(f"аспирант: {cast.told}", cast.email, language=cast.language))
        return registering.register(
            email=cast.email,
            surname=cast.surname,
            given_name=cast.given_name,
            university=self.made,
            raw=PASSWORD,
            language=cast.language,
        )

    def _approved(self, person: Person, cast: Cast) -> None:
        """Registered under another address than the one of the list: the office says it is them."""
        registering.approve(
            actor=self.office,
            registration=Registration.objects.get(person=person),
            entry=RosterEntry.objects.get(university=self.made, email=cast.listed_as),
        )

    def _refused(self, person: Person) -> None:
        registering.refuse(
            actor=self.office,
            registration=Registration.objects.get(person=person),
            reason="Вас нет в приказах о зачислении",
        )

    def _years(self) -> list[AcademicYear]:
        """The one that runs, and those before it."""
        begun = AcademicYear.objects.filter(university=self.made, starts__lte=_begins())
        return list(begun.order_by("-starts"))

    def _opened(
        self, actor: Person, place: Organisation, role: str, login: str, names: Sequence[str]
    ) -> Person:
        surname, given_name, patronymic = names
        row = AccessRow(
            phone=None,
            surname=surname,
            given_name=given_name,
            patronymic=patronymic,
            email=f"{login}@example.org",
            since=date(_begins().year - YEARS_BACK, 9, 1),
        )
        (opened,) = open_accesses(
            actor=actor,
            organisation=place,
            role=role,
            rows=[row],
            expires_at=timezone.now() + DEFAULT_LIFE,
        )
        return opened.person

    def _signs_in(self, person: Person, role: str) -> None:
        set_own_password(person=person, raw=PASSWORD)
        self.sign_ins.append(SignIn(role, person.email or ""))


def _begins() -> date:
    """The first day of the academic year that runs."""
    today = timezone.localdate()
    return date(today.year if today.month >= 9 else today.year - 1, 9, 1)
