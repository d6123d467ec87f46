from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hengliang.platform.site"
    label = "site"
