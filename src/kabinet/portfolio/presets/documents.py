"""The shipped templates: individual plan, half-year research report, practice report.

They are built by code, so that everybody can read and change what is in them.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

Rows = Sequence[tuple[str, str]]

STUDENT: Rows = (
    ("Аспирант", "{{ name }}"),
    ("Специальность", "{{ speciality }}"),
    ("Кафедра", "{{ department }}"),
    ("Форма обучения, курс", "{{ study_form }}, {{ course }}-й курс"),
    ("Научный руководитель", "{{ supervisor }}"),
    ("Тема", "{{ topic }}"),
)


def individual_plan() -> bytes:
    page = _begun("Индивидуальный план на {{ year }} учебный год")
    _section(page, "1. Научная работа")
    _table(page, ("Что сделать", "Срок", "Что будет результатом"), rows=5)
    _section(page, "2. Учебные дисциплины и кандидатские экзамены")
    _table(page, ("Дисциплина", "Срок", "Оценка"), rows=4)
    _section(page, "3. Публикации и выступления")
    _table(page, ("Название", "Где", "Срок"), rows=3)
    _section(page, "4. Практика")
    _table(page, ("Место", "Срок", "Содержание"), rows=2)
    return _signed(page)


def research_report() -> bytes:
    page = _begun("Отчёт о выполнении научных исследований, {{ year }} учебный год")
    for title in (
        "1. Что было запланировано на полугодие",
        "2. Что сделано и какие получены результаты",
        "3. Что не выполнено и почему",
        "4. План на следующее полугодие",
    ):
        _section(page, title)
        _lines(page, 5)
    _section(page, "5. Публикации и выступления за полугодие")
    _table(page, ("Название", "Где и когда", "Соавторы"), rows=3)
    return _signed(page)


def practice_report() -> bytes:
    page = _begun("Отчёт о практике, {{ year }} учебный год")
    _facts(page, (("Место практики", ""), ("Сроки", ""), ("Руководитель практики", "")))
    for title in ("1. Задачи практики", "2. Что сделано", "3. Чему научила практика"):
        _section(page, title)
        _lines(page, 6)
    _section(page, "4. Отзыв руководителя практики")
    _lines(page, 5)
    return _signed(page)


def _begun(title: str) -> Docx:
    page = Document()
    page.core_properties.author = "Kabinet"
    page.core_properties.title = ""
    # The same bytes at every call: a template is a version only when it differs.
    page.core_properties.created = page.core_properties.modified = datetime(2026, 9, 1, tzinfo=UTC)
    style = page.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    for section in page.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        section.top_margin = section.bottom_margin = Cm(2)
        section.footer.paragraphs[0].text = "{{ short_name }}, {{ year }}"
    _centred(page, "{{ university }}")
    _centred(page, title, bold=True)
    _facts(page, STUDENT)
    return page


def _centred(page: Docx, text: str, *, bold: bool = False) -> None:
    line = page.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.add_run(text).bold = bold


def _facts(page: Docx, rows: Rows) -> None:
    table = page.add_table(rows=0, cols=2)
    for label, value in rows:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = label, value or "_" * 40
        cells[0].width, cells[1].width = Cm(5), Cm(11.5)


def _section(page: Docx, title: str) -> None:
    line = page.add_paragraph()
    line.paragraph_format.space_before = Pt(12)
    line.paragraph_format.keep_with_next = True
    line.add_run(title).bold = True


def _table(page: Docx, heads: Sequence[str], *, rows: int) -> None:
    table = page.add_table(rows=rows + 1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head


def _lines(page: Docx, count: int) -> None:
    for _number in range(count):
        page.add_paragraph("_" * 76)


def _signed(page: Docx) -> bytes:
    _section(page, "Подписи")
    _facts(
        page,
        (
            ("Аспирант", "____________ / {{ short_name }} /"),
            ("Научный руководитель", "____________ / {{ supervisor }} /"),
            ("Заведующий кафедрой", "____________ / ____________ /"),
            ("Дата", "{{ today }}"),
        ),
    )
    out = BytesIO()
    page.save(out)
    return out.getvalue()
