from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "hengliang.platform.site"
    label = "site"

    def ready(self) -> None:
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.site.rules.words import LOOKS

        looks.register_looks(LOOKS)
        nav.register_entries(
            nav.NavEntry("rules", _("Rules"), "rules:rule_list", visible=lambda actor: actor.account_id is not None)
        )
