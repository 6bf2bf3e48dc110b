from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kabinet.audit import verbs


class PaymentsConfig(AppConfig):
    name = "kabinet.payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        verbs.register(
            {
                "charge.set": _("посчитана сумма к оплате"),
                "receipt.added": _("добавлена квитанция об оплате"),
                "receipt.cancelled": _("отменена оплата"),
            }
        )
