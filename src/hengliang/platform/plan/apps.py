from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanConfig(AppConfig):
    name = "hengliang.platform.plan"
    label = "plan"

    def ready(self) -> None:
        from hengliang.platform.core.pages import nav
        from hengliang.platform.core.rights import REGIONAL, Role

        nav.register_entries(
            nav.NavEntry(
                "plan",
                _("Live targets"),
                "plan:targets",
                visible=lambda actor: actor.has(*REGIONAL, Role.ADMINISTRATOR),
            )
        )
