"""Who may order, who may end an order, and who looks into findings."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

_AUTHORITY = frozenset({Role.AUTHORITY})

RIGHTS = {
    "reminder_send": Right(_AUTHORITY, label=_("Remind")),
    "rectification_order": Right(_AUTHORITY, needs_reason=True, label=_("Order rectification")),
    "order_close": Right(_AUTHORITY, needs_reason=True, label=_("Close on evidence")),
    "order_withdraw": Right(_AUTHORITY, needs_reason=True, label=_("Withdraw order")),
    "findings_search": Right(_AUTHORITY, label=_("Search for findings")),
    "finding_explain": Right(_AUTHORITY, needs_reason=True, label=_("Explain finding")),
    "finding_uphold": Right(_AUTHORITY, needs_reason=True, label=_("Uphold finding")),
    "finding_reopen": Right(_AUTHORITY, needs_reason=True, label=_("Reopen finding")),
}

_REPORTS = frozenset({Role.AUTHORITY, Role.BODY_MANAGER, Role.VERIFIER})
_CHECKS = frozenset({Role.AUTHORITY, Role.BODY_MANAGER, Role.REVIEWER, Role.APPROVER, Role.DEPUTY_APPROVER})

RIGHTS |= {
    "statistics_prepare": Right(_REPORTS, label=_("Prepare statistics")),
    "statistics_check": Right(_CHECKS, label=_("Sign statistics")),
    "statistics_send_back": Right(_CHECKS, needs_reason=True, label=_("Send statistics back")),
    "statistics_withdraw": Right(
        frozenset({Role.AUTHORITY, Role.BODY_MANAGER}), needs_reason=True, label=_("Withdraw statistics")
    ),
}

ENTRY_TYPES = dict.fromkeys(RIGHTS, "inspection.recorded")
