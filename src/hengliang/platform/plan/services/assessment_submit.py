from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.models import PlanAssessment
from hengliang.platform.plan.services.third_party import permit_assessor


def assessment_submit(*, actor: Actor, assessment: PlanAssessment, conclusion: str, advice: str = "") -> PlanAssessment:
    """The assessor hands in: an opinion on every target of the snapshot, and a conclusion.

    Errors: `Blocked` while a target has no opinion; `InputRefused` without a conclusion.
    """
    permit_assessor(actor, "assessment_submit", assessment)
    told = set(assessment.opinions.values_list("target_id", flat=True))
    open_ = sum(pk not in told for pk in assessment.snapshot.figures.values_list("target_id", flat=True))
    if open_:
        raise Blocked("opinions_open", "%(count)s targets have no opinion yet.", count=open_)
    if not conclusion.strip():
        raise InputRefused("conclusion_empty", "Write the conclusion of the assessment.", field="conclusion")
    with perform(actor, "assessment_submit", subject=assessment, region_id=assessment.plan.region_id) as act:
        assessment.conclusion, assessment.advice = conclusion.strip(), advice.strip()
        assessment.save(update_fields=["conclusion", "advice"])
        move(ASSESSMENT, assessment, act)
        act.content = {"conclusion": assessment.conclusion, "advice": assessment.advice}
    return assessment
