from django.apps import AppConfig

from kabinet.ui import core_sentences


class UiConfig(AppConfig):
    name = "kabinet.ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        core_sentences.register_all()
