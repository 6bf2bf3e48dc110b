"""The task list of a form: its pages, the check, the payment; and the one thing to do next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from kabinet.core.money import show_som
from kabinet.exams import access, pages, queries
from kabinet.exams.models import Application
from kabinet.payments.models import Charge

Payment = Application.Payment


@dataclass(frozen=True)
class Step:
    """``status``: a code of the vocabulary; ``word`` overrides it; no ``url``: not open yet."""

    number: int
    title: str | Promise
    status: str
    url: str = ""
    reason: str = ""
    word: str = ""

    @property
    def is_done(self) -> bool:
        return self.status == "done"


@dataclass(frozen=True)
class Next:
    """The panel «Дальше»: what to do, why, and the button; no ``url`` where one only waits."""

    title: str | Promise
    why: str
    button: str = ""
    url: str = ""
    icon: str = ""


def steps(application: Application, charge: Charge | None) -> list[Step]:
    reopened = access.reopened_pages(application)
    listed = [
        Step(place, page.title, _page_status(application, page, reopened), page.url(application))
        for place, page in enumerate(pages.PAGES, start=1)
    ]
    return [
        *listed,
        _check_step(application, len(listed) + 1),
        _payment_step(application, charge, len(listed) + 2),
    ]


def next_step(application: Application, charge: Charge | None, listed: list[Step]) -> Next | None:
    """None where the campaign is closed and nothing is owed."""
    if application.is_completed:
        return _next_after_completion(application, charge, listed)
    if access.is_closed(application.campaign):
        return None
    undone = next((step for step in listed if not step.is_done), None)
    if undone is None or not undone.url:
        return None
    if undone.number > len(pages.PAGES):
        return _next_check(application)
    begun = undone.status == "draft"
    return Next(
        undone.title,
        _("Эта страница заполнена не до конца") if begun else _minutes(undone.number),
        _("Продолжить") if begun else _("Заполнить"),
        undone.url,
        "edit",
    )


def change_url(application: Application, page: pages.Page) -> str:
    """Where «Изменить» leads: to the page, after completion first to the reason; nowhere once closed."""
    if access.is_closed(application.campaign):
        return ""
    if application.is_completed and page.slug not in access.reopened_pages(application):
        return reverse("exams:reopen", args=[application.pk, page.slug])
    return page.url(application)


def _page_status(application: Application, page: pages.Page, reopened: frozenset[str]) -> str:
    if page.slug in reopened:
        return "draft"
    if page.slug in application.pages_right:
        return "done"
    return "draft" if page.row(application).version else "not_started"


def _check_step(application: Application, number: int) -> Step:
    title = _("Проверить и завершить")
    if application.is_completed:
        return Step(number, title, "done", reverse("exams:done", args=[application.pk]))
    if len(application.pages_right) < len(pages.PAGES):
        return Step(number, title, "locked", reason=_("Откроется, когда все страницы будут готовы"))
    return Step(number, title, "not_started", reverse("exams:check", args=[application.pk]))


def _payment_step(application: Application, charge: Charge | None, number: int) -> Step:
    amount = charge.amount if charge else queries.amount_of(application)
    title = _("Оплата, %(sum)s") % {"sum": show_som(amount, unit=_("сом"))}
    if charge is None:
        return Step(number, title, "locked", reason=_("Откроется, когда вы завершите бланк"))
    status, word = {
        Payment.NONE: ("awaiting_payment", ""),
        Payment.IN_REVIEW: ("considered", ""),
        Payment.REJECTED: ("returned", _("Отклонена")),
        Payment.SETTLED: ("done", _("Оплачено")),
    }[Payment(application.payment)]
    return Step(number, title, status, _payments_url(charge), word=word)


def _next_check(application: Application) -> Next:
    return Next(
        _("Проверьте ответы и завершите бланк"),
        _("Пока бланк не завершён, он не отправлен"),
        _("Проверить"),
        reverse("exams:check", args=[application.pk]),
        "check",
    )


def _next_after_completion(
    application: Application, charge: Charge | None, listed: list[Step]
) -> Next | None:
    reopened = next((step for step in listed if step.status == "draft"), None)
    if reopened:
        return Next(
            reopened.title,
            _("Вы открыли эту страницу, чтобы исправить её"),
            _("Исправить"),
            reopened.url,
            "edit",
        )
    if charge is None or application.payment == Payment.SETTLED:
        return Next(_("Всё готово"), _("Бланк принят, участие оплачено"))
    if application.payment == Payment.IN_REVIEW:
        return Next(_("Ждём проверки квитанции"), _("Делать ничего не нужно: ответ появится здесь"))
    rejected = application.payment == Payment.REJECTED
    return Next(
        _("Оплатите участие и добавьте квитанцию"),
        _("Прежнюю квитанцию отклонили") if rejected else _("Без оплаты не допускают к тесту"),
        _("Оплаты"),
        _payments_url(charge),
        "receipt",
    )


def _payments_url(charge: Charge) -> str:
    return reverse("payments:charge", args=[charge.pk])


def _minutes(number: int) -> str:
    return _("Это займёт около двух минут") if number == 1 else _("Ответы сохраняются сами")
