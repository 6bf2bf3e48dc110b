"""«Что дальше»: one plain sentence for a line of the school's list."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kabinet.core.money import show_som
from kabinet.exams import pages
from kabinet.exams.models import Application
from kabinet.people import first_passwords
from kabinet.people.models import Person
from kabinet.ui.templatetags.kabinet import daymonth


@dataclass(frozen=True)
class NextStep:
    """``lead`` is said louder: what has to be mended."""

    text: str
    lead: str = ""


def next_step(row: Application, *, just_opened: bool = False, is_open: bool = True) -> NextStep:
    """``row`` carries the annotations of ``queries.graduates.detailed``; ``is_open``: the campaign."""
    if just_opened:
        return NextStep(_("Доступ создан только что"))
    if row.is_completed:
        return _after_completion(row)
    if not is_open:
        return NextStep(_("Не завершён, регистрация закрыта"))
    return _before_completion(row)


def _before_completion(row: Application) -> NextStep:
    if row.state == Application.State.NOT_STARTED and not _ever_came(row.applicant):
        return _never_came(row)
    missing = [page for page in pages.PAGES if page.slug not in row.pages_right]
    if not missing:
        return NextStep(_("Дальше: проверить и завершить"))
    return NextStep(_("Дальше: %(page)s") % {"page": _small(str(missing[0].title))})


def _ever_came(person: Person) -> bool:
    return person.has_own_password or person.last_login is not None


def _never_came(row: Application) -> NextStep:
    if not first_passwords.is_usable(first_passwords.of(row.applicant)):
        return NextStep(_("нажмите «Изменить пароль»"), lead=_("Первый пароль истёк:"))
    return NextStep(_("Доступ выдан %(day)s, входа ещё не было") % {"day": daymonth(row.opened_at)})


def _after_completion(row: Application) -> NextStep:
    reopened = pages.BY_SLUG.get(row.reopened_page or "")  # type: ignore[attr-defined]
    if reopened:
        return NextStep(_small(str(reopened.title)), lead=_("Исправить страницу:"))
    return _PAYMENT[Application.Payment(row.payment)](row)


def _nothing_paid(row: Application) -> NextStep:
    amount = row.charge_amount  # type: ignore[attr-defined]
    if amount is None:
        return NextStep(_("Добавить квитанцию об оплате"))
    return NextStep(_("Добавить квитанцию, %(sum)s") % {"sum": show_som(amount, unit=_("сом"))})


def _paid(row: Application) -> NextStep:
    added = row.receipt_added_at or timezone.now()  # type: ignore[attr-defined]
    return NextStep(_("Квитанция на проверке с %(day)s") % {"day": daymonth(added)})


def _payment_refused(row: Application) -> NextStep:
    reason = row.receipt_reason or _("квитанцию отклонили")  # type: ignore[attr-defined]
    return NextStep(_small(reason), lead=_("Исправить оплату:"))


def _settled(row: Application) -> NextStep:
    decided = row.receipt_decided_at  # type: ignore[attr-defined]
    if decided is None:
        return NextStep(_("Оплата подтверждена"))
    return NextStep(_("Оплата подтверждена %(day)s") % {"day": daymonth(decided)})


_PAYMENT = {
    Application.Payment.NONE: _nothing_paid,
    Application.Payment.IN_REVIEW: _paid,
    Application.Payment.REJECTED: _payment_refused,
    Application.Payment.SETTLED: _settled,
}


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
