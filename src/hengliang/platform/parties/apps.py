from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "hengliang.platform.parties"
    label = "parties"
