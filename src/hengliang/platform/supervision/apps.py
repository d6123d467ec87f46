"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    """Orders, findings and statistics of an authority."""

    name = "hengliang.platform.supervision"
    label = "supervision"

    def ready(self) -> None:
        """Register what the app allows to whom, its words, its places in the navigation and its offers."""
        _register_rights_and_words()
        _register_states()
        _register_offers()
        _register_places()


def _register_rights_and_words() -> None:
    from hengliang.platform.core.attachments import register_attachment_reader
    from hengliang.platform.core.log.entries import register_entry_types
    from hengliang.platform.core.messages import register_messages
    from hengliang.platform.core.rights import register_rights
    from hengliang.platform.supervision.messages import MESSAGES
    from hengliang.platform.supervision.rights import ENTRY_TYPES, RIGHTS
    from hengliang.platform.supervision.selectors import may_read_evidence

    register_rights(RIGHTS)
    register_entry_types(ENTRY_TYPES)
    register_messages(MESSAGES)
    register_attachment_reader("supervision.order", may_read_evidence)


def _register_states() -> None:
    from hengliang.platform.core.pages import looks
    from hengliang.platform.supervision.states import FINDING, ORDER, RETURN

    for workflow in (ORDER, FINDING, RETURN):
        looks.register_workflow(workflow)
    looks.register_looks({"order.late": looks.Look(_("Term has ended"), "bad")})


def _register_offers() -> None:
    from hengliang.platform.core.pages.table import BulkAct
    from hengliang.platform.core.rights import Actor, Role
    from hengliang.platform.registry.offers import offers
    from hengliang.platform.supervision.papers.printed import ORDERS
    from hengliang.platform.verification.papers.batch import register_printed

    def orders(actor: Actor) -> bool:
        return actor.has(Role.AUTHORITY)

    register_printed("order", ORDERS)
    # Stop of use needs no act of supervision's own in the ledger: taking out of use is the ledger's.
    offers.offer_bulk_acts(
        BulkAct(_("Remind"), "supervision:ledger_remind", visible=orders),
        BulkAct(_("Order rectification"), "supervision:ledger_rectify", visible=orders),
    )


def _register_places() -> None:
    from hengliang.platform.core.pages import nav
    from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Role

    seen = REGIONAL | HOLDER_ROLES | {Role.ADMINISTRATOR}
    nav.register_entries(
        nav.NavEntry(
            "supervision",
            _("Due and overdue"),
            "supervision:entry_list",
            visible=lambda actor: actor.has(*seen, Role.BODY_MANAGER),
        ),
        nav.NavEntry(
            "supervision", _("Orders"), "supervision:order_list", visible=lambda actor: actor.has(*seen), order=60
        ),
        nav.NavEntry(
            "supervision",
            _("Statistics"),
            "supervision:statistics",
            visible=lambda actor: actor.has(*REGIONAL, *BODY_ROLES, Role.ADMINISTRATOR),
            order=80,
        ),
        nav.NavEntry(
            "supervision",
            _("Findings"),
            "supervision:finding_list",
            visible=lambda actor: actor.has(*REGIONAL, Role.ADMINISTRATOR),
            order=70,
        ),
    )
