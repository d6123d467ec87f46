from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "hengliang.platform.verification"
    label = "verification"
