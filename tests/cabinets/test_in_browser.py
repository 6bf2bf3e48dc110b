"""With scripts nothing reloads: the list, the bar and the strip change in place, the cursor goes on."""

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.chromium import SIZES
from tests.journeys.conftest import check_page

pytestmark = pytest.mark.browser


@pytest.fixture(params=SIZES)
def page(request, transactional_db, live_server, browser, client_of, zhamal, school, campaign):
    """The school's home in a real browser, opened by its responsible person."""
    session = client_of(zhamal).cookies[settings.SESSION_COOKIE_NAME].value
    context = browser.new_context(
        base_url=live_server.url, viewport=SIZES[request.param], locale="ru-RU"
    )
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    opened = context.new_page()
    opened.goto(reverse("cabinets:school", args=[school.pk]))
    if request.param == "phone":
        opened.get_by_role("link", name="Создать доступ выпускнику").first.click()
    yield opened
    context.close()


def enter(page, phone: str, surname: str) -> None:
    page.get_by_label("Телефон — станет логином").fill(phone)
    page.get_by_label("Фамилия", exact=True).fill(surname)
    page.get_by_label("Имя", exact=True).fill("Гүлзада")
    page.get_by_label("Имя", exact=True).press("Enter")


def test_an_access_is_created_without_a_reload_and_the_cursor_waits_at_the_phone(page):
    page.evaluate("window.same = true")
    enter(page, "0551 846 370", "Мамытова")
    page.get_by_role("heading", name="Доступ создан: Мамытова Гүлзада").wait_for()
    assert page.evaluate("window.same") is True
    assert page.locator("tbody tr").count() == 1
    assert page.get_by_role("link", name="Доступы выпускников").is_visible()
    # On a phone the row is folded away again, a moment after the new one was drawn.
    page.wait_for_function("document.activeElement.matches('#id_phone, body')")
    check_page(page)


def test_a_wrong_phone_is_explained_in_place_and_the_cursor_stands_there(page):
    enter(page, "0551 84", "Мамытова")
    page.get_by_text("В номере не хватает 4 цифр").wait_for()
    assert page.get_by_label("Фамилия", exact=True).input_value() == "Мамытова"
    page.wait_for_function("document.activeElement.matches('#id_phone')")
    check_page(page)


def test_a_namesake_interrupts_and_is_created_on_purpose(page):
    enter(page, "0551 846 370", "Мамытова")
    page.get_by_role("heading", name="Доступ создан").wait_for()
    page.goto(f"{page.url.partition('?')[0]}?add=1")
    enter(page, "0700 415 902", "Мамытова")
    page.get_by_role("heading", name="Похоже, такой выпускник уже есть").wait_for()
    page.wait_for_function("document.activeElement.matches('.alike')")
    check_page(page)
    page.get_by_role("button", name="Это другой человек, создать доступ").click()
    page.locator("tbody tr").nth(1).wait_for()
    assert page.locator("tbody tr").count() == 2


def test_searching_keeps_the_row_that_is_being_typed(page):
    enter(page, "0551 846 370", "Мамытова")
    page.get_by_role("heading", name="Доступ создан").wait_for()
    page.goto(f"{page.url.partition('?')[0]}?add=1")
    page.get_by_label("Фамилия", exact=True).fill("Осмонова")
    search = page.get_by_label("Фамилия или телефон")
    search.fill("нет такой")
    search.press("Enter")
    page.get_by_text("Здесь никого нет.").wait_for()
    assert page.get_by_label("Фамилия", exact=True).input_value() == "Осмонова"
    assert "q=" in page.url


def test_the_language_of_the_whole_page_changes_and_the_row_stays(page):
    page.get_by_label("Фамилия", exact=True).fill("Осмонова")
    page.get_by_role("button", name="Кыргызча").click()
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    assert page.locator("[name=surname]").input_value() == "Осмонова"
    assert page.locator(".emsg").count() == 0
    check_page(page)


def test_a_row_that_did_not_arrive_says_so_and_stays(page):
    page.wait_for_load_state("networkidle")  # the scripts are there
    page.route("**/school/**", lambda route: route.abort())
    enter(page, "0551 846 370", "Мамытова")
    expect(page.locator("#offline")).to_have_text("Нет связи. Ответы на этой странице останутся")
    page.unroute("**/school/**")
    page.route("**/school/**", lambda route: route.fulfill(status=500, body="broken"))
    page.get_by_label("Имя", exact=True).press("Enter")
    expect(page.locator("#refused")).to_contain_text("нажмите ещё раз")
    page.unroute("**/school/**")
    page.get_by_label("Имя", exact=True).press("Enter")
    page.get_by_role("heading", name="Доступ создан: Мамытова Гүлзада").wait_for()
    expect(page.locator(".strip.bad")).to_have_count(0)
