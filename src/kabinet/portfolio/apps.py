from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kabinet.audit import verbs
from kabinet.notifications import kinds


class PortfolioConfig(AppConfig):
    name = "kabinet.portfolio"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Аспирантура")

    def ready(self) -> None:
        # Models, and what imports them, exist only once the apps are loaded.
        from kabinet.portfolio import notices  # noqa: PLC0415

        kinds.register(notices.KINDS)
        verbs.register(
            {
                "registration.approved": _("принял(а) регистрацию"),
                "registration.refused": _("отклонил(а) регистрацию"),
                "enrolment.began": _("зачислен(а) по приказу"),
                "enrolment.changed": _("внёс (внесла) приказ"),
                "supervisor.linked": _("связал(а) приказ с кабинетом руководителя"),
                "roster.imported": _("загрузил(а) список зачисленных"),
                "student.looked_up": _("открыл(а) портфолио"),
                "student.downloaded": _("скачал(а) портфолио"),
                "story.added": _("добавил(а) запись в портфолио"),
                "story.changed": _("изменил(а) запись в портфолио"),
                "story.removed": _("удалил(а) запись из портфолио"),
                "story.restored": _("вернул(а) запись из корзины"),
                "story.destroyed": _("запись из корзины уничтожена"),
                "report.described": _("сохранил(а) файл как черновик"),
                "report.submitted": _("сдал(а) документ"),
                "report.replaced": _("заменил(а) файл документа"),
                "report.approved": _("согласовал(а) документ"),
                "report.accepted": _("принял(а) документ"),
                "report.returned": _("вернул(а) документ с замечанием"),
                "report.withdrawn": _("отозвал(а) принятый документ"),
                "report.removed": _("удалил(а) документ"),
                "report.restored": _("вернул(а) документ из корзины"),
                "report.destroyed": _("документ из корзины уничтожен"),
                "report.viewed": _("открыл(а) документ"),
                "report.found_broken": _("файл документа повреждён"),
                "scan.begun": _("начал(а) собирать PDF из фото"),
                "scan.photo_added": _("добавил(а) фото страницы"),
                "scan.photo_removed": _("убрал(а) фото страницы"),
                "scan.ordered": _("переставил(а) фото страниц"),
                "scan.discarded": _("отказался(лась) собирать PDF"),
                "list.added": _("добавил(а) строку в список отдела"),
                "list.changed": _("изменил(а) строку списка отдела"),
                "list.closed": _("закрыл(а) строку списка отдела"),
                "list.reopened": _("снова открыл(а) строку списка отдела"),
                "deadline.moved": _("перенёс (перенесла) срок документа"),
                "template.added": _("добавил(а) шаблон документа"),
                "template.withdrawn": _("убрал(а) шаблон документа"),
                "template.filled": _("скачал(а) заполненный шаблон"),
            }
        )
