"""The app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandardsConfig(AppConfig):
    """Measurement standards with their papers, bodies and people."""

    name = "hengliang.platform.standards"
    label = "standards"

    def ready(self) -> None:
        """Register what the app allows to whom, its states and its places in the navigation."""
        from hengliang.platform.core.log.entries import register_entry_types
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.pages.looks import Look
        from hengliang.platform.core.rights import Actor, register_rights
        from hengliang.platform.standards.rights import ENTRY_TYPES, READERS, RIGHTS

        register_rights(RIGHTS)
        register_entry_types(ENTRY_TYPES)
        looks.register_looks(
            {
                "standards.in_order": Look(_("In order"), "good"),
                "standards.due_soon": Look(_("Runs out soon"), "warning"),
                "standards.not_in_order": Look(_("Papers missing or expired"), "bad"),
                "standards.suspended": Look(_("Out of service"), "muted"),
                "standards.expired": Look(_("Expired"), "bad"),
                "standards.to_come": Look(_("Not yet in force"), "pending"),
            }
        )

        def sees(actor: Actor) -> bool:
            return actor.has(*READERS)

        entries = (
            (_("Measurement standards"), "standards:standard_list"),
            (_("Authorisations"), "standards:authorisation_list"),
            (_("Designations"), "standards:designation_list"),
            (_("Qualifications"), "standards:qualification_list"),
            (_("Uncertainty budgets"), "standards:budget_list"),
        )
        nav.register_entries(*(nav.NavEntry("standards", label, url, visible=sees) for label, url in entries))
