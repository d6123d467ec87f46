"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComparisonConfig(AppConfig):
    """Comparisons between laboratories."""

    name = "hengliang.platform.comparison"
    label = "comparison"

    def ready(self) -> None:
        """Register the place in the navigation."""
        from hengliang.platform.comparison.rights import READERS
        from hengliang.platform.core.pages import nav

        nav.register_entries(
            nav.NavEntry(
                "standards",
                _("Comparisons"),
                "comparison:preview",
                visible=lambda actor: actor.has(*READERS),
            )
        )
