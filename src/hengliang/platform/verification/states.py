"""The states of applications, tasks, records, pieces at the counter, invoices, and the acts between them."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves

APPLICATION = Workflow(
    "application",
    (
        State("submitted", _("Submitted"), "pending"),
        State("accepted", _("Accepted"), "good"),
        State("unplaced", _("With the authority, to find a body"), "warning"),
        State("refused", _("Refused"), "bad"),
        State("withdrawn", _("Withdrawn by the applicant"), "muted"),
        State("done", _("Done"), "good"),
    ),
    moves(
        ("application_accept", "submitted", "accepted"),
        ("application_submit", "submitted", "unplaced"),
        ("application_refuse", "submitted", "refused"),
        ("application_return", "submitted", "unplaced"),
        ("application_reassign", "unplaced", "submitted"),
        ("application_escalate", "unplaced", "unplaced"),
        ("application_withdraw", {"submitted", "accepted", "unplaced"}, "withdrawn"),
        ("application_close", "accepted", "done"),
        ("lot_issue", {"submitted", "accepted"}, "done"),
        ("lot_result_take", {"submitted", "accepted"}, "done"),
        ("lot_void", "done", "accepted"),
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
        State("concluded", _("Concluded"), "good"),
        State("cancelled", _("Cancelled"), "muted"),
    ),
    moves(
        ("application_accept", "applied", "waiting"),
        ("arbitration_open", "applied", "waiting"),
        ("arbitration_second", "applied", "waiting"),
        ("retest_order", "applied", "waiting"),
        ("application_refuse", "applied", "cancelled"),
        ("application_withdraw", {"applied", "waiting"}, "cancelled"),
        ("record_submit", "waiting", "measured"),
        ("record_review", "measured", "reviewed"),
        ("record_approve", "reviewed", "approved"),
        ("record_send_back", {"measured", "reviewed", "approved"}, "waiting"),
        ("record_void", {"measured", "reviewed", "approved"}, "waiting"),
        ("certificate_replace", "issued", "waiting"),
        ("certificate_issue", "approved", "issued"),
        ("lot_issue", {"applied", "waiting"}, "issued"),
        ("lot_result_take", {"applied", "waiting"}, "issued"),
        ("lot_void", "issued", "waiting"),
        ("task_cancel", {"waiting"}, "cancelled"),
        ("retest_conclude", "approved", "concluded"),
        ("retest_find", "approved", "concluded"),
        ("arbitration_withdraw", {"waiting", "measured", "reviewed", "approved"}, "cancelled"),
        ("retest_cancel", "waiting", "cancelled"),
        ("arbitration_mediate", "waiting", "cancelled"),
    ),
)

# A task that is over leaves its instrument free for the next one.
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

# A first decision waits for the term of the second; what is final, withdrawn or replaced lets the instrument go.
ARBITRATION = Workflow(
    "arbitration",
    (
        State("opened", _("Opened, parties to be notified"), "pending"),
        State("notified", _("Parties notified"), "pending"),
        State("decided", _("Decided, result to be told"), "warning"),
        State("told", _("Result told, term of the second runs"), "pending"),
        State("appealed", _("Second applied for"), "warning"),
        State("final", _("Final"), "good"),
        State("replaced", _("Replaced by the second"), "muted"),
        State("mediated", _("Settled by mediation"), "good"),
        State("withdrawn", _("Withdrawn"), "muted"),
    ),
    moves(
        ("arbitration_notify", "opened", "notified"),
        ("arbitration_move", {"opened", "notified"}, "opened"),
        ("arbitration_mediate", {"opened", "notified", "decided", "told", "appealed"}, "mediated"),
        ("arbitration_mediate", "final", "final"),
        ("certificate_issue", "notified", "decided"),
        ("arbitration_result", "decided", "told"),
        ("arbitration_appeal", "told", "appealed"),
        ("arbitration_close", "told", "final"),
        ("arbitration_final", "decided", "final"),
        ("arbitration_final", "appealed", "replaced"),
        ("arbitration_withdraw", {"opened", "notified"}, "withdrawn"),
        ("arbitration_withdraw", "appealed", "final"),
    ),
)

# Mediation by the authority, at any time of the dispute; without an agreement the dispute goes on as it stood.
MEDIATION = Workflow(
    "mediation",
    (
        State("begun", _("Mediation begun"), "open"),
        State("agreed", _("Agreement signed"), "good"),
        State("failed", _("Ended without an agreement"), "muted"),
    ),
    moves(
        ("arbitration_mediate", "begun", "agreed"),
        ("mediation_fail", "begun", "failed"),
        ("arbitration_withdraw", "begun", "failed"),
        ("arbitration_second", "begun", "failed"),
    ),
)

RETEST = Workflow(
    "retest",
    (
        State("ordered", _("Ordered"), "pending"),
        State("agrees", _("Results agree"), "good"),
        State("finding", _("Difference beyond what is acceptable"), "bad"),
        State("cancelled", _("Cancelled"), "muted"),
    ),
    moves(
        ("retest_conclude", "ordered", "agrees"),
        ("retest_find", "ordered", "finding"),
        ("retest_cancel", "ordered", "cancelled"),
    ),
)

# A market and a township are announced; an appointment is proposed by the body and confirmed by whoever asked.
ROUND = Workflow(
    "round",
    (
        State("planned", _("Planned"), "pending"),
        State("proposed", _("Day proposed, to be confirmed"), "warning"),
        State("confirmed", _("Confirmed"), "pending"),
        State("out", _("Out"), "open"),
        State("back", _("Back from the round"), "pending"),
        State("closed", _("Closed"), "good"),
        State("cancelled", _("Cancelled"), "muted"),
    ),
    moves(
        ("round_announce", "planned", "confirmed"),
        ("round_propose", {"planned", "proposed"}, "proposed"),
        ("round_confirm", "proposed", "confirmed"),
        ("round_take_out", {"confirmed", "out", "back"}, "out"),
        ("round_return", "out", "back"),
        ("round_close", "back", "closed"),
        ("round_cancel", {"planned", "proposed", "confirmed"}, "cancelled"),
    ),
)

# Where an instrument is between being handed in and handed back.
PIECE = Workflow(
    "piece",
    (
        State("counter", _("At the counter"), "pending"),
        State("laboratory", _("In the laboratory"), "open"),
        State("ready", _("Back at the counter"), "good"),
        State("handed_back", _("Handed back"), "muted"),
    ),
    moves(
        ("handover_take", {"counter", "ready"}, "laboratory"),
        ("handover_bring", "laboratory", "ready"),
        ("handover_return", {"counter", "ready"}, "handed_back"),
    ),
)

INVOICE = Workflow(
    "invoice",
    (
        State("prepared", _("To be invoiced"), "pending"),
        State("invoiced", _("Invoiced"), "good"),
        State("cancelled", _("Cancelled"), "muted"),
    ),
    moves(
        ("invoice_enter", "prepared", "invoiced"),
        ("invoice_cancel", {"prepared", "invoiced"}, "cancelled"),
    ),
)

ADDENDUM = Workflow(
    "addendum",
    (
        State("proposed", _("Proposed, a second person to confirm"), "warning"),
        State("confirmed", _("Confirmed"), "good"),
        State("declined", _("Declined"), "muted"),
    ),
    moves(
        ("conditions_confirm", "proposed", "confirmed"),
        ("conditions_decline", "proposed", "declined"),
    ),
)

WORKTIME = Workflow(
    "worktime",
    (State("entered", _("Entered"), "good"), State("withdrawn", _("Taken back"), "muted")),
    moves(("worktime_withdraw", "entered", "withdrawn")),
)


# The file of a test bench. Sent back or void, the corrected file is another lot.
LOT = Workflow(
    "lot",
    (
        State("received", _("Received"), "pending"),
        State("checked", _("Checked, to be submitted"), "pending"),
        State("unreadable", _("Not readable"), "bad"),
        State("submitted", _("Submitted, to be reviewed"), "pending"),
        State("reviewed", _("Reviewed, to be approved"), "pending"),
        State("approved", _("Approved, to be issued"), "pending"),
        State("issued", _("Results issued"), "good"),
        State("sent_back", _("Sent back"), "warning"),
        State("void", _("Void"), "muted"),
        State("dropped", _("Dropped"), "muted"),
    ),
    moves(
        ("lot_read", {"received", "checked", "unreadable"}, "checked"),
        ("lot_refuse", {"received", "checked", "unreadable"}, "unreadable"),
        ("lot_drop", {"received", "checked", "unreadable"}, "dropped"),
        ("lot_submit", "checked", "submitted"),
        ("lot_review", "submitted", "reviewed"),
        ("lot_approve", "reviewed", "approved"),
        ("lot_send_back", {"submitted", "reviewed", "approved"}, "sent_back"),
        ("lot_issue", "approved", "issued"),
        ("lot_void", {"submitted", "reviewed", "approved", "issued"}, "void"),
    ),
)
# Lots that no longer stand: their file may be sent again, their serials tested again.
LOT_OVER = frozenset({"sent_back", "void", "dropped"})
# Lots of which those outside the body hear: what was issued, and that it is void now.
LOT_TOLD = frozenset({"issued", "void"})

WORKFLOWS = (APPLICATION, TASK, RECORD, ARBITRATION, MEDIATION, RETEST, ROUND, LOT, PIECE, INVOICE, ADDENDUM, WORKTIME)
