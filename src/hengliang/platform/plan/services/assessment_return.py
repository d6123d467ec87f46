from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.models import PlanAssessment


def assessment_return(*, actor: Actor, assessment: PlanAssessment, reason: str) -> PlanAssessment:
    """The authority gives an assessment back, with the reason."""
    region = assessment.plan.region_id
    permit(actor, "assessment_return", region_id=region)
    with perform(actor, "assessment_return", subject=assessment, reason=reason, region_id=region) as act:
        move(ASSESSMENT, assessment, act)
    return assessment
