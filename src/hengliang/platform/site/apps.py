"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    """The whole product: desks, theme, rules and the wiring."""

    name = "hengliang.platform.site"
    label = "site"

    def ready(self) -> None:
        """Register what stands over all apps: counted uses of rules, the desk and the page of rules."""
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.rights import Right, Role, register_rights
        from hengliang.platform.site.rules import counted
        from hengliang.platform.site.rules.words import LOOKS

        counted.register()
        looks.register_looks(LOOKS)
        register_rights({"demo_load": Right(frozenset(), label=_("Load the demo city"))})
        nav.register_entries(
            nav.NavEntry("rules", _("Rules"), "rules:rule_list", visible=lambda actor: actor.account_id is not None),
            nav.NavEntry("desk", _("Desk"), "desk", visible=lambda actor: actor.account_id is not None, order=0),
            nav.NavEntry("desk", _("Jobs"), "desk_jobs", visible=lambda actor: actor.has(Role.ADMINISTRATOR)),
            nav.NavEntry(
                "desk", _("Messages not delivered"), "desk_deliveries", visible=lambda a: a.has(Role.ADMINISTRATOR)
            ),
        )
