"""The app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from hengliang.platform.core.rights import Actor, Role


class ExchangeConfig(AppConfig):
    """Beside other systems."""

    name = "hengliang.platform.exchange"
    label = "exchange"
    verbose_name = _("Exchange")

    def ready(self) -> None:
        """Register rights, states, messages, the way into the navigation, and what stands at an instrument."""
        from hengliang.platform.certificates.offers import offers as proof_offers
        from hengliang.platform.core.log.listeners import when_logged
        from hengliang.platform.core.messages import register_messages
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.rights import Role, register_rights
        from hengliang.platform.exchange.ledger_offers import NUMBER, found_by_number, of_proof, proofs
        from hengliang.platform.exchange.looks import LOOKS
        from hengliang.platform.exchange.messages import MESSAGES
        from hengliang.platform.exchange.rights import READS, RIGHTS, SEES, SUBSCRIBES
        from hengliang.platform.exchange.states import BATCH, DISCREPANCY, SYSTEM, WEBHOOK
        from hengliang.platform.exchange.webhooks.soon import push_logged
        from hengliang.platform.registry.offers import offers

        register_rights(RIGHTS)
        when_logged(push_logged)
        register_messages(MESSAGES)
        for workflow in (SYSTEM, BATCH, DISCREPANCY, WEBHOOK):
            looks.register_workflow(workflow)
        looks.register_looks(LOOKS)
        offers.offer_proofs(proofs)
        offers.offer_search(found_by_number)
        offers.offer_filter(NUMBER)
        proof_offers.offer_block(of_proof)
        nav.register_entries(
            nav.NavEntry("ledger", _("Other systems"), "exchange:system_list", visible=_any_of(*SEES), order=60),
            nav.NavEntry("ledger", _("Differences"), "exchange:discrepancy_list", visible=_any_of(*READS), order=70),
            nav.NavEntry(
                "ledger",
                _("Webhooks"),
                "exchange:webhook_list",
                visible=_any_of(*SUBSCRIBES, Role.ADMINISTRATOR),
                order=80,
            ),
        )


def _any_of(*roles: "Role") -> "Callable[[Actor], bool]":
    return lambda actor: actor.has(*roles)
