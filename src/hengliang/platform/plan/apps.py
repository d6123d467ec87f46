"""The app."""

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from hengliang.platform.core.pages.viewer import Visible
    from hengliang.platform.core.rights import Role


def _holding(roles: frozenset["Role"]) -> "Visible":
    return lambda actor: actor.has(*roles)


class PlanConfig(AppConfig):
    """Plans, their targets computed from the ledger, and what is decided about them."""

    name = "hengliang.platform.plan"
    label = "plan"

    def ready(self) -> None:
        """Register rights, messages, states, who may read which paper, and the places in the navigation."""
        from hengliang.platform.core.attachments import register_attachment_reader
        from hengliang.platform.core.messages import register_messages
        from hengliang.platform.core.pages import looks, nav
        from hengliang.platform.core.rights import REGIONAL, Role, register_rights
        from hengliang.platform.plan.amendment_states import AMENDMENT
        from hengliang.platform.plan.assessment_states import ASSESSMENT
        from hengliang.platform.plan.conference_states import RESOLUTION
        from hengliang.platform.plan.consultation_states import COMMENT, CONSULTATION
        from hengliang.platform.plan.looks import LOOKS
        from hengliang.platform.plan.messages import MESSAGES
        from hengliang.platform.plan.rights import RIGHTS
        from hengliang.platform.plan.scoring_states import SCORING
        from hengliang.platform.plan.selectors import plans
        from hengliang.platform.plan.states import ACHIEVEMENT, PLAN, TARGET, TASK

        register_rights(RIGHTS)
        register_messages(MESSAGES)
        for workflow in (
            PLAN, TARGET, TASK, ACHIEVEMENT, CONSULTATION, COMMENT, RESOLUTION, ASSESSMENT, SCORING, AMENDMENT,
        ):  # fmt: skip
            looks.register_workflow(workflow)
        looks.register_looks(LOOKS)
        register_attachment_reader("plan.plan", plans.may_read_plan)
        register_attachment_reader("plan.achievement", plans.may_read_achievement)
        register_attachment_reader("plan.planassessment", plans.may_read_assessment)
        register_attachment_reader("plan.progressreport", plans.may_read_report)
        register_attachment_reader("plan.goalrating", plans.may_read_rating)
        over_regions = REGIONAL | {Role.ADMINISTRATOR}
        holders = over_regions | {Role.BODY_MANAGER, Role.OWNER, Role.UTILITY}
        for order, words, url, roles in (
            (40, _("Plans and targets"), "plan:plan_list", holders),
            (50, _("Live targets"), "plan:targets", over_regions),
            (60, _("Tasks of the plans"), "plan:task_list", holders),
            (70, _("Achievements"), "plan:achievement_list", holders),
            (80, _("Public consultations"), "plan:consultation_list", over_regions),
            (85, _("Joint conferences"), "plan:conference_list", holders | {Role.SECTOR_DEPARTMENT}),
            (90, _("Assessments of plans"), "plan:assessment_list", over_regions | {Role.ASSESSOR}),
        ):
            nav.register_entries(nav.NavEntry("plan", words, url, visible=_holding(roles), order=order))
