"""The ORT manual, told by the district and the school, and told by the graduate."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from kabinet.audit import journal
from kabinet.exams.models import Application
from kabinet.people.access_rows import AccessRow
from kabinet.people.actions import open_accesses, set_own_password
from kabinet.people.models import Post
from tests.journeys import steps
from tests.journeys.conftest import check_page

pytestmark = pytest.mark.slow


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    return steps.drawn_pictures(tmp_path)


@pytest.fixture
def graduate(zhamal, school, campaign):
    """Gülzada's access, as her school hands it over: ``(person, first password)``."""
    row = AccessRow(
        phone="+996551846370", surname="Мамытова", given_name="Гүлзада", patronymic="Азаматовна"
    )
    (opened,) = open_accesses(
        actor=zhamal,
        organisation=school,
        role=Post.Role.GRADUATE,
        rows=[row],
        expires_at=campaign.access_ends_at,
    )
    Application.objects.create(campaign=campaign, applicant=opened.person, school=school)
    return opened.person, opened.first_password


def downloaded(page: Page, click: Callable[[], None]) -> bytes:
    with page.expect_download() as waiting:
        click()
    return Path(waiting.value.path()).read_bytes()


def write_row(page: Page, phone: str, surname: str, given: str, patronymic: str) -> None:
    page.locator("#id_phone").fill(phone)
    page.locator("#id_surname").fill(surname)
    page.locator("#id_given_name").fill(given)
    page.locator("#id_patronymic").fill(patronymic)


def holds_still(page: Page) -> None:
    """Pictures that come late move nothing."""
    height = "document.documentElement.scrollHeight"
    page.reload(wait_until="domcontentloaded")
    before = page.evaluate(height)
    for picture in page.locator("main img").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function("[...document.images].every((image) => image.complete)")
    assert page.evaluate(height) == before


def test_the_manual_as_district_and_school_tell_it(
    open_browser, size, daniyar, school, campaign, pictures
):
    set_own_password(person=daniyar, raw=steps.OWN)
    officer = open_browser()
    steps.sign_in(officer, "0555 000 002", steps.OWN)
    check_page(officer)
    if size == "phone":
        officer.get_by_role("link", name="Открыть доступ ответственному", exact=True).click()
    officer.locator("#id_place").select_option(str(school.pk))
    write_row(officer, "0555 900 100", "Сыдыкова", "Жамал", "Асановна")
    officer.get_by_role("button", name="Открыть доступ ответственному").click()
    password = steps.first_password(officer)
    check_page(officer)

    teacher = open_browser()
    steps.sign_in_first(teacher, "996555900100", password)
    expect(teacher.get_by_role("heading", name="Школа № 5, с. Кызыл-Суу")).to_be_visible()
    if size == "phone":
        teacher.get_by_role("link", name="Создать доступ выпускнику", exact=True).first.click()
    write_row(teacher, "551846370", "Мамытова", "Гүлзада", "Азаматовна")
    teacher.locator("#id_patronymic").press("Enter")
    expect(teacher.get_by_role("heading", name="Доступ создан")).to_be_visible()
    shown = steps.first_password(teacher)
    check_page(teacher)

    table = downloaded(teacher, teacher.get_by_role("link", name="Доступы выпускников").click)
    cells = [cell.value for row in load_workbook(io.BytesIO(table)).active for cell in row]
    assert "+996551846370" in [str(cell).replace(" ", "").replace("\xa0", "") for cell in cells]
    assert shown in [str(cell).replace("\xa0", " ") for cell in cells]
    slips = downloaded(teacher, teacher.get_by_role("link", name="Памятки").click)
    assert "Гүлзада" in PdfReader(io.BytesIO(slips)).pages[0].extract_text()

    teacher.get_by_role("link", name="Заполнить").first.click()
    expect(teacher.get_by_text("Мамытова Гүлзада").first).to_be_visible()
    check_page(teacher)
    teacher.get_by_role("link", name="Личные данные").click()
    steps.fill_personal(teacher)
    steps.fill_address(teacher)
    steps.fill_subjects(teacher)
    steps.fill_documents(teacher, pictures)
    steps.fill_face(teacher, pictures)
    steps.finish(teacher)
    steps.pay_and_correct(teacher)
    teacher.get_by_role("link", name="Вернуться к бланку").click()
    teacher.get_by_role("link", name="Выйти из формы").click()
    expect(teacher.get_by_role("heading", name="Школа № 5, с. Кызыл-Суу")).to_be_visible()
    expect(teacher.get_by_text("5 из 5")).to_be_visible()
    assert list(journal.verify()) == []


def test_the_manual_as_the_graduate_tells_it(open_browser, graduate, campaign, pictures):
    person, first = graduate
    page = open_browser()
    page.goto("/prepare/")
    check_page(page)
    page.goto("/sign-in/")
    check_page(page)
    steps.sign_in_first(page, "0551 846 370", first)
    expect(page.get_by_role("heading", name="Бланк регистрации на ОРТ")).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Личные данные").click()
    expect(page.get_by_role("heading", name="Личные данные", level=1)).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.locator(".esum")).to_be_visible()
    check_page(page)
    steps.fill_personal(page)
    check_page(page)
    steps.fill_address(page)
    check_page(page)
    steps.fill_subjects(page)
    check_page(page)
    benefit = str(campaign.benefits.get().pk)
    steps.fill_documents(page, pictures, benefit=benefit)
    check_page(page)
    steps.fill_face(page, pictures)
    check_page(page)
    holds_still(page)
    steps.finish(page)
    check_page(page)
    form = downloaded(page, page.get_by_role("link", name="Скачать PDF").click)
    text = PdfReader(io.BytesIO(form)).pages[0].extract_text()
    assert "Мамытова" in text
    assert "Гүлзада" in text
    steps.pay_and_correct(page)
    check_page(page)
    page.goto("/history/")
    check_page(page)
    application = Application.objects.get(applicant=person)
    assert (application.state, application.payment) == ("completed", "in_review")


def test_the_whole_manual_without_javascript(open_browser, graduate, campaign, pictures):
    person, first = graduate
    page = open_browser(javascript=False)
    steps.sign_in_first(page, "0551 846 370", first)
    page.get_by_role("link", name="Личные данные").click()
    steps.fill_personal(page)
    steps.fill_address(page)
    steps.fill_subjects(page)
    benefit = str(campaign.benefits.get().pk)
    steps.fill_documents(page, pictures, javascript=False, benefit=benefit)
    steps.fill_face(page, pictures, javascript=False)
    steps.finish(page)
    steps.pay_and_correct(page)
    assert Application.objects.get(applicant=person).payment == "in_review"


def test_every_page_of_the_form_in_kyrgyz(open_browser, graduate):
    _person, first = graduate
    page = open_browser()
    steps.sign_in_first(page, "0551 846 370", first)
    page.get_by_role("button", name="КЫР").click()
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    form = page.url
    check_page(page)
    for slug in ("personal", "address", "subjects", "documents", "face", "view"):
        page.goto(f"{form}{slug}/")
        check_page(page)


def test_what_was_typed_survives_the_tunnel(open_browser, graduate):
    """The line is cut while typing; the answers go when it is back, and nothing is lost."""
    person, first = graduate
    page = open_browser()
    steps.sign_in_first(page, "0551 846 370", first)
    page.goto(f"{page.url}address/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_label("Улица, дом, квартира").fill("ул. Токтогула, 7")
    expect(page.get_by_text("Нет связи").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Сохранено в").first).to_be_visible(timeout=30_000)
    page.reload()
    expect(page.get_by_label("Улица, дом, квартира")).to_have_value("ул. Токтогула, 7")
    assert Application.objects.get(applicant=person).address.street == "ул. Токтогула, 7"


def test_a_language_is_switched_without_losing_what_was_typed(open_browser, graduate):
    _person, first = graduate
    page = open_browser()
    steps.sign_in_first(page, "0551 846 370", first)
    page.goto(f"{page.url}address/")
    page.get_by_label("Улица, дом, квартира").fill("ул. Чүй, 1")
    page.get_by_role("button", name="КЫР").click()
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    expect(page.locator("#id_street")).to_have_value("ул. Чүй, 1")
