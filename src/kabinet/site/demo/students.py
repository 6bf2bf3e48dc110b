"""A made-up PhD student at work, with the supervisor and the office who answer."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kabinet.people.models import Person
from kabinet.portfolio import actions, orders, stories
from kabinet.portfolio.actions import Place, Upload
from kabinet.portfolio.models import AcademicYear, Enrolment, Report, Requirement
from kabinet.portfolio.scans import actions as scans
from kabinet.portfolio.slots import requirements_in
from kabinet.portfolio.standing import Standing, standing_of, with_facts
from kabinet.site.demo import reports
from kabinet.site.demo.reports import Page

State = Report.State
NAMES = {
    "plan": "План",
    "research": "НИ",
    "practice": "Практика",
    "teaching": "Практика_пед",
    "exam": "Протокол",
}
"""How people name their files, by the type of document."""


@dataclass(frozen=True)
class Desk:
    """Who answers the students. ``years``: the academic year that runs, and those before it."""

    office: Person
    supervisors: Sequence[Person]
    draw: random.Random
    years: Sequence[AcademicYear]


class Student:
    """Every method is one thing that somebody does, by the product's own action."""

    def __init__(self, desk: Desk, person: Person) -> None:
        self.desk = desk
        self.enrolment: Enrolment = with_facts(Enrolment.objects.filter(person=person)).get()
        self.person = self.enrolment.person

    @property
    def standing(self) -> Standing:
        return standing_of(self.enrolment)

    @property
    def supervisor(self) -> Person:
        """Of today, where it is somebody with a cabinet."""
        person = self.standing.supervisor
        assert person  # noqa: S101
        return person

    def hands_in(self, code: str, term: str = "", *, years_ago: int = 0) -> Report:
        """Into its slot."""
        year = self.desk.years[years_ago]
        wanted = next(
            each
            for each in requirements_in(self.enrolment, year)
            if (each.document_type.code, each.term_ru) == (code, term)
        )
        upload = self._file(wanted, year)
        place = Place(academic_year=year, requirement=wanted)
        return actions.hand_in(
            actor=self.person, enrolment=self.enrolment, place=place, upload=upload
        )

    def sends(self, code: str, title: str, name: str) -> Report:
        """By the free upload: nobody has said yet what it is."""
        page = self._page(code, title, self.desk.years[0])
        return actions.hand_in(
            actor=self.person,
            enrolment=self.enrolment,
            place=Place(),
            upload=Upload(reports.pdf(page), name),
        )

    def mends(self, report: Report, note: str) -> Report:
        upload = self._file(*self._slot_of(report), note)
        return actions.replace_file(actor=self.person, report=report, upload=upload)

    def returned(self, report: Report, remark: str) -> Report:
        return actions.return_(actor=self.supervisor, report=report, remark=remark)

    def approved(self, report: Report) -> Report:
        """Passed on to the office."""
        return actions.accept(actor=self.supervisor, report=report)

    def accepted(self, report: Report) -> Report:
        if report.state == State.WITH_SUPERVISOR:
            report = self.approved(report)
        return actions.accept(actor=self.desk.office, report=report)

    def finishes_year(self, years_ago: int) -> None:
        """Everything that was due then is accepted."""
        for each in requirements_in(self.enrolment, self.desk.years[years_ago]):
            code, term = each.document_type.code, each.term_ru
            self.accepted(self.hands_in(code, term, years_ago=years_ago))

    def photographs(self, pages: int) -> None:
        """Pages of a report that are not made one PDF yet."""
        year = self.desk.years[0]
        place = Place(academic_year=year)
        scan = scans.start(actor=self.person, enrolment=self.enrolment, place=place)
        for number in range(1, pages + 1):
            page = self._page("practice", f"Отчёт о практике, лист {number}", year)
            picture = reports.photo(page, self.desk.draw)
            upload = Upload(picture, f"IMG_{number:04}.jpg")
            scans.add_photo(actor=self.person, scan=scan, upload=upload)

    def tells(self, key: str, upload: Upload | None = None, **facts: object) -> None:
        facts.setdefault("happened_on", None)
        stories.add(
            actor=self.person, enrolment=self.enrolment, key=key, facts=facts, upload=upload
        )

    def gets(self, kind: str, since: date, number: str, **more: object) -> None:
        """An order of the office."""
        order = orders.Order(
            kind=kind,
            since=since,
            order_number=number,
            order_date=since,
            **more,  # type: ignore[arg-type]
        )
        orders.give(actor=self.desk.office, enrolment=self.enrolment, order=order)
        self.enrolment = with_facts(Enrolment.objects.filter(pk=self.enrolment.pk)).get()

    def _slot_of(self, report: Report) -> tuple[Requirement, AcademicYear]:
        assert report.requirement  # noqa: S101 the stories mend only what lies in a slot
        assert report.academic_year  # noqa: S101
        return report.requirement, report.academic_year

    def _file(self, wanted: Requirement, year: AcademicYear, note: str = "") -> Upload:
        page = self._page(wanted.document_type.code, wanted.title, year, note)
        words = (NAMES[wanted.document_type.code], wanted.term_ru, year.name.replace("/", "-"))
        return Upload(reports.pdf(page), f"{'_'.join(filter(None, words))}.pdf")

    def _page(self, code: str, title: str, year: AcademicYear, note: str = "") -> Page:
        return Page(
            code=code,
            title=title,
            year=year.name,
            student=self.person.full_name,
            topic=self.standing.topic,
            supervisor=self._supervisor_name(),
            note=note,
        )

    def _supervisor_name(self) -> str:
        person = self.standing.supervisor
        return person.full_name if person else self.standing.supervisor_name
