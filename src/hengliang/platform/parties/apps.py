"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartiesConfig(AppConfig):
    """Organisations, people, accounts and their roles."""

    name = "hengliang.platform.parties"
    label = "parties"

    def ready(self) -> None:
        """Register rights and messages, and lend `core` the addresses and saved filters it keeps no table for."""
        from hengliang.platform.core.channels import use_address_book
        from hengliang.platform.core.log.entries import register_entry_types
        from hengliang.platform.core.messages import register_messages
        from hengliang.platform.core.pages import nav
        from hengliang.platform.core.pages.table.saved import use_store
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.parties.contacts import address_book
        from hengliang.platform.parties.messages import MESSAGES
        from hengliang.platform.parties.rights import ENTRY_TYPES, RIGHTS
        from hengliang.platform.parties.saved_filters import AccountFilters

        register_rights(RIGHTS)
        register_entry_types(ENTRY_TYPES)
        register_messages(MESSAGES)
        use_address_book(address_book)
        use_store(AccountFilters())
        nav.register_entries(
            nav.NavEntry(
                "ledger",
                _("Organisations"),
                "parties:organisation_list",
                visible=lambda actor: actor.account_id is not None,
                order=80,
            )
        )
