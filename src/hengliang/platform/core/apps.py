from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hengliang.platform.core"
    label = "core"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from hengliang.platform.core.pages.looks import Look, register_looks

        register_looks(
            {"notification.new": Look(_("Unread"), "pending"), "notification.read": Look(_("Read"), "muted")}
        )
