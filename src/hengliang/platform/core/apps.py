from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hengliang.platform.core"
    label = "core"
