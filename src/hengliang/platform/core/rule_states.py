"""The states of a rule's approval: one person holds an edition against its text, a second one confirms."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.models.rules import STANDING
from hengliang.platform.core.transitions import State, Workflow, moves

CHECKED, APPROVED = "checked", "approved"
RULE_APPROVAL = Workflow(
    name="rule_approval",
    states=(
        State(CHECKED, _("Checked, waits for the second person"), "pending"),
        State(APPROVED, _("Approved"), "good"),
        State("rejected", _("Rejected"), "bad"),
        State("withdrawn", _("Withdrawn"), "muted"),
    ),
    moves=moves(
        ("rule_approve", CHECKED, APPROVED),
        ("rule_reject", CHECKED, "rejected"),
        ("rule_withdraw", STANDING, "withdrawn"),
    ),
)
