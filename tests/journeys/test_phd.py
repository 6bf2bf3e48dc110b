"""The manual of the PhD cabinet, from registration to an accepted report, in a real browser."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from playwright.sync_api import expect

from kabinet.audit import journal
from kabinet.people.actions import set_own_password
from kabinet.people.models import Organisation, Person
from kabinet.portfolio.models import (
    AcademicYear,
    DocumentType,
    Report,
    Requirement,
    RosterEntry,
    Speciality,
    StudyForm,
    Version,
)
from kabinet.portfolio.presets import catalogue
from tests.conftest import at
from tests.journeys import line, papers, phd
from tests.journeys.phd import PostOffice, Visitor
from tests.journeys.steps import next_page
from tests.portfolio import post_office
from tests.portfolio.conftest import enrolled
from tests.portfolio.test_roster import sheet
from tests.portfolio.test_templates import words

pytestmark = pytest.mark.slow
EMAIL = "dinara@example.org"
NAME = "Садыкова Динара Эмилевна"
TOPIC = "Оценка риска оползней"


@pytest.fixture
def post(settings):
    with post_office.running(settings) as letters:
        yield PostOffice(letters)


@pytest.fixture
def begins() -> date:
    """The first day of this academic year."""
    today = timezone.localdate()
    return date(today.year if today.month >= 9 else today.year - 1, 9, 1)


@pytest.fixture
def university(db, begins) -> Organisation:
    made = Organisation.objects.create(kind="university", code="u1", name="Технический университет")
    catalogue.install(university=made, years_from=begins.year, years=1)
    Speciality.objects.create(university=made, code="2.3.1", name_ru="Системный анализ")
    return made


@pytest.fixture
def department(university) -> Organisation:
    return Organisation.objects.create(
        kind="department", code="as", name="Автоматизированные системы", parent=university
    )


def at_work(email: str, names: str, place: Organisation, role: str) -> Person:
    """Somebody with a post who signs in by the address."""
    surname, given_name, patronymic = names.split()
    person = Person.objects.create_person(
        surname=surname, given_name=given_name, patronymic=patronymic, email=email
    )
    set_own_password(person=person, raw=phd.PASSWORD)
    return at(person, place, role)


@pytest.fixture
def office(university) -> Person:
    return at_work("office@example.org", "Кузнецова Мария Львовна", university, "phd_office")


@pytest.fixture
def orlova(department) -> Person:
    return at_work("orlova@example.org", "Орлова Наталья Викторовна", department, "supervisor")


@pytest.fixture
def roster(tmp_path, department, orlova, begins) -> Path:
    """The list of the enrolled with one line."""
    row = [
        *("Садыкова", "Динара", "Эмилевна", EMAIL, department.name, "2.3.1", "очная", 1, TOPIC),
        *(orlova.full_name, orlova.email, "41-к", begins, begins),
    ]
    path = tmp_path / "список.xlsx"
    path.write_bytes(sheet([row]))
    return path


@pytest.fixture
def year(university) -> AcademicYear:
    return AcademicYear.objects.get(university=university)


def required(code: str, term: str = "") -> Requirement:
    return Requirement.objects.select_related("document_type").get(
        study_form__code="full", year_of_study=1, document_type__code=code, term_ru=term
    )


@pytest.mark.parametrize(
    ("size", "language", "javascript"),
    [("phone", "ru", True), ("desk", "ky", True), ("desk", "ru", False)],
    ids=["phone", "desk-kyrgyz", "desk-without-javascript"],
)
def test_from_registration_to_an_accepted_report(
    open_browser, post, roster, office, orlova, year, tmp_path, language, javascript
):
    secretary = Visitor(open_browser(javascript=javascript), javascript=javascript)
    phd.sign_in(secretary, office.email)
    phd.import_roster(secretary, roster)

    student = Visitor(open_browser(javascript=javascript), language, javascript)
    phd.register(student, post, given="Динара", surname="Садыкова", email=EMAIL)
    for fact in (NAME, TOPIC, "Орлова Н. В.", "2.3.1. Системный анализ"):
        student.reads(fact)
    student.looks_right()
    template = student.page.locator(".downloads a").first
    filled = words(student.download(template))
    for fact in (NAME, TOPIC, orlova.full_name, "2.3.1. Системный анализ", year.name):
        assert fact in filled
    assert "{{" not in filled

    plan = student.title(required("plan"))
    written = papers.report(tmp_path / "план.pdf", "Individual plan, first version")
    phd.hand_in(student, plan, written)
    loose = [papers.report(tmp_path / f"{name}.pdf", name) for name in ("скан 001", "скан 002")]
    phd.upload_freely(student, loose)
    kind = student.title(DocumentType.objects.get(code="publications"))
    phd.describe(student, "скан 001.pdf", kind, year.name)
    phd.sign_out(student)
    phd.sign_in(student, EMAIL)
    expect(student.row("скан 002.pdf", "#drafts")).to_be_visible()
    photos = [
        papers.photo(tmp_path / "1.jpg", "1", upright=True),
        papers.photo(tmp_path / "2.jpg", "2", upright=False),
    ]
    made = phd.scan(student, student.title(required("research", "осень")), photos)
    assert papers.are_wide(made) == [True, False]
    phd.remove_and_bring_back(student, "скан 001.pdf")
    student.looks_right()

    told = post.newest(orlova.email)["Subject"]
    assert "Садыкова Д. Э." in told.replace("\xa0", " ")
    supervisor = Visitor(open_browser(javascript=javascript), javascript=javascript)
    phd.sign_in(supervisor, orlova.email)
    read = phd.open_report(supervisor, supervisor.title(required("plan")))
    assert papers.text_of(read) == "Individual plan, first version"
    supervisor.write("Замечание", "Нет подписи на второй странице")
    supervisor.press("Вернуть с замечанием")
    supervisor.reads("Возвращено с замечанием")

    letter = post.newest(EMAIL)
    assert plan in letter["Subject"]
    assert "Нет подписи на второй странице" in letter.get_content()
    student.go_to("Сообщения")
    student.reads("Нет подписи на второй странице")
    student.looks_right()
    with next_page(student.page):
        student.press("Открыть", student.page.locator("main"))
    student.reads("Нет подписи на второй странице")
    student.looks_right()
    student.page.goto("/plan/")
    signed = papers.report(tmp_path / "план с подписью.pdf", "Individual plan, signed")
    phd.replace(student, plan, signed)

    supervisor.page.goto("/students/")
    read = phd.open_report(supervisor, supervisor.title(required("plan")))
    assert papers.text_of(read) == "Individual plan, signed"
    supervisor.press("Согласовать")
    secretary.page.goto("/office/")
    phd.open_report(secretary, secretary.title(required("plan")))
    secretary.press("Принять")
    secretary.reads("Готово: Принят")

    assert plan in post.newest(EMAIL)["Subject"]
    student.page.reload()
    student.reads("Принят", student.row(plan))
    student.reads("Отозвать", student.row(plan))
    paper = papers.report(tmp_path / "статья.pdf", "Paper")
    phd.add_publication(student, "Оползни и риск", "Вестник, № 3", paper)
    read_portfolio(student, [NAME, TOPIC, "2.3.1. Системный анализ", "Оползни и риск", plan])
    student.page.goto("/history/")
    student.looks_right()
    assert list(journal.verify()) == []


def read_portfolio(student: Visitor, facts: list[str]) -> None:
    """«Портфолио» as PDF and as XLSX says the same."""
    main = student.page.locator("main")
    printed = papers.text_of(
        student.download(main.get_by_role("link", name=student.say("Скачать PDF")))
    )
    table = student.download(main.get_by_role("link", name=student.say("Скачать XLSX")))
    rows = load_workbook(BytesIO(table)).active.iter_rows(values_only=True)
    cells = [str(cell) for row in rows for cell in row]
    for fact in [*facts, student.say("Принят")]:
        assert (fact in printed, fact in cells) == (True, True), fact


@pytest.mark.parametrize("size", ["phone"])
def test_who_is_not_on_the_list_waits_for_the_office(
    open_browser, post, department, office, begins
):
    university = department.parent
    RosterEntry.objects.create(
        university=university,
        department=department,
        speciality=Speciality.objects.get(),
        study_form=StudyForm.objects.get(code="full"),
        surname="Садыкова",
        given_name="Динара",
        patronymic="Эмилевна",
        email="old@example.org",
        year_of_study=1,
        order_number="41-к",
        since=begins,
    )
    student = Visitor(open_browser())
    phd.register(student, post, given="Динара", surname="Садыкова", email=EMAIL)
    student.reads("Регистрация ждёт отдела аспирантуры")
    student.press("Поискать меня в списке ещё раз")
    student.reads("В списке зачисленных вас пока нет")
    student.looks_right()

    secretary = Visitor(open_browser())
    phd.sign_in(secretary, office.email)
    secretary.follow("Решить")
    secretary.page.locator("#entry").select_option(index=1)
    secretary.press("Принять")
    secretary.page.wait_for_url("**/office/")

    assert "Вас приняли в кабинет аспиранта" in post.newest(EMAIL)["Subject"]
    student.page.goto("/")
    student.reads(NAME)
    student.go_to("Сообщения")
    student.reads("Вас приняли в кабинет аспиранта")


@pytest.fixture
def cut(live_server):
    with line.to(live_server.url) as made:
        yield made


@pytest.fixture
def student(open_browser, cut, department, orlova) -> Visitor:
    """Signed in at the plan, over a line that may break."""
    person = at_work(EMAIL, NAME, department, "phd_student")
    enrolled(person, department, orlova)
    visitor = Visitor(open_browser(base_url=cut.url))
    phd.sign_in(visitor, person.email)
    return visitor


@pytest.mark.parametrize("size", ["phone"])
@pytest.mark.parametrize("broken", ["in the middle", "before the answer"])
def test_an_upload_over_a_broken_line_is_sent_again_and_kept_once(student, cut, tmp_path, broken):
    big = papers.photo(tmp_path / "стр.jpg", "1", upright=False)
    cut.breaks_after = big.stat().st_size - 1_000 if broken == "in the middle" else None
    cut.loses_answers = broken == "before the answer"
    title = student.page.locator(".years li .t").first.inner_text()
    place = student.row(title)
    place.locator("input[type=file]").set_input_files(big)
    student.reads("Связь прервалась", place)
    cut.mend()
    if broken == "in the middle":  # else nobody presses anything: it is sent again by itself
        place.get_by_role("button", name="Повторить").click()
    student.reads("У руководителя", place)
    assert (Report.objects.count(), Version.objects.count()) == (1, 1)
