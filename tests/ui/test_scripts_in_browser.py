"""The scripts in a real browser: nothing typed is lost, whatever the connection and the server do."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.ui import pages

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.ui.pages")]
STATUS = "[data-saved]"


@pytest.fixture
def server() -> SimpleNamespace:
    return pages.begin()


@pytest.fixture
def as_aiperi(
    open_page: Callable[..., Page], live_server: Any, client_of: Any, aiperi: Any
) -> Callable[..., Page]:
    """Opens a page in the browser of Aiperi, who is signed in."""
    cookie = client_of(aiperi).cookies[django_settings.SESSION_COOKIE_NAME].value
    state = {
        "cookies": [
            {
                "name": django_settings.SESSION_COOKIE_NAME,
                "value": cookie,
                "url": live_server.url,
            }
        ],
        "origins": [],
    }

    def opened(path: str, **options: Any) -> Page:
        return open_page(path, storage_state=state, **options)

    return opened


def kept(page: Page) -> int:
    return page.evaluate("Object.keys(sessionStorage).filter(k => k.startsWith('kabinet:')).length")


def until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what the page does after its visible sign; a busy machine takes its time."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to hold")


def jpeg(width: int, height: int) -> bytes:
    """A noisy picture, so that it is large."""
    noise = Image.effect_noise((width, height), 120).convert("RGB")
    buffer = BytesIO()
    noise.save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def test_changed_field_is_saved_and_forgotten_here(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/form/")
    page.get_by_label("Город или село").fill("Каракол")

    expect(page.locator(STATUS)).to_have_text("Сохранено в 14:35")
    assert {name: server.told[0][name] for name in ("autosave", "changed", "town", "version")} == {
        "autosave": ["1"],
        "changed": ["town"],
        "town": ["Каракол"],
        "version": ["1"],
    }
    assert page.locator("[name=version]").input_value() == "2"
    assert kept(page) == 0


def test_emptied_tick_and_the_boxes_of_a_date_are_told_as_fields(
    as_aiperi: Any, server: Any
) -> None:
    page = as_aiperi("/try/form/")
    page.get_by_label("Химия").check()
    expect(page.locator(STATUS)).to_have_text("Сохранено в 14:35")
    page.get_by_label("Химия").uncheck()
    expect(page.locator("[name=version]")).to_have_value("3")
    page.get_by_label("Год").fill("2009")
    expect(page.locator("[name=version]")).to_have_value("4")

    assert [(told["changed"], told.get("subjects")) for told in server.told] == [
        (["subjects"], ["chemistry"]),
        (["subjects"], None),
        (["birth"], None),
    ]
    assert server.told[2]["birth_year"] == ["2009"]


def test_text_without_connection_is_kept_over_a_reload_and_sent_later(
    as_aiperi: Any, server: Any
) -> None:
    server.mode = "down"
    page = as_aiperi("/try/form/")
    page.get_by_label("Город или село").fill("Каракол")
    expect(page.locator("#offline")).to_have_text("Нет связи. Ответы на этой странице останутся")
    until(page, lambda: kept(page) == 1)

    server.mode = "ok"
    page.reload()

    expect(page.get_by_label("Город или село")).to_have_value("Каракол")
    expect(page.locator(STATUS)).to_have_text("Сохранено в 14:35")
    assert server.told[-1]["town"] == ["Каракол"]
    until(page, lambda: kept(page) == 0)


@pytest.mark.parametrize("late", ["keep", "autosave"])
def test_text_typed_before_a_script_came_is_kept_and_sent(
    as_aiperi: Any, server: Any, late: str
) -> None:
    server.mode = "down"
    page, held = as_aiperi("/try/form/"), []
    page.wait_for_load_state("networkidle")  # else a script of this first page is the one held
    page.route(f"**/{late}*.js", lambda route: held.append(route))
    page.goto("/try/form/")
    page.get_by_label("Город или село").fill("Каракол")
    until(page, lambda: bool(held))
    held[0].continue_()

    expect(page.locator("#offline")).to_be_visible()
    until(page, lambda: kept(page) == 1)


def test_expired_session_asks_to_sign_in_and_leads_back_to_the_field(
    as_aiperi: Any, server: Any
) -> None:
    server.mode = "signed_out"
    page = as_aiperi("/try/form/")
    page.get_by_label("Город или село").fill("Каракол")

    link = page.locator("#sign-in a")
    expect(link).to_be_visible()
    assert link.get_attribute("href") == "/sign-in/?next=%2Ftry%2Fform%2F%23id_town"
    assert kept(page) == 1


def test_same_field_of_two_editors_shows_the_other_value(as_aiperi: Any, server: Any) -> None:
    server.mode = "conflict"
    page = as_aiperi("/try/form/")
    page.get_by_label("Город или село").fill("Бишкек")
    note = page.locator(".fnote")
    expect(note.locator("span")).to_have_text("Сыдыкова Ж. А. в 14:31: Каракол")

    server.mode = "ok"
    note.get_by_role("button", name="Взять это").click(delay=500)  # a finger stays a while

    until(page, lambda: server.told[-1].get("town") == ["Каракол"])


def test_closed_form_says_so_and_sends_no_more(as_aiperi: Any, server: Any) -> None:
    server.mode = "closed"
    page = as_aiperi("/try/form/")
    page.get_by_label("Город или село").fill("Каракол")
    expect(page.locator(STATUS)).to_have_text("Регистрация закрылась")
    page.get_by_label("Улица, дом, квартира").fill("ул. Манаса, 12")
    page.get_by_label("Улица, дом, квартира").blur()
    page.wait_for_timeout(300)

    assert len(server.told) == 1


def test_password_is_never_kept(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/plain/")
    page.get_by_label("Пароль").fill("никому-не-скажу")

    assert kept(page) == 0


def test_switching_the_language_keeps_what_was_typed(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/plain/")
    page.get_by_label("Улица, дом, квартира").fill("ул. Манаса, 12")
    page.get_by_role("button", name="Кыргызча").click()

    expect(page.get_by_label("Көчө, үй, батир")).to_have_value("ул. Манаса, 12")
    assert page.locator(".esum").count() == 0
    assert server.told == []


def test_sent_form_is_forgotten_after_the_answer(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/plain/")
    page.get_by_label("Город или село").fill("Каракол")
    until(page, lambda: kept(page) == 1)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_role("heading", name="Готово")).to_be_visible()

    page.wait_for_function(
        "Object.keys(sessionStorage).every((key) => !key.startsWith('kabinet:'))"
    )


def test_signing_out_takes_everything_along(as_aiperi: Any, server: Any) -> None:
    server.mode = "down"
    page = as_aiperi("/try/form/")
    page.get_by_label("Город или село").fill("Каракол")
    expect(page.locator("#offline")).to_be_visible()
    page.locator(".who summary").click()
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url("**/sign-in/**")

    assert kept(page) == 0


def test_language_switch_and_menu_work_without_scripts(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/plain/", java_script_enabled=False)
    page.get_by_label("Город или село").fill("Каракол")
    page.get_by_role("button", name="Кыргызча").click()
    expect(page.locator("html")).to_have_attribute("lang", "ky")
    expect(page.locator("[name=town]")).to_have_value("Каракол")
    page.locator(".who summary").click()

    expect(page.get_by_role("button", name="Чыгуу")).to_be_visible()


def test_large_photo_is_made_smaller_before_it_is_sent(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/tiles/")
    photo = jpeg(2400, 1800)
    page.set_input_files(
        "input[type=file]", {"name": "лицо.jpeg", "mimeType": "image/jpeg", "buffer": photo}
    )
    expect(page.locator("[data-upload-note]")).to_contain_text("Сжато с")

    name, data, original_size = server.received[0]
    assert (name, original_size) == ("лицо.jpg", str(len(photo)))
    assert Image.open(BytesIO(data)).size == (1600, 1200)
    assert len(data) < len(photo)


def test_file_the_browser_cannot_decode_is_sent_as_it_is(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/tiles/")
    data = b"\x00" * 500_000
    page.set_input_files(
        "input[type=file]", {"name": "photo.heic", "mimeType": "image/heic", "buffer": data}
    )
    expect(page.locator(".tile .st")).to_have_text("Готово")

    assert server.received == [("photo.heic", data, None)]


def test_too_large_file_is_not_sent(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/tiles/")
    page.set_input_files(
        "input[type=file]",
        {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\x00" * 3_500_000},
    )
    expect(page.locator("[data-upload-note]")).to_contain_text("можно до")

    assert server.received == []


def test_failed_upload_is_sent_again_on_demand(as_aiperi: Any, server: Any) -> None:
    server.mode = "down"
    page = as_aiperi("/try/tiles/")
    page.set_input_files(
        "input[type=file]", {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\x00" * 1000}
    )
    expect(page.locator("[data-upload-note]")).to_contain_text("Не получилось отправить файл")
    server.mode = "ok"
    page.get_by_role("button", name="Повторить").click()

    expect(page.locator(".tile .st")).to_have_text("Готово")


def test_refused_file_shows_the_error_and_the_tile_still_works(as_aiperi: Any, server: Any) -> None:
    server.mode = "wrong"
    page = as_aiperi("/try/tiles/")
    file = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\x00" * 1000}
    page.set_input_files("input[type=file]", file)
    expect(page.locator(".emsg")).to_have_text("Нужен файл JPG")
    server.mode = "ok"
    page.set_input_files("input[type=file]", file)

    expect(page.locator(".tile .st")).to_have_text("Готово")


def test_shortcut_works_by_the_place_of_the_key(open_page: Any) -> None:
    page = open_page("/ui/school/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Slash")

    expect(page.locator("#q")).to_be_focused()


def test_password_can_be_shown_and_hidden(open_page: Any) -> None:
    page = open_page("/ui/login/")
    page.get_by_role("button", name="Показать").click()
    expect(page.locator("#id_password")).to_have_attribute("type", "text")
    page.get_by_role("button", name="Скрыть").click()

    expect(page.locator("#id_password")).to_have_attribute("type", "password")


def test_idle_cabinet_warns_and_can_be_kept_open(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/form/", clock=True)
    page.wait_for_load_state("networkidle")
    page.clock.fast_forward("28:30")
    expect(page.locator("#idle")).to_contain_text("Через две минуты вход завершится")
    page.get_by_role("button", name="Остаться").click()

    expect(page.locator("#idle")).to_have_count(0)


def test_idle_cabinet_is_left_and_leads_back(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/form/", clock=True)
    page.wait_for_load_state("networkidle")
    with page.expect_request("**/sign-in/*") as asked:
        # The page is left at its own next look: leaving while the clock is turned on may hang Playwright.
        page.clock.set_system_time(timezone.now() + timedelta(minutes=31))

    assert asked.value.url.partition("/sign-in/")[2] == "?next=%2Ftry%2Fform%2F"


def test_a_press_without_a_network_does_not_leave_the_page(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/plain/")
    page.get_by_label("Город или село").fill("Каракол")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("#offline")).to_have_text("Нет связи. Ответы на этой странице останутся")
    expect(page.get_by_label("Город или село")).to_have_value("Каракол")

    page.context.set_offline(False)
    expect(page.locator("#offline")).to_have_count(0)
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url("**/try/done/")


def test_a_press_that_cannot_reach_the_server_does_not_leave_the_page(
    as_aiperi: Any, server: Any
) -> None:
    page = as_aiperi("/try/form/")
    page.wait_for_load_state("networkidle")
    page.route("**/try/save/", lambda route: route.abort())
    page.get_by_label("Город или село").fill("Каракол")
    expect(page.locator("#offline")).to_be_visible()
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_label("Город или село")).to_have_value("Каракол")
    assert page.url.endswith("/try/form/")

    page.unroute("**/try/save/")
    page.get_by_role("button", name="Сохранить").click()
    page.wait_for_url("**/try/done/")
    assert server.told[-1]["town"] == ["Каракол"]


def test_going_back_to_a_page_with_errors_shows_what_was_typed(as_aiperi: Any, server: Any) -> None:
    page = as_aiperi("/try/plain/")
    page.get_by_label("Улица").fill("Манаса, 12")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".esum")).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.goto("/try/done/")
    page.go_back()

    expect(page.get_by_label("Улица")).to_have_value("Манаса, 12")


def test_the_next_file_takes_the_error_of_the_last_one_away(as_aiperi: Any, server: Any) -> None:
    server.mode = "wrong"
    page = as_aiperi("/try/tiles/")
    file = {"name": "a.heic", "mimeType": "image/heic", "buffer": b"\x00" * 1000}
    page.set_input_files("input[type=file]", file)
    expect(page.locator(".emsg")).to_be_visible()
    page.set_input_files("input[type=file]", {**file, "buffer": b"\x00" * 3_500_000})

    expect(page.locator("[data-upload-note]")).to_contain_text("можно до")
    expect(page.locator(".emsg")).to_have_count(0)


def test_a_slip_of_another_person_asks_who_is_signed_in_to_leave_first(
    as_aiperi: Any, server: Any, zhamal: Any
) -> None:
    page = as_aiperi(f"/sign-in/#{zhamal.number}." + "A" * 22)
    expect(page.locator("#slip")).to_contain_text("памятка другого человека")
    expect(page).to_have_url(re.compile("/sign-out/$"))  # no secret in the address
    page.locator("#leave").get_by_role("button", name="Выйти").click()

    expect(page.locator(".msg.bad")).to_contain_text("Эта памятка больше не действует")
    expect(page).to_have_url(re.compile("/sign-in/$"))


def test_an_own_slip_opened_again_leads_home(as_aiperi: Any, server: Any, aiperi: Any) -> None:
    page = as_aiperi(f"/sign-in/#{aiperi.number}." + "A" * 22)
    expect(page).to_have_url(re.compile("//[^/]+/$"))
