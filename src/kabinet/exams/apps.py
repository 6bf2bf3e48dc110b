from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.translation import gettext_lazy as _

from kabinet.audit import verbs


class ExamsConfig(AppConfig):
    name = "kabinet.exams"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Регистрация на тест")

    def ready(self) -> None:
        # Models, and what imports them, exist only once the apps are loaded.
        from kabinet.exams import actions, charges, models, offer  # noqa: PLC0415
        from kabinet.payments import subjects  # noqa: PLC0415
        from kabinet.payments.signals import charge_changed  # noqa: PLC0415

        verbs.register(
            {
                "form.page_saved": _("сохранена страница бланка"),
                "form.completed": _("бланк завершён"),
                "form.page_reopened": _("страница бланка открыта для исправления"),
                "form.corrected": _("бланк исправлен"),
                "form.downloaded": _("бланк скачан в PDF"),
                "paper.added": _("добавлен документ"),
                "paper.removed": _("документ удалён"),
                "paper.restored": _("удалённый документ возвращён"),
                "paper.viewed": _("документ открыт для просмотра"),
                "paper.destroyed": _("удалённый документ уничтожен"),
                "paper.found_broken": _("документ в хранилище повреждён"),
                "campaign.added": _("добавлена кампания"),
                "campaign.changed": _("изменена кампания"),
                "territory.added": _("добавлено место в список адресов"),
                "territory.changed": _("изменено место в списке адресов"),
                "territory.deleted": _("удалено место из списка адресов"),
            }
        )
        charge_changed.connect(actions.payment_changed)
        subjects.register(
            models.Application._meta.label_lower,
            title=charges.title,
            back=charges.back,
            where=charges.where_to_pay,
        )
        for model in (
            models.Subject,
            models.TestLanguage,
            models.DocumentKind,
            models.Benefit,
            models.Territory,
        ):
            post_save.connect(offer.renew_edition, sender=model)
            post_delete.connect(offer.renew_edition, sender=model)
        m2m_changed.connect(offer.renew_edition, sender=models.Subject.languages.through)
