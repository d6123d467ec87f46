"""The states of plans, targets, tasks and achievements, and the acts between them."""

from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.transitions import State, Workflow, moves
from hengliang.platform.plan.amendment_states import AMENDMENT as AMENDMENT
from hengliang.platform.plan.assessment_states import ASSESSMENT as ASSESSMENT
from hengliang.platform.plan.conference_states import RESOLUTION as RESOLUTION
from hengliang.platform.plan.consultation_states import COMMENT as COMMENT
from hengliang.platform.plan.consultation_states import CONSULTATION as CONSULTATION
from hengliang.platform.plan.scoring_states import SCORING as SCORING

DRAFT, IN_FORCE, ENDED = "draft", "in_force", "ended"
FOUND, CONFIRMED, DROPPED = "found", "confirmed", "dropped"
ENTERED = "entered"

PLAN = Workflow(
    "plan",
    (
        State(DRAFT, _("Being confirmed"), "pending"),
        State(IN_FORCE, _("In force"), "good"),
        State(ENDED, _("Ended"), "muted"),
        State(DROPPED, _("Dropped"), "muted"),
    ),
    moves(
        ("plan_adopt", DRAFT, IN_FORCE),
        ("plan_drop", DRAFT, DROPPED),
        ("plan_end", IN_FORCE, ENDED),
    ),
)

# What the extractor found, or somebody added, until somebody says that it is so.
TARGET = Workflow(
    "plan_target",
    (
        State(FOUND, _("Found, to be confirmed"), "pending"),
        State(CONFIRMED, _("Confirmed"), "good"),
        State(DROPPED, _("Is no target"), "muted"),
    ),
    moves(
        ("target_confirm", {FOUND, CONFIRMED}, CONFIRMED),
        ("target_drop", {FOUND, CONFIRMED}, DROPPED),
        ("target_restore", DROPPED, FOUND),
    ),
)

TASK = Workflow(
    "plan_task",
    (
        State("open", _("In work"), "pending"),
        State("done", _("Done"), "good"),
        State(DROPPED, _("Dropped"), "muted"),
    ),
    moves(
        ("plan_task_close", "open", "done"),
        ("plan_task_reopen", "done", "open"),
        ("plan_task_drop", "open", DROPPED),
    ),
)

ACHIEVEMENT = Workflow(
    "achievement",
    (
        State(ENTERED, _("Entered, to be confirmed"), "pending"),
        State(CONFIRMED, _("Confirmed"), "good"),
        State("refused", _("Not confirmed"), "bad"),
        State("withdrawn", _("Withdrawn"), "muted"),
    ),
    moves(
        ("achievement_confirm", ENTERED, CONFIRMED),
        ("achievement_refuse", ENTERED, "refused"),
        ("achievement_withdraw", CONFIRMED, "withdrawn"),
    ),
)
