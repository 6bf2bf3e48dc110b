from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "kabinet.site"
    label = "house"
