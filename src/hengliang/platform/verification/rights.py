"""Who may do what in a verification."""

from hengliang.platform.core.rights import Right, Role

HOLDERS = frozenset({Role.OWNER, Role.MARKET_ORGANISER, Role.UTILITY})
COUNTER = frozenset({Role.BODY_MANAGER, Role.VERIFIER})
APPROVERS = frozenset({Role.APPROVER, Role.DEPUTY_APPROVER})

RIGHTS = {
    "application_submit": Right(HOLDERS | COUNTER),
    "application_withdraw": Right(HOLDERS, needs_reason=True),
    "application_accept": Right(COUNTER),
    "application_refuse": Right(COUNTER, needs_reason=True),
    "application_close": Right(COUNTER | APPROVERS),
    "task_assign": Right(frozenset({Role.BODY_MANAGER})),
    "task_cancel": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True),
    "draft_save": Right(frozenset({Role.VERIFIER})),
    "record_submit": Right(frozenset({Role.VERIFIER})),
    "record_review": Right(frozenset({Role.REVIEWER})),
    "record_approve": Right(APPROVERS),
    "record_send_back": Right(frozenset({Role.REVIEWER}) | APPROVERS, needs_reason=True),
    "record_void": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True),
}
