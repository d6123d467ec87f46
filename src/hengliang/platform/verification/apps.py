from django.apps import AppConfig


class VerificationConfig(AppConfig):
    name = "hengliang.platform.verification"
    label = "verification"

    def ready(self) -> None:
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.verification.rights import RIGHTS

        register_rights(RIGHTS)
