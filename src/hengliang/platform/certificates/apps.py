from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "hengliang.platform.certificates"
    label = "certificates"
