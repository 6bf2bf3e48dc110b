"""What people do in a journey, in their words; each step ends on the page it leads to."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from kabinet.site.demo import drawings

OWN = "снежные-вершины-27"
TEN_DIGITS = re.compile(r"\d{4} \d{4} \d{2}")


def drawn_pictures(folder: Path) -> dict[str, Path]:
    """A drawn card from both sides, a proof and a portrait, as files on the disk."""
    draw = random.Random(7)
    names = ("Мамытова", "Гүлзада", "Азаматовна")
    card = {"names": names, "number": "ID7654321", "pin": "10705200954321"}
    born = date(2009, 5, 7)
    pictures = {
        "front": drawings.identity_card(draw, **card, born=born, back=False),
        "back": drawings.identity_card(draw, **card, born=born, back=True),
        "proof": drawings.proof(draw, title="О статусе сироты", names=names),
        "face": drawings.portrait(draw, female=True),
    }
    for name, picture in pictures.items():
        (folder / f"{name}.jpg").write_bytes(picture)
    return {name: folder / f"{name}.jpg" for name in pictures}


@contextmanager
def next_page(page: Page) -> Iterator[None]:
    """What is done inside leads to another page, which is there afterwards.

    ``expect_navigation`` will not do: a script that rewrites the history of the page counts as one.
    """
    page.wait_for_load_state()
    with page.expect_event("domcontentloaded"):
        yield


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Номер телефона").fill(login)
    page.get_by_label("Пароль", exact=True).fill(password)
    with next_page(page):
        page.get_by_label("Пароль", exact=True).press("Enter")  # as most people do


def sign_in_first(page: Page, login: str, password: str) -> None:
    """With the first password, then an own one."""
    sign_in(page, login, password)
    expect(page.get_by_role("heading", name="Придумайте пароль")).to_be_visible()
    page.locator("#id_password").fill(OWN)
    with next_page(page):
        page.get_by_role("button", name="Сохранить пароль").click()


def first_password(page: Page) -> str:
    text = page.get_by_text(TEN_DIGITS).first.inner_text()
    found = TEN_DIGITS.search(text.replace("\xa0", " "))
    assert found, text
    return found[0]


def fill_personal(page: Page) -> None:
    page.get_by_label("Женский").check()
    page.get_by_label("День").fill("7")
    page.get_by_label("Месяц").fill("5")
    page.get_by_label("Год").fill("2009")
    page.get_by_label("Паспорт (ID-карта)").check()
    page.get_by_label("Номер документа").fill("id 765 43 21")
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Адрес проживания")).to_be_visible()


def fill_address(page: Page) -> None:
    page.get_by_label("Область или город").select_option("issyk-kul")
    page.get_by_label("Район").select_option("jeti-oguz")
    page.get_by_label("Город или село", exact=True).fill("Кызыл-Суу")
    page.get_by_label("Улица, дом, квартира").fill("ул. Манаса, 12")
    page.get_by_label("Дополнительный номер телефона").fill("0700 12 34 56")
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Предметы и язык теста")).to_be_visible()


def fill_subjects(page: Page) -> None:
    page.get_by_label("Химия").check()
    page.get_by_label("Биология").check()
    page.get_by_label("Кыргызский", exact=True).check()
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Фото документа и льгота", level=1)).to_be_visible()


def upload(page: Page, key: str, picture: Path, *, javascript: bool = True) -> None:
    """One file into one tile; it is acknowledged when it can be deleted again."""
    tile = page.locator(f"#tile-{key}")
    tile.locator("input[type=file]").first.set_input_files(picture)
    if not javascript:
        tile.get_by_role("button", name="Загрузить").click()
    expect(page.locator(f"#tile-{key}").get_by_role("button", name="Удалить")).to_be_visible()


def fill_documents(
    page: Page, pictures: dict[str, Path], *, javascript: bool = True, benefit: str = ""
) -> None:
    upload(page, "front", pictures["front"], javascript=javascript)
    upload(page, "back", pictures["back"], javascript=javascript)
    if benefit:
        page.get_by_role("switch", name="Я льготник").click()
        page.get_by_role("button", name="Следующий шаг").click()
        expect(page.locator(".esum")).to_contain_text("выключите «Я льготник»")
        upload(page, f"benefit-{benefit}", pictures["proof"], javascript=javascript)
    page.get_by_role("button", name="Следующий шаг").click()
    expect(page.get_by_role("heading", name="Фото лица", level=1)).to_be_visible()


def fill_face(page: Page, pictures: dict[str, Path], *, javascript: bool = True) -> None:
    upload(page, "face", pictures["face"], javascript=javascript)
    page.get_by_label("не раньше 6 месяцев назад").check()
    page.get_by_role("button", name="Продолжить").click()
    expect(page.get_by_role("heading", name="Проверить и завершить")).to_be_visible()


def finish(page: Page) -> None:
    expect(page.locator("main")).to_contain_text("1 410 сом")
    page.get_by_role("button", name="Нажмите для завершения").click()
    expect(page.get_by_role("heading", name="Бланк завершён")).to_be_visible()
    expect(page.locator("main")).to_contain_text("ул. Манаса, 12")


def add_receipt(page: Page, number: str) -> None:
    page.get_by_role("link", name="Добавить квитанцию", exact=True).click()
    page.get_by_label("Номер квитанции").fill(number)
    page.get_by_role("button", name="Добавить", exact=True).click()
    expect(page.get_by_text("В рассмотрении").first).to_be_visible()


def pay_and_correct(page: Page) -> None:
    """A wrong receipt number, taken back, and the right one (S31–S34)."""
    page.get_by_role("link", name="Оплаты").first.click()
    expect(page.get_by_role("heading", name="Добавить квитанцию об оплате")).to_be_visible()
    add_receipt(page, "4410-228")
    page.get_by_role("link", name="Отменить оплату").click()
    page.get_by_role("button", name="Отменить оплату").click()
    expect(page.get_by_text("Отменена")).to_be_visible()
    add_receipt(page, "4410-229")
