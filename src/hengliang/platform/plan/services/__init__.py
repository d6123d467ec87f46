"""The acts of plans, one a module. None of them enters a figure."""

from hengliang.platform.plan.services.achievement_confirm import achievement_confirm
from hengliang.platform.plan.services.achievement_enter import achievement_enter
from hengliang.platform.plan.services.achievement_refuse import achievement_refuse
from hengliang.platform.plan.services.achievement_withdraw import achievement_withdraw
from hengliang.platform.plan.services.amendment_confirm import amendment_confirm
from hengliang.platform.plan.services.amendment_propose import amendment_propose
from hengliang.platform.plan.services.amendment_refuse import amendment_refuse
from hengliang.platform.plan.services.assessment_accept import assessment_accept
from hengliang.platform.plan.services.assessment_commission import assessment_commission
from hengliang.platform.plan.services.assessment_return import assessment_return
from hengliang.platform.plan.services.assessment_submit import assessment_submit
from hengliang.platform.plan.services.assessment_withdraw import assessment_withdraw
from hengliang.platform.plan.services.comment_answer import comment_answer
from hengliang.platform.plan.services.comment_enter import comment_enter
from hengliang.platform.plan.services.comment_publish import comment_publish
from hengliang.platform.plan.services.comment_withhold import comment_withhold
from hengliang.platform.plan.services.conference_found import conference_found
from hengliang.platform.plan.services.consultation_close import consultation_close
from hengliang.platform.plan.services.consultation_open import consultation_open
from hengliang.platform.plan.services.consultation_withdraw import consultation_withdraw
from hengliang.platform.plan.services.demand import Demand
from hengliang.platform.plan.services.follow_up import follow_up
from hengliang.platform.plan.services.goal_rate import goal_rate
from hengliang.platform.plan.services.meeting_hold import Resolved, meeting_hold
from hengliang.platform.plan.services.member_join import member_join
from hengliang.platform.plan.services.member_leave import member_leave
from hengliang.platform.plan.services.plan_adopt import plan_adopt
from hengliang.platform.plan.services.plan_correct import plan_correct
from hengliang.platform.plan.services.plan_drop import plan_drop
from hengliang.platform.plan.services.plan_end import plan_end
from hengliang.platform.plan.services.plan_import import plan_import
from hengliang.platform.plan.services.plan_task_add import plan_task_add
from hengliang.platform.plan.services.plan_task_close import plan_task_close
from hengliang.platform.plan.services.plan_task_correct import plan_task_correct
from hengliang.platform.plan.services.plan_task_drop import plan_task_drop
from hengliang.platform.plan.services.plan_task_reopen import plan_task_reopen
from hengliang.platform.plan.services.practice_add import practice_add
from hengliang.platform.plan.services.progress_report import progress_report
from hengliang.platform.plan.services.resolution_close import resolution_close
from hengliang.platform.plan.services.resolution_drop import resolution_drop
from hengliang.platform.plan.services.resolution_reopen import resolution_reopen
from hengliang.platform.plan.services.resolutions_remind import resolutions_remind
from hengliang.platform.plan.services.scoring_confirm import scoring_confirm
from hengliang.platform.plan.services.scoring_enter import Weighed, scoring_enter
from hengliang.platform.plan.services.scoring_refuse import scoring_refuse
from hengliang.platform.plan.services.snapshot_take import snapshot_take
from hengliang.platform.plan.services.target_add import target_add
from hengliang.platform.plan.services.target_confirm import target_confirm
from hengliang.platform.plan.services.target_drop import target_drop
from hengliang.platform.plan.services.target_opine import target_opine
from hengliang.platform.plan.services.target_restore import target_restore

__all__ = [
    "Demand",
    "Resolved",
    "Weighed",
    "achievement_confirm",
    "achievement_enter",
    "achievement_refuse",
    "achievement_withdraw",
    "amendment_confirm",
    "amendment_propose",
    "amendment_refuse",
    "assessment_accept",
    "assessment_commission",
    "assessment_return",
    "assessment_submit",
    "assessment_withdraw",
    "comment_answer",
    "comment_enter",
    "comment_publish",
    "comment_withhold",
    "conference_found",
    "consultation_close",
    "consultation_open",
    "consultation_withdraw",
    "follow_up",
    "goal_rate",
    "meeting_hold",
    "member_join",
    "member_leave",
    "plan_adopt",
    "plan_correct",
    "plan_drop",
    "plan_end",
    "plan_import",
    "plan_task_add",
    "plan_task_close",
    "plan_task_correct",
    "plan_task_drop",
    "plan_task_reopen",
    "practice_add",
    "progress_report",
    "resolution_close",
    "resolution_drop",
    "resolution_reopen",
    "resolutions_remind",
    "scoring_confirm",
    "scoring_enter",
    "scoring_refuse",
    "snapshot_take",
    "target_add",
    "target_confirm",
    "target_drop",
    "target_opine",
    "target_restore",
]
