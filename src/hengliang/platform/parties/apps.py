from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "hengliang.platform.parties"
    label = "parties"

    def ready(self) -> None:
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.parties.rights import RIGHTS

        register_rights(RIGHTS)
