from django.apps import AppConfig


class StandardsConfig(AppConfig):
    name = "hengliang.platform.standards"
    label = "standards"

    def ready(self) -> None:
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.standards.rights import RIGHTS

        register_rights(RIGHTS)
