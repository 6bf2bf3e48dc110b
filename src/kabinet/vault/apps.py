from django.apps import AppConfig

from kabinet.ui import sentences
from kabinet.vault import rotation
from kabinet.vault.sentences import SENTENCES


class VaultConfig(AppConfig):
    name = "kabinet.vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        sentences.register(SENTENCES)
        rotation.register("vault.DocumentKey", "sealed", lambda row: row.context)
