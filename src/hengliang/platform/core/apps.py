"""The app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every app stands on: acts, log, rights, rules, pages."""

    name = "hengliang.platform.core"
    label = "core"

    def ready(self) -> None:
        """Register what the app allows to whom, its states, and who may read what hangs at a rule."""
        from django.utils.translation import gettext_lazy as _

        from hengliang.platform.core.attachments import register_attachment_reader
        from hengliang.platform.core.log.entries import register_entry_types
        from hengliang.platform.core.pages.looks import Look, register_looks, register_workflow
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.core.rule_rights import ENTRY_TYPES, RIGHTS
        from hengliang.platform.core.rule_states import RULE_APPROVAL

        register_rights(RIGHTS)
        register_entry_types(ENTRY_TYPES)
        register_workflow(RULE_APPROVAL)
        # Rules hold for all who work here, and so does what they were compared with.
        register_attachment_reader("core.ruleapproval", lambda actor, _key: actor.account_id is not None)
        register_looks(
            {"notification.new": Look(_("Unread"), "pending"), "notification.read": Look(_("Read"), "muted")}
        )
