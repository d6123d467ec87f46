"""Who may do what with plans, targets, tasks, achievements and snapshots. Nobody has a right to enter a figure."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.rights import Right, Role

_AUTHORITY = frozenset({Role.AUTHORITY})
REPORTERS = frozenset({Role.AUTHORITY, Role.SECTOR_DEPARTMENT, Role.BODY_MANAGER, Role.OWNER, Role.UTILITY})

RIGHTS = {
    "plan_import": Right(_AUTHORITY, label=_("Read a policy document")),
    "plan_correct": Right(_AUTHORITY, label=_("Correct the particulars of a plan")),
    "plan_adopt": Right(_AUTHORITY, label=_("Put a plan in force")),
    "plan_drop": Right(_AUTHORITY, needs_reason=True, label=_("Drop a plan")),
    "plan_end": Right(_AUTHORITY, needs_reason=True, label=_("End a plan")),
    "target_add": Right(_AUTHORITY, label=_("Add a target")),
    "target_confirm": Right(_AUTHORITY, label=_("Confirm a target")),
    "target_drop": Right(_AUTHORITY, needs_reason=True, label=_("Drop a target")),
    "target_restore": Right(_AUTHORITY, label=_("Look at a target again")),
    "amendment_propose": Right(_AUTHORITY, needs_reason=True, label=_("Propose a change of a target in force")),
    "amendment_confirm": Right(_AUTHORITY, label=_("Confirm a change of a target in force")),
    "amendment_refuse": Right(_AUTHORITY, needs_reason=True, label=_("Do not confirm a change of a target")),
    "goal_rate": Right(_AUTHORITY, needs_reason=True, label=_("Rate a goal")),
    "plan_task_add": Right(_AUTHORITY, label=_("Add a task")),
    "plan_task_correct": Right(_AUTHORITY, label=_("Correct a task")),
    "plan_task_close": Right(_AUTHORITY, needs_reason=True, label=_("Close a task")),
    "plan_task_reopen": Right(_AUTHORITY, needs_reason=True, label=_("Open a task again")),
    "plan_task_drop": Right(_AUTHORITY, needs_reason=True, label=_("Drop a task")),
    "progress_report": Right(REPORTERS, label=_("Report progress")),
    "achievement_enter": Right(_AUTHORITY | {Role.SECTOR_DEPARTMENT, Role.BODY_MANAGER, Role.OWNER, Role.UTILITY},
                               label=_("Enter an achievement")),
    "achievement_confirm": Right(_AUTHORITY, label=_("Confirm an achievement")),
    "achievement_refuse": Right(_AUTHORITY, needs_reason=True, label=_("Do not confirm an achievement")),
    "achievement_withdraw": Right(_AUTHORITY, needs_reason=True, label=_("Withdraw an achievement")),
    "snapshot_take": Right(_AUTHORITY, label=_("Freeze a snapshot")),
    "scoring_enter": Right(_AUTHORITY, label=_("Enter weights for the districts")),
    "scoring_confirm": Right(_AUTHORITY, label=_("Confirm the weights for the districts")),
    "scoring_replace": Right(_AUTHORITY, label=_("Weights replaced by newer ones")),
    "scoring_refuse": Right(_AUTHORITY, needs_reason=True, label=_("Do not confirm the weights for the districts")),
    "consultation_open": Right(_AUTHORITY, label=_("Put a draft up for comments")),
    "consultation_close": Right(_AUTHORITY, label=_("Close a consultation")),
    "consultation_withdraw": Right(_AUTHORITY, needs_reason=True, label=_("Withdraw a consultation")),
    # Anybody comments, without a role; the act asks for no right and bounds what it takes.
    "comment_enter": Right(frozenset(), label=_("Comment on a draft")),
    "comment_publish": Right(_AUTHORITY, label=_("Show a comment")),
    "comment_withhold": Right(_AUTHORITY, needs_reason=True, label=_("Not show a comment")),
    "comment_answer": Right(_AUTHORITY, label=_("Answer a comment")),
    "conference_found": Right(_AUTHORITY, label=_("Found a joint conference")),
    "member_join": Right(_AUTHORITY, label=_("Add a member")),
    "member_leave": Right(_AUTHORITY, needs_reason=True, label=_("End a membership")),
    "meeting_hold": Right(_AUTHORITY, label=_("Enter a meeting")),
    "follow_up": Right(REPORTERS, label=_("Report on a resolution")),
    "resolution_close": Right(_AUTHORITY, needs_reason=True, label=_("Close a resolution")),
    "resolution_reopen": Right(_AUTHORITY, needs_reason=True, label=_("Open a resolution again")),
    "resolution_drop": Right(_AUTHORITY, needs_reason=True, label=_("Drop a resolution")),
    "assessment_commission": Right(_AUTHORITY, label=_("Commission an assessment")),
    "target_opine": Right(frozenset({Role.ASSESSOR}), label=_("Give an opinion on a target")),
    "practice_add": Right(frozenset({Role.ASSESSOR}), label=_("Name a typical practice")),
    "assessment_submit": Right(frozenset({Role.ASSESSOR}), label=_("Submit an assessment")),
    "assessment_return": Right(_AUTHORITY, needs_reason=True, label=_("Give an assessment back")),
    "assessment_accept": Right(_AUTHORITY, needs_reason=True, label=_("Accept an assessment")),
    "assessment_withdraw": Right(_AUTHORITY, needs_reason=True, label=_("Withdraw an assessment")),
}  # fmt: skip
