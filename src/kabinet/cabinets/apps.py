from django.apps import AppConfig


class CabinetsConfig(AppConfig):
    name = "kabinet.cabinets"
    default_auto_field = "django.db.models.BigAutoField"
