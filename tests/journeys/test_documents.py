"""The photo of a document is read while one goes on: advice, comparison, «Заполнить из документа».

The web part and the worker are processes of their own. Documents are drawn by the tests; without
the reader (extra ``docread``, ``make models``) or without an OCR-B font the tests skip aloud.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kabinet.core.passport.eyes import why_blind
from tests.exams.readings import AIPERI
from tests.journeys import steps
from tests.journeys.conftest import Opener, check_page
from tests.journeys.served import Served

cv2 = pytest.importorskip("cv2", reason="the extra docread is not installed")

from tests.core.passport.degrade import to_jpeg  # noqa: E402 - needs the extra
from tests.core.passport.drawing import (  # noqa: E402
    OCR_B,
    Picture,
    draw_front,
    draw_zone_side,
    lay_on,
    table_top,
)
from tests.core.passport.persons import Holder, dice_of, zone_lines  # noqa: E402

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(why_blind()), reason=why_blind() or "the reader is here"),
    pytest.mark.skipif(not OCR_B.exists(), reason="no OCR-B: apt-get install fonts-ocr-b"),
]

LOOKED = 120_000
"""Milliseconds until a worker that has just begun has looked, on a busy machine."""

Pictures = dict[str, Path]


def laid(page: Picture, seed: int) -> Picture:
    dice = dice_of(seed)
    return lay_on(table_top(1600, 1200, dice), page, dice)


def back_of(holder: Holder, seed: int) -> Picture:
    return laid(draw_zone_side(holder, "TD1", zone_lines(holder, "TD1"), dice_of(seed)), seed)


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    """Aiperi's card; her back side blurred and taken twice; and the back of another card of hers."""
    folder = tmp_path_factory.mktemp("cards")
    back = back_of(AIPERI, 5)
    drawn = {
        "front": laid(draw_front(AIPERI, dice_of(3)), 4),
        "back": back,
        "again": back_of(AIPERI, 9),
        "blurred": cv2.GaussianBlur(back, (0, 0), 5),
        "other": back_of(replace(AIPERI, number="ID7654321"), 6),
    }
    for name, picture in drawn.items():
        (folder / f"{name}.jpg").write_bytes(to_jpeg(picture))
    return {name: folder / f"{name}.jpg" for name in drawn}


def sign_in(page: Page, served: Served) -> None:
    steps.sign_in(page, served.take_login(), steps.OWN)
    expect(page.get_by_role("heading", name="Бланк регистрации на ОРТ")).to_be_visible()


def open_page(page: Page, name: str) -> None:
    page.get_by_role("link", name="Все шаги").click()
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.wait_for_load_state()


def seen(page: Page, side: str, words: str) -> None:
    expect(page.locator(f"#seen-{side}")).to_contain_text(words, timeout=LOOKED)


def reload_until(page: Page, words: str) -> None:
    """What a person without scripts does: asks again."""
    shown = page.get_by_text(words).first
    for _ in range(LOOKED // 1000):
        if shown.is_visible():
            return
        page.wait_for_timeout(1000)
        page.get_by_role("link", name="Показать результат").first.click()
    expect(shown).to_be_visible()


def test_a_document_is_mended_read_and_taken_over(
    open_served: Opener, served: Served, cards: Pictures
) -> None:
    served.start_worker()
    page = open_served()
    sign_in(page, served)
    page.get_by_role("link", name="Личные данные").first.click()
    page.get_by_role("link", name="снять документ").click()
    steps.upload(page, "front", cards["front"])
    steps.upload(page, "back", cards["blurred"])
    seen(page, "back", "Держите телефон неподвижно")
    check_page(page)
    steps.upload(page, "back", cards["back"])
    seen(page, "back", "Документ прочитан")
    seen(page, "front", "Замечаний к снимку нет")
    panel = page.locator("#beside")
    expect(panel).to_contain_text("Номер документа: ID1234567")
    check_page(page)

    page.get_by_role("button", name="Заполнить из документа").click()
    expect(page.get_by_role("heading", name="Личные данные", level=1)).to_be_visible()
    expect(page.get_by_label("Женский")).to_be_checked()
    expect(page.get_by_label("День")).to_have_value("14")
    expect(page.get_by_label("Паспорт (ID-карта)")).to_be_checked()
    expect(page.get_by_label("ПИН")).to_have_value("11403201000123")
    expect(panel).to_contain_text("Ответы совпадают с документом")
    expect(panel).to_contain_text("Совпадает: фамилия, имя, пол")
    check_page(page)

    page.get_by_label("Номер документа").fill("ID1234576")
    page.get_by_label("ПИН").focus()
    expect(panel).to_contain_text("один знак не совпадает, похоже на опечатку")
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Адрес проживания")).to_be_visible()
    open_page(page, "Личные данные")
    expect(panel).to_contain_text("один знак не совпадает, похоже на опечатку")
    check_page(page)
    page.get_by_label("Год").fill("2009")
    page.get_by_role("button", name=re.compile("Взять из документа.*Номер")).click()
    expect(page.get_by_label("Номер документа")).to_have_value("ID1234567")
    expect(page.get_by_label("Год")).to_have_value("2009")
    expect(panel).to_contain_text("Проверьте дату рождения")
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Адрес проживания")).to_be_visible()


def test_without_scripts_one_asks_again_and_fills_all_the_same(
    open_served: Opener, served: Served, cards: Pictures
) -> None:
    served.start_worker()
    page = open_served(javascript=False)
    sign_in(page, served)
    page.get_by_role("link", name="Личные данные").first.click()
    page.get_by_label("Женский").check()
    page.get_by_role("button", name="Сохранить и выйти из формы").click()
    page.get_by_role("link", name="Фото документа и льгота").first.click()
    steps.upload(page, "front", cards["again"], javascript=False)
    steps.upload(page, "back", cards["back"], javascript=False)
    reload_until(page, "Замените один из снимков")
    expect(page.locator("#seen-front")).to_contain_text("Переверните документ")
    page.get_by_role("button", name="Заполнить из документа").click()
    expect(page.get_by_label("Номер документа")).to_have_value("ID1234567")
    expect(page.get_by_text("Заполнено из документа: дата рождения")).to_be_visible()


@pytest.mark.parametrize("size", ["phone"])
def test_the_form_goes_on_while_the_worker_is_away_and_the_answer_comes_later(
    open_served: Opener, served: Served, cards: Pictures
) -> None:
    served.stop_worker()
    page = open_served()
    sign_in(page, served)
    page.get_by_role("link", name="Фото документа и льгота").first.click()
    steps.upload(page, "front", cards["front"])
    steps.upload(page, "back", cards["other"])
    seen(page, "back", "Читаем снимок. Можно идти дальше")
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Фото лица", level=1)).to_be_visible()
    open_page(page, "Фото документа и льгота")
    seen(page, "back", "Снимок прочитаем позже. Можно идти дальше")
    check_page(page)

    served.start_worker()
    seen(page, "back", "Документ прочитан")
    expect(page.locator("#beside")).to_contain_text("Номер документа: ID7654321")


@pytest.mark.parametrize("size", ["phone"])
@pytest.mark.parametrize(
    ("language", "read", "fill", "differs"),
    [
        ("Кыргызча", "Документ окулду", "Документтен толтуруу", "Документтин номерин текшериңиз"),
        ("English", "The document was read", "Fill in from", "Check the document number"),
    ],
)
def test_it_speaks_the_language_of_the_page(
    open_served: Opener,
    served: Served,
    cards: Pictures,
    language: str,
    read: str,
    fill: str,
    differs: str,
) -> None:
    served.start_worker()
    page = open_served()
    sign_in(page, served)
    page.get_by_role("button", name=language).click()
    page.locator(".tl a").nth(3).click()
    steps_upload_in_any_language(page, "back", cards["back"])
    seen(page, "back", read)
    check_page(page)
    page.get_by_role("button", name=re.compile(fill)).click()
    expect(page.locator("#id_document_number")).to_have_value("ID1234567")
    page.locator("#id_document_number").fill("ID7777777")
    page.locator("#main .bottom .btn").first.click()
    page.wait_for_url("**/address/")
    page.go_back()
    expect(page.locator("#id_document_number")).to_be_visible()
    page.reload()
    expect(page.locator("#beside")).to_contain_text(differs)


def steps_upload_in_any_language(page: Page, key: str, picture: Path) -> None:
    page.locator(f"#tile-{key} input[type=file]").first.set_input_files(picture)
    expect(page.locator(f"#tile-{key} button[name=remove]")).to_be_visible()
