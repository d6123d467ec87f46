"""The states of an order, and the acts between them."""

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
