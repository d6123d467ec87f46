from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "hengliang.platform.standards"
    label = "standards"
