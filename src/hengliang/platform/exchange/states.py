"""The states of outside systems, of what they send, of differences, and of webhooks."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

ACTIVE, CLOSED = "active", "closed"
SYSTEM = Workflow(
    "system",
    (State(ACTIVE, _("Connected"), "good"), State(CLOSED, _("Closed"), "muted")),
    moves(("system_close", ACTIVE, CLOSED), ("system_reopen", CLOSED, ACTIVE)),
)

RECEIVED, COMPARED, UNREADABLE, ACCEPTED, DROPPED = "received", "compared", "unreadable", "accepted", "dropped"
BATCH = Workflow(
    "batch",
    (
        State(RECEIVED, _("Received"), "pending"),
        State(COMPARED, _("Compared"), "pending"),
        State(UNREADABLE, _("Not readable"), "bad"),
        State(ACCEPTED, _("Taken in"), "good"),
        State(DROPPED, _("Dropped"), "muted"),
    ),
    moves(
        ("batch_read", {RECEIVED, COMPARED, UNREADABLE}, COMPARED),
        ("batch_refuse", {RECEIVED, COMPARED, UNREADABLE}, UNREADABLE),
        ("batch_accept", COMPARED, ACCEPTED),
        ("batch_drop", {RECEIVED, COMPARED, UNREADABLE}, DROPPED),
    ),
)

OPEN, IGNORED, KEPT, TAKEN, LINKED, FILED, CLEARED = (
    "open", "ignored", "kept", "taken", "linked", "filed", "cleared",
)  # fmt: skip
DISCREPANCY = Workflow(
    "discrepancy",
    (
        State(OPEN, _("To be settled"), "warning"),
        State(IGNORED, _("Left for a time"), "muted"),
        State(KEPT, _("Ours stays, to be sent"), "good"),
        State(TAKEN, _("Theirs was taken"), "good"),
        State(LINKED, _("Linked"), "good"),
        State(FILED, _("Filed here"), "good"),
        State(CLEARED, _("Gone by itself"), "muted"),
    ),
    moves(
        ("discrepancy_take", {OPEN, IGNORED}, TAKEN),
        ("discrepancy_keep", {OPEN, IGNORED}, KEPT),
        ("discrepancy_link", {OPEN, IGNORED}, LINKED),
        ("discrepancy_file", {OPEN, IGNORED}, FILED),
        ("discrepancy_ignore", OPEN, IGNORED),
        ("discrepancy_reopen", {IGNORED, KEPT}, OPEN),
        ("batch_accept", {OPEN, IGNORED, KEPT}, CLEARED),
    ),
)
UNSETTLED = (OPEN, IGNORED)

PAUSED, ENDED = "paused", "ended"
WEBHOOK = Workflow(
    "webhook",
    (
        State(ACTIVE, _("Delivers"), "good"),
        State(PAUSED, _("Paused"), "warning"),
        State(ENDED, _("Ended"), "muted"),
    ),
    moves(
        ("webhook_suspend", ACTIVE, PAUSED),
        ("webhook_resume", PAUSED, ACTIVE),
        ("webhook_end", {ACTIVE, PAUSED}, ENDED),
    ),
)
