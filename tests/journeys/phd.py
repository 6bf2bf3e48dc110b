"""What people of the PhD cabinet do at its pages: in each of its languages, and without scripts too."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import Locator, Page, expect

from kabinet.notifications.tasks import sweep
from tests.journeys.conftest import check_page
from tests.journeys.steps import next_page
from tests.portfolio import post_office

PASSWORD = "горный ветер над озером"


@dataclass(frozen=True)
class PostOffice:
    """The letters that a real mail server has taken."""

    letters: list[EmailMessage]

    def newest(self, to: str) -> EmailMessage:
        """The last letter to the address, after all that waits in the outbox is delivered."""
        sweep.call_local()
        return [letter for letter in self.letters if letter["To"] == to][-1]


@dataclass(frozen=True)
class Visitor:
    """Somebody at a page. The words are those of the code, looked for in the visitor's language."""

    page: Page
    language: str = "ru"
    javascript: bool = True

    def say(self, words: str) -> str:
        with translation.override(self.language):
            return gettext(words)

    def title(self, of: object) -> str:
        """What a requirement or a type is called in the visitor's language."""
        with translation.override(self.language):
            return str(getattr(of, "title", None) or getattr(of, "name"))  # noqa: B009

    def looks_right(self) -> None:
        if self.javascript:
            check_page(self.page)

    def press(self, words: str, within: Locator | None = None) -> None:
        (within or self.page).get_by_role("button", name=self.say(words)).first.click()

    def follow(self, words: str, within: Locator | None = None) -> None:
        link = (within or self.page.locator("main")).get_by_role("link", name=self.say(words)).first
        with next_page(self.page):
            link.click()

    def go_to(self, tab: str) -> None:
        self.follow(tab, self.page.locator("nav.tabnav"))

    def write(self, label: str, words: str) -> None:
        self.page.get_by_label(self.say(label), exact=True).fill(words)

    def reads(self, words: str, at: Locator | None = None) -> None:
        expect(at or self.page.locator("body")).to_contain_text(self.say(words))

    def row(self, words: str, among: str = ".years") -> Locator:
        """The line of the plan (or of the drafts) with these words in it."""
        return self.page.locator(f"{among} li").filter(has_text=words).first

    def choose(self, form: Locator, files: Sequence[Path]) -> None:
        """Files into a form; who has no script sends them by its button."""
        form.locator("input[type=file]").last.set_input_files(files)
        if not self.javascript:
            form.get_by_role("button", name=self.say("Загрузить"), exact=True).click()

    def download(self, link: Locator) -> bytes:
        with self.page.expect_download() as waiting:
            link.click()
        return Path(waiting.value.path()).read_bytes()


def sign_in(visitor: Visitor, email: str) -> None:
    page = visitor.page
    page.goto("/sign-in/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    visitor.press("Войти", page.locator("#main"))
    expect(page.locator("details.who")).to_be_visible()


def sign_out(visitor: Visitor) -> None:
    menu = visitor.page.locator("details.who")
    menu.locator("summary").click()
    visitor.reads("Сменить адрес эл. почты", menu)
    visitor.press("Выйти", menu)
    expect(visitor.page.locator("#id_login")).to_be_visible()


def register(visitor: Visitor, post: PostOffice, *, given: str, surname: str, email: str) -> None:
    """From the door over the letter to the own password; once the code is typed wrongly."""
    page = visitor.page
    page.goto("/sign-in/")
    if visitor.language != "ru":
        page.locator(f"button[name=_language][value={visitor.language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", visitor.language)
    visitor.follow("Регистрация нового пользователя")
    visitor.looks_right()
    visitor.write("Имя", given)
    visitor.write("Фамилия", surname)
    visitor.write("Эл. почта", email)
    visitor.press("Регистрация нового пользователя")
    visitor.reads(email)
    code = post_office.code_in(post.newest(email))
    visitor.write("Код из письма", f"{(int(code) + 1) % 10**6:06}")
    visitor.press("Продолжить")
    visitor.reads(
        "Код не подходит или уже не действует. Возьмите код из последнего письма или запросите новый"
    )
    visitor.looks_right()
    visitor.write("Код из письма", f"{code[:3]} {code[3:]}")
    visitor.press("Продолжить")
    expect(page.locator("#id_password")).to_be_visible()
    visitor.looks_right()
    page.locator("#id_password").fill(PASSWORD)
    visitor.press("Сохранить пароль")
    expect(page.locator("details.who")).to_be_visible()


def import_roster(office: Visitor, roster: Path) -> None:
    """The office's list: judged first, then written."""
    office.go_to("Список зачисленных")
    office.page.locator("#file").set_input_files(roster)
    office.press("Проверить список")
    office.reads("Ошибок нет")
    office.press("Записать в список")
    office.reads("Список загружен")


def hand_in(student: Visitor, title: str, file: Path) -> None:
    """«Нажмите для загрузки отчета»: type and year are known, nothing else is asked."""
    place = student.row(title)
    student.reads("Нажмите для загрузки отчета", place)
    student.choose(place.locator("form.drop"), [file])
    student.reads("У руководителя", place)
    expect(place).to_contain_text(file.name)


def upload_freely(student: Visitor, files: Sequence[Path]) -> None:
    """Several files at once; none has a type, each is kept as a draft."""
    student.choose(student.page.locator("#drop-files"), files)
    for file in files:
        expect(student.row(file.name, "#drafts")).to_be_visible()


def describe(student: Visitor, file: str, kind: str, year: str) -> None:
    """«Тип отчета» and «учебный год» of a draft; with a script that saves it."""
    draft = student.row(file, "#drafts")
    draft.get_by_label(student.say("Тип отчета")).select_option(label=kind)
    draft.get_by_label(student.say("Учебный год")).select_option(label=year)
    if not student.javascript:
        student.press("Сохранить", draft)
    expect(student.row(file)).to_contain_text(kind)


def scan(student: Visitor, title: str, photos: Sequence[Path]) -> bytes:
    """Photos of pages, the second put before the first, as one PDF in its place; its bytes."""
    page = student.page
    student.press("Собрать PDF из фото", student.row(title))
    shots = page.locator(".shots li")
    for count, photo in enumerate(photos, start=1):
        student.choose(page.locator("#drop-photo"), [photo])
        expect(shots).to_have_count(count)
    first = shots.first.get_attribute("id")
    student.looks_right()
    student.press("Раньше", shots.last)
    expect(shots.last).to_have_attribute("id", first or "")
    student.press("Собрать PDF")
    student.reads("PDF собран и сохранён")
    student.row(title).locator(".fm a").click()
    made = student.download(page.locator("main a[download]").first)
    page.go_back()
    return made


def remove_and_bring_back(student: Visitor, words: str) -> None:
    """«Удалить» with its undo, and once more with the bin."""
    page = student.page
    student.press("Удалить", student.row(words))
    student.press("Отменить", page.locator(".toast"))
    student.reads("Документ снова на месте")
    student.press("Удалить", student.row(words))
    expect(page.locator(".toast")).to_be_visible()
    expect(student.row(words)).to_have_count(0)
    student.looks_right()
    student.follow("Корзина: удалённое за 30 дней")
    student.looks_right()
    student.press("Вернуть")
    expect(student.row(words)).to_be_visible()


def replace(student: Visitor, title: str, file: Path) -> None:
    """«Заменить файл» at the slot whose report came back."""
    place = student.row(title)
    expect(place.get_by_role("button", name=student.say("Удалить"))).to_be_visible()
    place.get_by_text(student.say("Заменить файл")).first.click()
    student.choose(place.locator("form.drop"), [file])
    student.reads("У руководителя", place)
    expect(place).to_contain_text(file.name)


def open_report(reader: Visitor, title: str) -> bytes:
    """A report that waits: its pages are looked at, its file is downloaded."""
    reader.follow(title)
    expect(reader.page.locator(".leaves img").first).to_be_visible()
    for leaf in reader.page.locator(".leaves img").all():
        shown = reader.page.request.get(leaf.get_attribute("src") or "")
        assert (shown.status, shown.headers["content-type"]) == (200, "image/jpeg")
    reader.looks_right()
    return reader.download(reader.page.locator("main a[download]").first)


def add_publication(student: Visitor, title: str, where: str, file: Path) -> None:
    student.go_to("Портфолио")
    student.follow("Добавить")
    student.write("Название", title)
    student.write("Где опубликовано", where)
    student.page.locator("#file").set_input_files(file)
    student.press("Сохранить")
    student.reads(title)
