"""Who may do what in a verification."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

HOLDERS = frozenset({Role.OWNER, Role.MARKET_ORGANISER, Role.UTILITY})
COUNTER = frozenset({Role.BODY_MANAGER, Role.VERIFIER})
APPROVERS = frozenset({Role.APPROVER, Role.DEPUTY_APPROVER})

RIGHTS = {
    "application_submit": Right(HOLDERS | COUNTER, label=_("Apply for verification")),
    "application_withdraw": Right(HOLDERS, needs_reason=True, label=_("Withdraw application")),
    "application_accept": Right(COUNTER, label=_("Accept application")),
    "application_refuse": Right(COUNTER, needs_reason=True, label=_("Refuse application")),
    "task_assign": Right(frozenset({Role.BODY_MANAGER}), label=_("Assign")),
    "task_cancel": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Cancel task")),
    "draft_save": Right(frozenset({Role.VERIFIER}), label=_("Save draft")),
    "record_submit": Right(frozenset({Role.VERIFIER}), label=_("Submit record")),
    "record_review": Right(frozenset({Role.REVIEWER}), label=_("Review record")),
    "record_approve": Right(APPROVERS, label=_("Approve record")),
    "record_send_back": Right(frozenset({Role.REVIEWER}) | APPROVERS, needs_reason=True, label=_("Send back")),
    "record_void": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Void record")),
}

ENTRY_TYPES = dict.fromkeys(RIGHTS, "verification.recorded")
