"""The acts of plans, one a module. None of them enters a figure."""

from hengliang.platform.plan.services.achievement_confirm import achievement_confirm
from hengliang.platform.plan.services.achievement_enter import achievement_enter
from hengliang.platform.plan.services.achievement_refuse import achievement_refuse
from hengliang.platform.plan.services.achievement_withdraw import achievement_withdraw
from hengliang.platform.plan.services.goal_rate import goal_rate
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
from hengliang.platform.plan.services.progress_report import progress_report
from hengliang.platform.plan.services.snapshot_take import snapshot_take
from hengliang.platform.plan.services.target_add import target_add
from hengliang.platform.plan.services.target_confirm import Demand, target_confirm
from hengliang.platform.plan.services.target_drop import target_drop
from hengliang.platform.plan.services.target_restore import target_restore

__all__ = [
    "Demand",
    "achievement_confirm",
    "achievement_enter",
    "achievement_refuse",
    "achievement_withdraw",
    "goal_rate",
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
    "progress_report",
    "snapshot_take",
    "target_add",
    "target_confirm",
    "target_drop",
    "target_restore",
]
