"""The app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hengliang.platform.core.rights import Actor


class RegistryConfig(AppConfig):
    """The ledger of instruments."""

    name = "hengliang.platform.registry"
    label = "registry"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Register what the app allows to whom, its words for states, and its places in the navigation."""
        from hengliang.platform.core.log.entries import register_entry_types
        from hengliang.platform.core.messages import register_messages
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.rights import HOLDER_ROLES, Role, register_rights
        from hengliang.platform.registry.messages import MESSAGES
        from hengliang.platform.registry.rights import ENTRY_TYPES, RIGHTS
        from hengliang.platform.registry.states import IMPORT, INSTRUMENT, TRANSFER

        register_rights(RIGHTS)
        register_messages(MESSAGES)
        register_entry_types(ENTRY_TYPES)
        for workflow in (INSTRUMENT, IMPORT, TRANSFER):
            looks.register_workflow(workflow)
        nav.register_entries(
            nav.NavEntry("ledger", _("Instruments"), "registry:list", visible=_has_account, order=10),
            nav.NavEntry(
                "ledger",
                _("Imports"),
                "registry:imports",
                visible=lambda actor: actor.has(Role.AUTHORITY, *HOLDER_ROLES),
                order=20,
            ),
            nav.NavEntry(
                "ledger",
                _("Transfers"),
                "registry:transfers",
                visible=lambda actor: actor.has(Role.AUTHORITY, Role.AUDITOR, *HOLDER_ROLES),
                order=25,
            ),
            nav.NavEntry("ledger", _("Scan a code"), "registry:scan", visible=_has_account, order=30),
            nav.NavEntry("ledger", _("Catalogue"), "registry:catalogue", visible=_has_account, order=40),
        )


def _has_account(actor: "Actor") -> bool:
    return actor.account_id is not None
