"""The states of consultations and of comments, and the acts between them."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

OPEN, CLOSED, WITHDRAWN = "open", "closed", "withdrawn"
ENTERED, PUBLISHED, ANSWERED, WITHHELD = "entered", "published", "answered", "withheld"

CONSULTATION = Workflow(
    "consultation",
    (
        State(OPEN, _("Open to everybody"), "pending"),
        State(CLOSED, _("Closed, with answers"), "good"),
        State(WITHDRAWN, _("Withdrawn"), "muted"),
    ),
    moves(
        ("consultation_close", OPEN, CLOSED),
        ("consultation_withdraw", OPEN, WITHDRAWN),
    ),
)

COMMENT = Workflow(
    "comment",
    (
        State(ENTERED, _("Received, to be read"), "pending"),
        State(PUBLISHED, _("Shown"), "neutral"),
        State(ANSWERED, _("Answered"), "good"),
        State(WITHHELD, _("Not shown"), "muted"),
    ),
    moves(
        ("comment_publish", {ENTERED, PUBLISHED}, PUBLISHED),
        ("comment_publish", ANSWERED, ANSWERED),
        ("comment_withhold", {ENTERED, PUBLISHED, ANSWERED}, WITHHELD),
        ("comment_answer", {PUBLISHED, ANSWERED}, ANSWERED),
    ),
)
