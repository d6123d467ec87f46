"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Beside other systems."""

    name = "hengliang.platform.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        """Register rights, states, messages, the way into the navigation, and what stands at an instrument."""
        from hengliang.platform.core.pages import looks
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.exchange.rights import RIGHTS
        from hengliang.platform.exchange.states import BATCH, DISCREPANCY, SYSTEM, WEBHOOK

        register_rights(RIGHTS)
        for workflow in (SYSTEM, BATCH, DISCREPANCY, WEBHOOK):
            looks.register_workflow(workflow)
