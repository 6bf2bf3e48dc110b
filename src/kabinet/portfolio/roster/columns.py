"""The columns of the list, and how their headings are recognised in the three languages."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kabinet.core import names


@dataclass(frozen=True)
class RosterColumn:
    """``words``: beginnings of headings; the longest that fits wins."""

    key: str
    title: Promise | str
    words: tuple[str, ...]
    required: bool = True
    width: int = 18


COLUMNS: tuple[RosterColumn, ...] = (
    RosterColumn("surname", _("Фамилия"), ("фамилия", "фамилиясы", "surname", "last name")),
    RosterColumn("given_name", _("Имя"), ("имя", "аты", "ысымы", "given name", "first name")),
    RosterColumn(
        "patronymic", _("Отчество"), ("отчество", "атасынын аты", "patronymic", "middle"), False
    ),
    RosterColumn(
        "email", _("Эл. почта"), ("эл. почта", "электрон", "почта", "e-mail", "email"), width=28
    ),
    RosterColumn("department", _("Кафедра"), ("кафедра", "department", "chair"), width=30),
    RosterColumn(
        "speciality",
        _("Специальность"),
        ("специальность", "шифр", "адистик", "speciality", "specialty"),
        width=30,
    ),
    RosterColumn(
        "study_form", _("Форма обучения"), ("форма", "окуу формасы", "study form", "form")
    ),
    RosterColumn("year_of_study", _("Курс"), ("курс", "год обучения", "year", "course"), width=8),
    RosterColumn("topic", _("Тема"), ("тема", "topic", "thesis"), False, 40),
    RosterColumn(
        "supervisor_name",
        _("Руководитель"),
        ("руководитель", "научный руководитель", "жетекчи", "илимий жетекчи", "supervisor"),
        False,
        30,
    ),
    RosterColumn(
        "supervisor_email",
        _("Эл. почта руководителя"),
        (
            "эл. почта руководителя",
            "почта руководителя",
            "e-mail руководителя",
            "жетекчинин эл. почтасы",
            "supervisor e-mail",
            "supervisor email",
            "supervisor's e-mail",
        ),
        False,
        28,
    ),
    RosterColumn("order_number", _("Приказ №"), ("приказ", "номер приказа", "буйрук", "order")),
    RosterColumn(
        "order_date", _("Дата приказа"), ("дата приказа", "буйруктун күнү", "order date"), False
    ),
    RosterColumn("since", _("Зачислен с"), ("зачислен", "дата зачисления", "кабыл", "enrolled")),
)
BY_KEY = {column.key: column for column in COLUMNS}


def guessed(headings: Sequence[str]) -> dict[str, int]:
    """Column key → place in the sheet. Of two headings that fit a column the first counts."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        key = _meant(heading)
        if key:
            found.setdefault(key, place)
    return found


def missing(found: dict[str, int]) -> list[RosterColumn]:
    return [column for column in COLUMNS if column.required and column.key not in found]


def _meant(heading: str) -> str:
    text = names.search_key(heading)
    fits = [
        (len(words), column.key)
        for column in COLUMNS
        for words in map(names.search_key, column.words)
        if text == words or text.startswith(f"{words} ")
    ]
    return max(fits)[1] if fits else ""
