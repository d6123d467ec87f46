from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "hengliang.platform.certificates"
    label = "certificates"

    def ready(self) -> None:
        from hengliang.platform.certificates.rights import RIGHTS
        from hengliang.platform.core.rights import register_rights

        register_rights(RIGHTS)
