from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.models import PlanAssessment
from hengliang.platform.plan.reports import report_keep


def assessment_accept(*, actor: Actor, assessment: PlanAssessment, reason: str) -> PlanAssessment:
    """The authority accepts an assessment; its opinions stand as they are, and its report is kept as bytes."""
    region = assessment.plan.region_id
    permit(actor, "assessment_accept", region_id=region)
    with perform(actor, "assessment_accept", subject=assessment, reason=reason, region_id=region) as act:
        move(ASSESSMENT, assessment, act)
        act.content = {"reports": {one.name: one.sha256 for one in report_keep(assessment, act)}}
    return assessment
