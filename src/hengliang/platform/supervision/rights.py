"""Who may order, and who may end an order."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

_AUTHORITY = frozenset({Role.AUTHORITY})

RIGHTS = {
    "reminder_send": Right(_AUTHORITY, label=_("Remind")),
    "rectification_order": Right(_AUTHORITY, needs_reason=True, label=_("Order rectification")),
    "order_close": Right(_AUTHORITY, needs_reason=True, label=_("Close on evidence")),
    "order_withdraw": Right(_AUTHORITY, needs_reason=True, label=_("Withdraw order")),
}

ENTRY_TYPES = dict.fromkeys(RIGHTS, "inspection.recorded")
