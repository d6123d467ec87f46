from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hengliang.platform.core"
    label = "core"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from hengliang.platform.core.attachments import register_attachment_reader
        from hengliang.platform.core.pages.looks import Look, register_looks, register_workflow
        from hengliang.platform.core.rights import register_rights
        from hengliang.platform.core.rule_rights import RIGHTS
        from hengliang.platform.core.rule_states import RULE_APPROVAL

        register_rights(RIGHTS)
        register_workflow(RULE_APPROVAL)
        # Rules hold for all who work here, and so does what they were compared with.
        register_attachment_reader("core.ruleapproval", lambda actor, _key: actor.account_id is not None)
        register_looks(
            {"notification.new": Look(_("Unread"), "pending"), "notification.read": Look(_("Read"), "muted")}
        )
