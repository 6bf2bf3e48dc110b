"""The photo of the face: a bad one, its advice, a good one; kept as it is; and without a worker."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import CHROMIUM
from tests.journeys import faces, steps
from tests.journeys.conftest import Opener, check_page, opener
from tests.journeys.served import Served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(faces.why_none()), reason=faces.why_none()),
]
SHADOW = "Встаньте на шаг от стены, лицом к окну. Вспышку выключите."
AT_ONCE = 15_000  # an answer takes a second; the machine of the tests has other work


@pytest.fixture(scope="session")
def photos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return faces.make_photos(tmp_path_factory.mktemp("faces"))


@pytest.fixture
def with_camera(browser: Browser, served: Served, size: str) -> Iterator[Callable[[Path], Opener]]:
    """``with_camera(photo)`` opens pages of a browser whose camera sees that person."""
    closing: list[Callable[[], object]] = []

    def start(photo: Path) -> Opener:
        own = browser.browser_type.launch(
            executable_path=CHROMIUM,
            args=[
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--use-fake-ui-for-media-stream",
                "--use-fake-device-for-media-stream",
                f"--use-file-for-fake-video-capture={faces.as_camera(photo)}",
            ],
        )
        pages = opener(own, served.url, size)
        closing.extend([own.close, lambda: pages.__exit__(None, None, None)])
        return pages.__enter__()

    yield start
    for close in reversed(closing):
        close()


def open_face(page: Page, served: Served) -> None:
    steps.sign_in(page, served.take_login(), steps.OWN)
    expect(page.get_by_role("heading", name="Бланк регистрации на ОРТ")).to_be_visible()
    page.get_by_role("link", name="Фото лица").click()
    expect(page.get_by_role("heading", name="Каким должно быть фото")).to_be_visible()
    page.wait_for_load_state()  # a press before the script came only leads to the file


def says(page: Page, heading: str) -> None:
    expect(page.locator("#seen h2")).to_have_text(heading, timeout=AT_ONCE)


def tick(page: Page) -> None:
    page.get_by_label("не раньше 6 месяцев назад").check()


def test_a_bad_photo_its_advice_and_a_good_one(
    open_served: Opener, served: Served, photos: dict[str, Path]
) -> None:
    served.start_worker()
    page = open_served()
    open_face(page, served)
    check_page(page)
    assert page.evaluate("typeof htmx") == "undefined"  # nothing asks yet: first_view
    steps.upload(page, "face", photos["shadow"])
    says(page, "Исправьте одно замечание")
    first = page.locator(".chk > li").first
    expect(first).to_contain_text("На фоне тень")
    expect(first).to_contain_text(SHADOW)
    expect(page.locator("#marks text")).to_have_text(["1"])
    expect(page.locator("#bar")).to_contain_text("Переснять")
    check_page(page)
    page.get_by_role("button", name="КЫР").click()
    says(page, "Оңдоңуз: бир эскертүү")
    check_page(page)
    page.get_by_role("button", name="РУС").click()
    says(page, "Исправьте одно замечание")

    steps.upload(page, "face", photos["good"])
    says(page, "Фото подходит")
    expect(page.locator("#marks text")).to_have_count(0)
    check_page(page)
    tick(page)
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("heading", name="Проверить и завершить")).to_be_visible()


def test_what_is_to_mend_fits_on_the_first_screen(
    open_served: Opener, served: Served, photos: dict[str, Path]
) -> None:
    served.start_worker()
    page = open_served()
    open_face(page, served)
    steps.upload(page, "face", photos["shadow"])
    says(page, "Исправьте одно замечание")
    for seen in ("#tile-face .frame", "#marks text", ".chk > li.n", "#take", "#keep"):
        if seen.startswith("#") and page.viewport_size == {"width": 1440, "height": 900}:
            continue  # at a desk the buttons stand under the list
        expect(page.locator(seen).first).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without"])
def test_a_photo_with_a_remark_is_kept_for_a_person(
    javascript: bool, open_served: Opener, served: Served, photos: dict[str, Path]
) -> None:
    served.start_worker()
    page = open_served(javascript=javascript)
    open_face(page, served)
    steps.upload(page, "face", photos["shadow"], javascript=javascript)
    if not javascript:
        refresh_until(page, "Исправьте одно замечание")
    says(page, "Исправьте одно замечание")
    expect(page.locator("#marks text")).to_have_text(["1"])
    tick(page)
    page.get_by_role("button", name="Оставить это").click()
    expect(page.get_by_role("heading", name="Проверить и завершить")).to_be_visible()
    page.go_back()
    expect(page.locator("#seen")).to_be_visible()
    page.reload()
    says(page, "Фото оставлено как есть")
    expect(page.get_by_role("button", name="Продолжить")).to_be_visible()
    page.goto("/history/")
    expect(page.get_by_text("оставил(а) снимок для проверки сотрудником")).to_be_visible()


def refresh_until(page: Page, heading: str) -> None:
    """Without scripts one presses «Обновить»."""
    for _ in range(30):
        if page.locator("#seen h2").inner_text() == heading:
            return
        page.wait_for_timeout(500)
        page.get_by_role("link", name="Обновить").click()


def test_the_form_goes_on_while_the_worker_is_away(
    open_served: Opener, served: Served, photos: dict[str, Path]
) -> None:
    served.stop_worker()
    page = open_served()
    open_face(page, served)
    steps.upload(page, "face", photos["shadow"])
    says(page, "Проверяем фото…")
    check_page(page)
    used = page.evaluate("localStorage.getItem('kabinet-seen')")
    expect(page.locator("#seen h2")).to_have_text(
        "Проверим позже, можно идти дальше", timeout=40_000
    )
    assert page.evaluate("localStorage.getItem('kabinet-seen')") == used  # asking is no use
    expect(page.locator("[data-poll]")).to_have_count(0)
    check_page(page)
    face = page.url
    tick(page)
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("heading", name="Проверить и завершить")).to_be_visible()

    served.start_worker()
    page.goto(face)
    expect(page.locator("#seen h2")).to_have_text(re.compile("Проверим|Исправьте"))
    refresh_until(page, "Исправьте одно замечание")
    says(page, "Исправьте одно замечание")


def test_the_camera_hints_and_takes_the_photo(
    with_camera: Callable[[Path], Opener], served: Served, photos: dict[str, Path]
) -> None:
    served.start_worker()
    page = with_camera(photos["dark"])()
    open_face(page, served)
    page.get_by_role("link", name="Снять фото").click()
    dialog = page.get_by_role("dialog", name="Снимок лица")
    expect(dialog.get_by_text("Темно. Встаньте лицом к окну")).to_be_visible(timeout=AT_ONCE)
    check_page(page)
    dialog.get_by_role("button", name="Закрыть").click()
    expect(dialog).to_be_hidden()

    page = with_camera(photos["good"])()
    open_face(page, served)
    page.get_by_role("link", name="Снять фото").click()
    dialog = page.get_by_role("dialog", name="Снимок лица")
    expect(dialog.get_by_text("снимайте")).to_be_visible(timeout=AT_ONCE)
    dialog.get_by_role("button", name="Снять", exact=True).click()
    expect(dialog).to_be_hidden()
    says(page, "Фото подходит")


def test_without_a_camera_a_file_is_asked_for(
    open_served: Opener, served: Served, photos: dict[str, Path]
) -> None:
    """Chromium without a camera refuses to open one."""
    served.start_worker()
    page = open_served()
    open_face(page, served)
    page.get_by_role("link", name="Снять фото").click()
    dialog = page.get_by_role("dialog", name="Снимок лица")
    expect(dialog.get_by_text("Камера не открылась")).to_be_visible(timeout=AT_ONCE)
    with page.expect_file_chooser() as chooser:
        dialog.get_by_role("button", name="Выбрать файл").click()
    chooser.value.set_files(photos["good"])
    says(page, "Фото подходит")
