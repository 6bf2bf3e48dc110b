from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "kabinet.audit"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kabinet.audit import guard  # noqa: PLC0415  # models exist only once the apps are loaded

        post_migrate.connect(guard.after_migrate, sender=self)
