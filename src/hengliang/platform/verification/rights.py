"""Who may do what in a verification."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

HOLDERS = frozenset({Role.OWNER, Role.MARKET_ORGANISER, Role.UTILITY})
COUNTER = frozenset({Role.BODY_MANAGER, Role.VERIFIER})
AUTHORITY = frozenset({Role.AUTHORITY})
APPROVERS = frozenset({Role.APPROVER, Role.DEPUTY_APPROVER})

RIGHTS = {
    "application_submit": Right(HOLDERS | COUNTER, label=_("Apply for verification")),
    "application_withdraw": Right(HOLDERS, needs_reason=True, label=_("Withdraw application")),
    "application_accept": Right(COUNTER, label=_("Accept application")),
    "application_refuse": Right(COUNTER, needs_reason=True, label=_("Refuse application")),
    "application_return": Right(COUNTER, needs_reason=True, label=_("Refuse, back to the authority")),
    "application_reassign": Right(AUTHORITY, label=_("Assign a body to the application")),
    "application_escalate": Right(AUTHORITY, needs_reason=True, label=_("Take a level up")),
    "task_regime_change": Right(COUNTER, needs_reason=True, label=_("Change the regime")),
    "arbitration_open": Right(AUTHORITY, label=_("Open arbitration verification")),
    "arbitration_notify": Right(AUTHORITY, label=_("Record the notice to both parties")),
    "arbitration_move": Right(AUTHORITY, needs_reason=True, label=_("Move the day of the verification")),
    "arbitration_mediate": Right(AUTHORITY, label=_("Record the agreement of a mediation")),
    "mediation_open": Right(AUTHORITY, label=_("Begin a mediation")),
    "mediation_fail": Right(AUTHORITY, needs_reason=True, label=_("End the mediation without an agreement")),
    "arbitration_attend": Right(AUTHORITY | COUNTER, label=_("Record presence")),
    "arbitration_result": Right(AUTHORITY, label=_("Tell the result of the arbitration")),
    "arbitration_appeal": Right(HOLDERS | AUTHORITY, label=_("Apply for the second arbitration")),
    "arbitration_second": Right(AUTHORITY, label=_("Open the second arbitration")),
    "arbitration_final": Right(AUTHORITY, label=_("Tell the final result")),
    "arbitration_close": Right(AUTHORITY, label=_("Close the arbitration as final")),
    "arbitration_withdraw": Right(AUTHORITY, needs_reason=True, label=_("Withdraw the arbitration")),
    "retest_order": Right(AUTHORITY, needs_reason=True, label=_("Order a re-test")),
    "retest_conclude": Right(AUTHORITY, label=_("Conclude the re-test")),
    "retest_find": Right(AUTHORITY, label=_("Conclude the re-test with a finding")),
    "retest_cancel": Right(AUTHORITY, needs_reason=True, label=_("Cancel the re-test")),
    "task_assign": Right(frozenset({Role.BODY_MANAGER}), label=_("Assign")),
    "task_follow": Right(frozenset({Role.BODY_MANAGER}), label=_("Let the task go with the instrument")),
    "task_cancel": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Cancel task")),
    "draft_save": Right(frozenset({Role.VERIFIER}), label=_("Save draft")),
    "record_submit": Right(frozenset({Role.VERIFIER}), label=_("Submit record")),
    "record_review": Right(frozenset({Role.REVIEWER}), label=_("Review record")),
    "record_approve": Right(APPROVERS, label=_("Approve record")),
    "record_send_back": Right(frozenset({Role.REVIEWER}) | APPROVERS, needs_reason=True, label=_("Send back")),
    "round_file": Right(HOLDERS, label=_("File a round")),
    "round_plan": Right(AUTHORITY | {Role.BODY_MANAGER}, label=_("Plan a round")),
    "round_announce": Right(frozenset({Role.BODY_MANAGER}), label=_("Announce the round")),
    "round_propose": Right(frozenset({Role.BODY_MANAGER}), label=_("Propose a day")),
    "round_confirm": Right(HOLDERS, label=_("Confirm the day")),
    "round_take_out": Right(frozenset({Role.VERIFIER}), label=_("Take the round out")),
    "round_synchronise": Right(frozenset({Role.VERIFIER}), label=_("Synchronise")),
    "round_settle": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Settle the conflict")),
    "round_return": Right(COUNTER, label=_("Record the return")),
    "round_close": Right(frozenset({Role.BODY_MANAGER}), label=_("Close the round")),
    "round_cancel": Right(AUTHORITY | HOLDERS | {Role.BODY_MANAGER}, needs_reason=True, label=_("Cancel the round")),
    "round_add": Right(HOLDERS | COUNTER, label=_("Add to the round")),
    "record_void": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Void record")),
    "lot_receive": Right(COUNTER, label=_("Send the file of a test bench")),
    "lot_read": Right(COUNTER, label=_("Read and judge a lot")),
    "lot_refuse": Right(COUNTER, label=_("Refuse a file of a test bench")),
    "lot_drop": Right(COUNTER, label=_("Drop lot")),
    "lot_submit": Right(frozenset({Role.VERIFIER}), label=_("Submit lot")),
    "lot_review": Right(frozenset({Role.REVIEWER}), label=_("Review lot")),
    "lot_approve": Right(APPROVERS, label=_("Approve lot")),
    "lot_send_back": Right(frozenset({Role.REVIEWER}) | APPROVERS, needs_reason=True, label=_("Send lot back")),
    "lot_issue": Right(APPROVERS, label=_("Issue the results of a lot")),
    "lot_void": Right(APPROVERS, needs_reason=True, label=_("Void lot")),
    "lot_result_take": Right(COUNTER | HOLDERS, label=_("Take a result of a lot into the ledger")),
    "bench_profile_save": Right(COUNTER, label=_("Save mapping profile")),
    "bench_profile_write": Right(frozenset({Role.BODY_MANAGER}), label=_("Draw up mapping profile")),
    "bench_profile_withdraw": Right(
        frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Withdraw mapping profile")
    ),
}

RIGHTS |= {
    "conditions_enter": Right(COUNTER, label=_("Enter the conditions")),
    "conditions_amend": Right(COUNTER, needs_reason=True, label=_("Correct the conditions")),
    "conditions_confirm": Right(frozenset({Role.REVIEWER}) | APPROVERS, label=_("Confirm the correction")),
    "conditions_decline": Right(
        frozenset({Role.REVIEWER}) | APPROVERS, needs_reason=True, label=_("Decline the correction")
    ),
    "decision_agree": Right(COUNTER, label=_("Agree a decision rule")),
    "fee_assess": Right(COUNTER, label=_("Assess the fee")),
    "fee_change": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Change the fee")),
    "fee_exempt": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Let off the fee")),
    "handover_bring": Right(COUNTER, label=_("Bring back to the counter")),
    "handover_receive": Right(COUNTER, label=_("Take in at the counter")),
    "handover_return": Right(COUNTER, label=_("Hand back")),
    "handover_take": Right(COUNTER, label=_("Take to the laboratory")),
    "invoice_cancel": Right(frozenset({Role.BODY_MANAGER}), needs_reason=True, label=_("Cancel the invoice")),
    "invoice_enter": Right(COUNTER, label=_("Enter the invoice’s number")),
    "invoice_prepare": Right(COUNTER, label=_("Prepare an invoice")),
    "worktime_enter": Right(COUNTER, label=_("Enter working time")),
    "worktime_withdraw": Right(COUNTER, needs_reason=True, label=_("Take working time back")),
}

ENTRY_TYPES = dict.fromkeys(RIGHTS, "verification.recorded")
