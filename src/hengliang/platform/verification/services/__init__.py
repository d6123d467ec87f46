"""The acts of verification, one a module."""

from hengliang.platform.verification.services.application_accept import application_accept
from hengliang.platform.verification.services.application_reassign import application_escalate, application_reassign
from hengliang.platform.verification.services.application_refuse import application_refuse
from hengliang.platform.verification.services.application_submit import application_submit, open_task
from hengliang.platform.verification.services.application_withdraw import application_withdraw
from hengliang.platform.verification.services.applications_submit import applications_submit
from hengliang.platform.verification.services.arbitration_acts import (
    arbitration_attend,
    arbitration_decide,
    arbitration_notify,
    arbitration_withdraw,
)
from hengliang.platform.verification.services.arbitration_mediate import Consent, arbitration_mediate
from hengliang.platform.verification.services.arbitration_move import arbitration_move
from hengliang.platform.verification.services.arbitration_open import Disputant, arbitration_open
from hengliang.platform.verification.services.arbitration_result import (
    arbitration_close,
    arbitration_final,
    arbitration_result,
)
from hengliang.platform.verification.services.arbitration_second import arbitration_appeal, arbitration_second
from hengliang.platform.verification.services.bench_profile_save import bench_profile_save
from hengliang.platform.verification.services.bench_profile_write import bench_profile_withdraw, bench_profile_write
from hengliang.platform.verification.services.conditions_amend import (
    conditions_amend,
    conditions_confirm,
    conditions_decline,
)
from hengliang.platform.verification.services.conditions_enter import conditions_enter, may_enter
from hengliang.platform.verification.services.decision_agree import decision_agree
from hengliang.platform.verification.services.draft_save import draft_save
from hengliang.platform.verification.services.drafts_save import DraftChange, drafts_save
from hengliang.platform.verification.services.fee_assess import assess_all, fee_assess
from hengliang.platform.verification.services.fee_change import fee_change, fee_exempt
from hengliang.platform.verification.services.handover_admit import handover_admit
from hengliang.platform.verification.services.handover_move import handover_bring, handover_take
from hengliang.platform.verification.services.handover_receive import HandedIn, handover_receive
from hengliang.platform.verification.services.handover_return import handover_return
from hengliang.platform.verification.services.invoice_enter import invoice_cancel, invoice_enter
from hengliang.platform.verification.services.invoice_prepare import invoice_prepare
from hengliang.platform.verification.services.lot_approve import lot_approve
from hengliang.platform.verification.services.lot_drop import lot_drop
from hengliang.platform.verification.services.lot_issue import lot_issue
from hengliang.platform.verification.services.lot_read import lot_read
from hengliang.platform.verification.services.lot_receive import lot_receive
from hengliang.platform.verification.services.lot_result_take import lot_result_take
from hengliang.platform.verification.services.lot_review import lot_review
from hengliang.platform.verification.services.lot_send_back import lot_send_back
from hengliang.platform.verification.services.lot_submit import lot_submit
from hengliang.platform.verification.services.lot_void import lot_void
from hengliang.platform.verification.services.mediation import mediation_fail, mediation_open
from hengliang.platform.verification.services.record_approve import record_approve
from hengliang.platform.verification.services.record_review import record_review, require_other
from hengliang.platform.verification.services.record_send_back import record_send_back, record_void, reopen_draft
from hengliang.platform.verification.services.record_submit import record_submit
from hengliang.platform.verification.services.records_submit import Measured, records_submit
from hengliang.platform.verification.services.retest_conclude import retest_cancel, retest_conclude, second_record
from hengliang.platform.verification.services.retest_order import retest_order
from hengliang.platform.verification.services.round_add import round_add, unknown_file
from hengliang.platform.verification.services.round_announce import round_announce, round_confirm, round_propose
from hengliang.platform.verification.services.round_close import round_cancel, round_close, round_return
from hengliang.platform.verification.services.round_file import round_file
from hengliang.platform.verification.services.round_plan import round_plan
from hengliang.platform.verification.services.round_records import round_records
from hengliang.platform.verification.services.round_settle import round_settle
from hengliang.platform.verification.services.round_synchronise import Receipt, round_synchronise
from hengliang.platform.verification.services.round_take_out import round_take_out
from hengliang.platform.verification.services.task_assign import task_assign
from hengliang.platform.verification.services.task_cancel import task_cancel
from hengliang.platform.verification.services.task_follow import task_follow
from hengliang.platform.verification.services.task_regime_change import task_regime_change
from hengliang.platform.verification.services.worktime_enter import worktime_enter, worktime_withdraw

__all__ = [
    "Consent",
    "Disputant",
    "DraftChange",
    "HandedIn",
    "Measured",
    "Receipt",
    "application_accept",
    "application_escalate",
    "application_reassign",
    "application_refuse",
    "application_submit",
    "application_withdraw",
    "applications_submit",
    "arbitration_appeal",
    "arbitration_attend",
    "arbitration_close",
    "arbitration_decide",
    "arbitration_final",
    "arbitration_mediate",
    "arbitration_move",
    "arbitration_notify",
    "arbitration_open",
    "arbitration_result",
    "arbitration_second",
    "arbitration_withdraw",
    "assess_all",
    "bench_profile_save",
    "bench_profile_withdraw",
    "bench_profile_write",
    "conditions_amend",
    "conditions_confirm",
    "conditions_decline",
    "conditions_enter",
    "decision_agree",
    "draft_save",
    "drafts_save",
    "fee_assess",
    "fee_change",
    "fee_exempt",
    "handover_admit",
    "handover_bring",
    "handover_receive",
    "handover_return",
    "handover_take",
    "invoice_cancel",
    "invoice_enter",
    "invoice_prepare",
    "lot_approve",
    "lot_drop",
    "lot_issue",
    "lot_read",
    "lot_receive",
    "lot_result_take",
    "lot_review",
    "lot_send_back",
    "lot_submit",
    "lot_void",
    "may_enter",
    "mediation_fail",
    "mediation_open",
    "open_task",
    "record_approve",
    "record_review",
    "record_send_back",
    "record_submit",
    "record_void",
    "records_submit",
    "reopen_draft",
    "require_other",
    "retest_cancel",
    "retest_conclude",
    "retest_order",
    "round_add",
    "round_announce",
    "round_cancel",
    "round_close",
    "round_confirm",
    "round_file",
    "round_plan",
    "round_propose",
    "round_records",
    "round_return",
    "round_settle",
    "round_synchronise",
    "round_take_out",
    "second_record",
    "task_assign",
    "task_cancel",
    "task_follow",
    "task_regime_change",
    "unknown_file",
    "worktime_enter",
    "worktime_withdraw",
]
