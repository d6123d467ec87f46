"""The states of an instrument in the ledger, and the acts between them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hengliang.platform.core.transitions import State, Workflow, moves

FILED, RETURNED, IN_USE, STOPPED, LOST, SCRAPPED, MERGED = (
    "filed", "returned", "in_use", "stopped", "lost", "scrapped", "merged",
)  # fmt: skip

INSTRUMENT = Workflow(
    "instrument",
    (
        State(FILED, _("Filed, not yet accepted"), "pending"),
        State(RETURNED, _("Returned"), "warning"),
        State(IN_USE, _("In use"), "good"),
        State(STOPPED, _("Out of use"), "muted"),
        State(LOST, _("Lost"), "muted"),
        State(SCRAPPED, _("Scrapped"), "muted"),
        State(MERGED, _("Merged into another"), "muted"),
    ),
    moves(
        ("instrument_return", FILED, RETURNED),
        ("instrument_file_again", RETURNED, FILED),
        ("instrument_accept", FILED, IN_USE),
        ("instrument_stop", IN_USE, STOPPED),
        ("instrument_resume", STOPPED, IN_USE),
        ("instrument_lose", {IN_USE, STOPPED}, LOST),
        ("instrument_find", LOST, STOPPED),
        ("instrument_scrap", {IN_USE, STOPPED, LOST}, SCRAPPED),
        ("instrument_merge", {FILED, RETURNED, IN_USE, STOPPED, LOST}, MERGED),
    ),
)

# What nobody may do with an instrument that is preserved as evidence.
FORBIDDEN = frozenset(
    {"instrument_stop", "instrument_lose", "instrument_move", "instrument_transfer", "instrument_scrap"}
    | {"instrument_merge", "transfer_offer", "transfer_accept"}
)

OFFERED, ACCEPTED, DECLINED, WITHDRAWN = "offered", "accepted", "declined", "withdrawn"

TRANSFER = Workflow(
    "transfer",
    (
        State(OFFERED, _("Offered"), "pending"),
        State(ACCEPTED, pgettext_lazy("transfer", "Accepted"), "good"),
        State(DECLINED, pgettext_lazy("transfer", "Declined"), "bad"),
        State(WITHDRAWN, pgettext_lazy("transfer", "Withdrawn"), "muted"),
    ),
    moves(
        ("transfer_accept", OFFERED, ACCEPTED),
        ("transfer_decline", OFFERED, DECLINED),
        ("transfer_withdraw", OFFERED, WITHDRAWN),
    ),
)

# What would pull the instrument away from under an offer; the offer is withdrawn first.
UNDER_OFFER = frozenset({"instrument_transfer", "instrument_merge", "instrument_scrap", "transfer_offer"})

IMPORT = Workflow(
    "import",
    (
        State("received", _("Received"), "pending"),
        State("checked", _("Checked"), "pending"),
        State("unreadable", _("Not readable"), "bad"),
        State("applied", _("Imported"), "good"),
        State("dropped", _("Dropped"), "muted"),
    ),
    moves(
        ("import_read", {"received", "checked", "unreadable"}, "checked"),
        ("import_refuse", {"received", "checked"}, "unreadable"),
        ("instrument_import", "checked", "applied"),
        ("import_drop", {"received", "checked", "unreadable"}, "dropped"),
    ),
)
