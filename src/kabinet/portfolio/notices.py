"""What students and supervisors are told when something happened to a report."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kabinet.notifications.actions import notify
from kabinet.notifications.kinds import Kind
from kabinet.people.models import Person
from kabinet.portfolio.models import Remark, Report, Version

KINDS = {
    "report.submitted": Kind(
        subject=_("%(student)s: %(title)s"),
        text=_(
            "%(student)s загрузил(а) документ «%(title)s» за %(year)s. "
            "Прочитайте его и согласуйте или верните с замечанием."
        ),
    ),
    "report.approved": Kind(
        subject=_("Руководитель согласовал: %(title)s"),
        text=_("Документ «%(title)s» за %(year)s теперь у отдела аспирантуры."),
    ),
    "report.accepted": Kind(
        subject=_("Принято: %(title)s"),
        text=_("Отдел аспирантуры принял документ «%(title)s» за %(year)s."),
    ),
    "report.returned": Kind(
        subject=_("Исправьте: %(title)s"),
        text=_("%(author)s: %(remark)s. Замените файл документа «%(title)s» за %(year)s."),
    ),
    "registration.approved": Kind(
        subject=_("Вас приняли в кабинет аспиранта"),
        text=_("Отдел аспирантуры нашёл вас в списке зачисленных. Откройте учебный план: %(link)s"),
    ),
    "registration.refused": Kind(
        subject=_("Регистрация отклонена"),
        text=_(
            "Отдел аспирантуры отклонил регистрацию: %(reason)s. "
            "Если это ошибка, обратитесь в отдел."
        ),
    ),
    "report.withdrawn": Kind(
        subject=_("%(student)s: отозван документ «%(title)s»"),
        text=_("%(student)s отозвал(а) принятый документ «%(title)s» за %(year)s."),
    ),
}


def tell_supervisor(kind: str, *, supervisor: Person | None, report: Report, of: object) -> None:
    """``of`` is what it happened to (a version, a decision): told once for each."""
    if supervisor:
        _tell(supervisor, kind, report, of)


def tell_student(kind: str, *, report: Report, of: object, remark: Remark | None = None) -> None:
    told = (
        {"author": remark.author.short_name, "remark": remark.text.rstrip(". ")} if remark else {}
    )
    _tell(report.enrolment.person, kind, report, of, **told)


def _tell(to: Person, kind: str, report: Report, of: object, **more: str) -> None:
    with override(to.language or "ru"):  # the title as its reader knows it, not as who acted does
        params = {
            "student": report.enrolment.person.short_name,
            "title": report.title,
            "year": str(report.academic_year),
            **more,
        }
    link = reverse("portfolio:report", args=[report.pk])
    notify(to=to, kind=kind, ref=f"{kind}:{_key(of)}", params=params, link=link)


def _key(of: object) -> str:
    return str(of.pk) if isinstance(of, Version | Remark) else str(of)
