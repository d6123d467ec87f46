from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "hengliang.platform.registry"
    label = "registry"
