"""The states of orders and findings, and the acts between them."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"

ORDER = Workflow(
    "order",
    (
        State(OPEN, _("Open"), "pending"),
        State(CLOSED, _("Closed on evidence"), "good"),
        State(WITHDRAWN, _("Withdrawn"), "muted"),
    ),
    moves(
        ("order_close", OPEN, CLOSED),
        ("order_withdraw", OPEN, WITHDRAWN),
    ),
)

EXPLAINED, UPHELD = "explained", "upheld"

FINDING = Workflow(
    "finding",
    (
        State(OPEN, _("To be looked into"), "pending"),
        State(EXPLAINED, _("Explained"), "muted"),
        State(UPHELD, _("Upheld"), "bad"),
    ),
    moves(
        ("finding_explain", OPEN, EXPLAINED),
        ("finding_uphold", OPEN, UPHELD),
        ("finding_reopen", EXPLAINED, OPEN),
        ("finding_reopen", UPHELD, OPEN),
    ),
)

# Statistics of a period: signed by a second person, and then withdrawn if at all, with the reason.
RETURN = Workflow(
    "return",
    (
        State("prepared", _("Prepared, to be checked"), "pending"),
        State("signed", _("Signed by both"), "good"),
        State("sent_back", _("Sent back"), "warning"),
        State("withdrawn", _("Withdrawn"), "muted"),
    ),
    moves(
        ("statistics_check", "prepared", "signed"),
        ("statistics_send_back", "prepared", "sent_back"),
        ("statistics_withdraw", "signed", "withdrawn"),
    ),
)
