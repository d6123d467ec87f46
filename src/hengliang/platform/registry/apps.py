"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    """The ledger of instruments."""

    name = "hengliang.platform.registry"
    label = "registry"
    verbose_name = _("Ledger")

    def ready(self) -> None:
        """Register what the app allows to whom."""
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.registry.rights import RIGHTS

        register_rights(RIGHTS)
