"""Who may issue, replace and withdraw proofs."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, Right, Role

APPROVERS = frozenset({Role.APPROVER, Role.DEPUTY_APPROVER})
KEEPER = frozenset({Role.BODY_MANAGER})
USERS = APPROVERS | frozenset({Role.VERIFIER})

RIGHTS = {
    "certificate_issue": Right(APPROVERS, label=_("Issue")),
    "certificate_replace": Right(APPROVERS, needs_reason=True, label=_("Replace")),
    "certificate_withdraw": Right(APPROVERS | frozenset({Role.AUTHORITY}), needs_reason=True, label=_("Withdraw")),
    "certificate_cancel": Right(APPROVERS, label=_("Cancel former proof")),
    "certificate_revive": Right(APPROVERS | frozenset({Role.AUTHORITY}), label=_("Put former proof in force again")),
    "certificate_budget_attach": Right(APPROVERS, label=_("Attach uncertainty budget")),
    "certificate_render": Right(frozenset(Role), label=_("Render document")),
    "marks_receive": Right(KEEPER, label=_("Receive marks")),
    "marks_hand_out": Right(KEEPER, label=_("Hand out marks")),
    "marks_take_back": Right(KEEPER, label=_("Take marks back")),
    "mark_use": Right(USERS, label=_("Put on a mark")),
    "mark_spoil": Right(BODY_ROLES, needs_reason=True, label=_("Write off a spoiled mark")),
    "mark_lose": Right(KEEPER, needs_reason=True, label=_("Write off lost marks")),
    "mark_find": Right(KEEPER, needs_reason=True, label=_("Found again")),
    "mark_cancel": Right(APPROVERS | frozenset({Role.AUTHORITY}), label=_("Cancel a mark")),
    "mark_revive": Right(APPROVERS | frozenset({Role.AUTHORITY}), label=_("Put a mark in force again")),
    "mark_strike": Right(USERS, label=_("Strike by a cancellation mark")),
    "mark_supersede": Right(USERS, label=_("Superseded by a newer mark")),
    "mark_remove": Right(
        BODY_ROLES | HOLDER_ROLES | frozenset({Role.AUTHORITY}),
        needs_reason=True,
        label=pgettext_lazy("mark", "Record removal"),
    ),
    "mark_destroy": Right(KEEPER, needs_reason=True, label=_("Destroy marks")),
    "photograph_add": Right(BODY_ROLES, label=_("Add a photograph")),
    "stock_count": Right(KEEPER, label=_("Count marks")),
    "stock_settle": Right(KEEPER, needs_reason=True, label=_("Explain a difference")),
}

ENTRY_TYPES = {
    "certificate_issue": "certificate.issued",
    "certificate_render": "certificate.rendered",
    "certificate_replace": "certificate.replaced",
    "certificate_withdraw": "certificate.withdrawn",
    "certificate_cancel": "certificate.withdrawn",
}
