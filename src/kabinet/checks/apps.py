from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kabinet.audit import verbs


class ChecksConfig(AppConfig):
    name = "kabinet.checks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Проверка снимков")

    def ready(self) -> None:
        verbs.register({"check.kept": _("оставил(а) снимок для проверки сотрудником")})
