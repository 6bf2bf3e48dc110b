"""Drawn reports: a PDF as a student would save it, and a page as a phone would photograph it."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import typst
from django.contrib.staticfiles import finders
from PIL import Image

from kabinet.site.demo.drawings import jpeg

_TEMPLATE = Path(__file__).with_name("report.typ")
_TABLES = ("#8a7460", "#6f7c80", "#97856b")

SECTIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    "plan": (
        (
            "Научная работа",
            "Обзор литературы по теме, постановка задачи, первая модель и её проверка на данных "
            "прошлых лет. Результат: глава 1 и одна статья.",
        ),
        (
            "Дисциплины и экзамены",
            "История и философия науки, иностранный язык; кандидатские экзамены в июне.",
        ),
        ("Публикации и выступления", "Доклад на конференции молодых учёных, статья в сборнике."),
    ),
    "research": (
        (
            "Что было запланировано",
            "Собрать данные наблюдений, выбрать способ обработки, сравнить его с известными.",
        ),
        (
            "Что сделано",
            "Данные собраны и приведены к одному виду. Предложен порядок обработки, который "
            "требует вдвое меньше измерений. Проверен на 40 примерах.",
        ),
        (
            "План на следующее полугодие",
            "Описать результат в статье, подготовить программу для ЭВМ, начать главу 2.",
        ),
    ),
    "practice": (
        ("Задачи практики", "Познакомиться с работой отдела и применить метод к его данным."),
        ("Что сделано", "Собраны и проверены данные за два года, составлен отчёт для отдела."),
        ("Отзыв руководителя практики", "Практика пройдена полностью, задачи решены."),
    ),
    "exam": (
        ("Предмет", "История и философия науки."),
        ("Решение комиссии", "Ответы полные и правильные. Оценка: отлично."),
    ),
}
"""Type of document → sections with a title and a text; «teaching» is a practice too."""


@dataclass(frozen=True)
class Page:
    """What stands on the page; ``code`` is the type of document, ``note`` what is new in it."""

    code: str
    title: str
    year: str
    student: str
    topic: str
    supervisor: str = ""
    note: str = ""

    def as_data(self) -> dict[str, Any]:
        sections = [*SECTIONS["practice" if self.code == "teaching" else self.code]]
        if self.note:
            sections.append(("Исправлено", self.note))
        return {**asdict(self), "sections": sections}


def pdf(page: Page) -> bytes:
    """One sheet of A4."""
    return _drawn(page, "pdf")


def photo(page: Page, draw: random.Random) -> bytes:
    """The sheet lying on a table, a little askew, JPEG."""
    with Image.open(BytesIO(_drawn(page, "png"))) as picture:
        sheet = picture.convert("RGB")
    colour = draw.choice(_TABLES)
    table = Image.new("RGB", (sheet.width + 160, sheet.height + 160), colour)
    table.paste(sheet, (80 + draw.randint(-30, 30), 80 + draw.randint(-30, 30)))
    return jpeg(table.rotate(draw.uniform(-2, 2), fillcolor=colour))


def _drawn(page: Page, form: Literal["pdf", "png"]) -> bytes:
    made: bytes = typst.compile(
        _TEMPLATE,
        font_paths=_font_folders(),
        ignore_system_fonts=True,
        format=form,
        ppi=96,
        sys_inputs={"data": json.dumps(page.as_data(), ensure_ascii=False)},
    )
    return made


def _font_folders() -> list[Path]:
    """Where ``make assets`` laid the house's type; without it typst's own fonts serve."""
    folder = finders.find("ui/vendor")
    return [Path(folder)] if folder else []
