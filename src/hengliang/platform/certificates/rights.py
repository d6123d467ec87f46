"""Who may issue, replace and withdraw proofs."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

APPROVERS = frozenset({Role.APPROVER, Role.DEPUTY_APPROVER})

RIGHTS = {
    "certificate_issue": Right(APPROVERS, label=_("Issue")),
    "certificate_replace": Right(APPROVERS, needs_reason=True, label=_("Replace")),
    "certificate_withdraw": Right(APPROVERS | frozenset({Role.AUTHORITY}), needs_reason=True, label=_("Withdraw")),
    "certificate_cancel": Right(APPROVERS, label=_("Cancel former proof")),
    "certificate_revive": Right(APPROVERS | frozenset({Role.AUTHORITY}), label=_("Put former proof in force again")),
    "certificate_budget_attach": Right(APPROVERS, label=_("Attach uncertainty budget")),
    "certificate_render": Right(frozenset(Role), label=_("Render document")),
}

ENTRY_TYPES = {
    "certificate_issue": "certificate.issued",
    "certificate_render": "certificate.rendered",
    "certificate_replace": "certificate.replaced",
    "certificate_withdraw": "certificate.withdrawn",
    "certificate_cancel": "certificate.withdrawn",
}
