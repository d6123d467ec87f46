"""Who may issue, replace and withdraw proofs."""

from hengliang.platform.core.rights import Right, Role

APPROVERS = frozenset({Role.APPROVER, Role.DEPUTY_APPROVER})

RIGHTS = {
    "certificate_issue": Right(APPROVERS),
    "certificate_replace": Right(APPROVERS, needs_reason=True),
    "certificate_withdraw": Right(APPROVERS | frozenset({Role.AUTHORITY}), needs_reason=True),
    "certificate_render": Right(frozenset(Role)),
}
