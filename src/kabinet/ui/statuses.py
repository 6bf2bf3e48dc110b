"""The one vocabulary of statuses: a code, its words, its shape, its colour."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import npgettext_lazy, pgettext_lazy


class Status(NamedTuple):
    """``word``: said of one thing; ``counted % {"number": n}``: said after n; ``look``: the CSS class."""

    word: str | Promise
    counted: str | Promise
    icon: str
    look: str


STATUSES = {
    "not_started": Status(
        pgettext_lazy("status", "Не начато"),
        npgettext_lazy("counted", "не начал", "не начали", "number"),
        "ring",
        "todo",
    ),
    "draft": Status(
        pgettext_lazy("status", "Заполняет"),
        npgettext_lazy("counted", "заполняет", "заполняют", "number"),
        "half",
        "draft",
    ),
    "awaiting_payment": Status(
        pgettext_lazy("status", "Ждёт оплату"),
        npgettext_lazy("counted", "ждёт оплату", "ждут оплату", "number"),
        "half",
        "draft",
    ),
    "in_review": Status(
        pgettext_lazy("status", "На проверке"),
        pgettext_lazy("counted", "на проверке"),
        "clock",
        "wait",
    ),
    "considered": Status(
        pgettext_lazy("status", "В рассмотрении"),
        pgettext_lazy("counted", "в рассмотрении"),
        "clock",
        "wait",
    ),
    "returned": Status(
        pgettext_lazy("status", "Вернули"),
        pgettext_lazy("counted", "вернули"),
        "error",
        "bad",
    ),
    "accepted": Status(
        pgettext_lazy("status", "Принято"),
        pgettext_lazy("counted", "принято"),
        "check",
        "ok",
    ),
    "done": Status(
        pgettext_lazy("status", "Готово"),
        pgettext_lazy("counted", "готово"),
        "check",
        "ok",
    ),
    "locked": Status(
        pgettext_lazy("status", "Позже"),
        pgettext_lazy("counted", "позже"),
        "lock",
        "lock",
    ),
    "not_admitted": Status(
        pgettext_lazy("status", "Не допущен"),
        npgettext_lazy("counted", "не допущен", "не допущены", "number"),
        "cross",
        "bad",
    ),
    "cancelled": Status(
        pgettext_lazy("status", "Отменено"),
        pgettext_lazy("counted", "отменено"),
        "cross",
        "todo",
    ),
}

# The order of colours in a bar: what is finished first, what has not begun last.
BAR_ORDER = (
    "done",
    "accepted",
    "in_review",
    "considered",
    "awaiting_payment",
    "draft",
    "returned",
    "not_admitted",
    "cancelled",
    "not_started",
    "locked",
)
