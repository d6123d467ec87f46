"""The states of applications, tasks and records, and the acts between them."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

APPLICATION = Workflow(
    "application",
    (
        State("submitted", _("Submitted"), "pending"),
        State("accepted", _("Accepted"), "good"),
        State("refused", _("Refused"), "bad"),
        State("withdrawn", _("Withdrawn by the applicant"), "muted"),
        State("done", _("Done"), "good"),
    ),
    moves(
        ("application_accept", "submitted", "accepted"),
        ("application_refuse", "submitted", "refused"),
        ("application_withdraw", {"submitted", "accepted"}, "withdrawn"),
        ("application_close", "accepted", "done"),
    ),
)

# One task an instrument. It ends with a proof, or with the reason why there is none.
TASK = Workflow(
    "task",
    (
        State("applied", _("Applied for"), "pending"),
        State("waiting", _("Waiting"), "pending"),
        State("measured", _("Measured, to be reviewed"), "pending"),
        State("reviewed", _("Reviewed, to be approved"), "pending"),
        State("approved", _("Approved, to be issued"), "pending"),
        State("issued", _("Proof issued"), "good"),
        State("cancelled", _("Cancelled"), "muted"),
    ),
    moves(
        ("application_accept", "applied", "waiting"),
        ("application_refuse", "applied", "cancelled"),
        ("application_withdraw", {"applied", "waiting"}, "cancelled"),
        ("record_submit", "waiting", "measured"),
        ("record_review", "measured", "reviewed"),
        ("record_approve", "reviewed", "approved"),
        ("record_send_back", {"measured", "reviewed", "approved"}, "waiting"),
        ("record_void", {"measured", "reviewed", "approved"}, "waiting"),
        ("certificate_replace", "issued", "waiting"),
        ("certificate_issue", "approved", "issued"),
        ("task_cancel", {"waiting"}, "cancelled"),
    ),
)

OPEN_TASKS = ("applied", "waiting", "measured", "reviewed", "approved")

RECORD = Workflow(
    "record",
    (
        State("submitted", _("Submitted"), "pending"),
        State("reviewed", _("Reviewed"), "pending"),
        State("approved", _("Approved"), "good"),
        State("sent_back", _("Sent back"), "warning"),
        State("void", _("Void"), "muted"),
    ),
    moves(
        ("record_review", "submitted", "reviewed"),
        ("record_approve", "reviewed", "approved"),
        ("record_send_back", {"submitted", "reviewed", "approved"}, "sent_back"),
        ("record_void", {"submitted", "reviewed", "approved"}, "void"),
        ("certificate_replace", "approved", "void"),
    ),
)
