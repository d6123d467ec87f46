from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.models import PlanAssessment


def assessment_withdraw(*, actor: Actor, assessment: PlanAssessment, reason: str) -> PlanAssessment:
    """An assessment is no longer asked for."""
    region = assessment.plan.region_id
    permit(actor, "assessment_withdraw", region_id=region)
    with perform(actor, "assessment_withdraw", subject=assessment, reason=reason, region_id=region) as act:
        move(ASSESSMENT, assessment, act)
    return assessment
