from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VerificationConfig(AppConfig):
    name = "hengliang.platform.verification"
    label = "verification"

    def ready(self) -> None:
        from hengliang.platform.core.log.entries import register_entry_types
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, register_rights
        from hengliang.platform.verification.rights import ENTRY_TYPES, RIGHTS
        from hengliang.platform.verification.states import APPLICATION, RECORD, TASK

        register_rights(RIGHTS)
        register_entry_types(ENTRY_TYPES)
        for workflow in (APPLICATION, TASK, RECORD):
            looks.register_workflow(workflow)
        everybody = BODY_ROLES | HOLDER_ROLES | REGIONAL
        nav.register_entries(
            nav.NavEntry(
                "verification", _("Applications"), "verification:application_list",
                visible=lambda actor: actor.has(*everybody), order=10,
            ),
            nav.NavEntry(
                "verification", _("Verification work"), "verification:task_list",
                visible=lambda actor: actor.has(*everybody), order=20,
            ),
        )  # fmt: skip
