from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models import GoalRating, PlanAssessment, PlanTarget, TargetOpinion
from hengliang.platform.plan.services.third_party import permit_assessor


def target_opine(
    *, actor: Actor, assessment: PlanAssessment, target: PlanTarget, grade: str, opinion: str
) -> TargetOpinion:
    """The assessor says how a target stands, beside the frozen figure, which no opinion moves.

    Errors: `Blocked` unless the assessment is with the assessor; `InputRefused` without words, or for a target of
    another plan.
    """
    permit_assessor(actor, "target_opine", assessment)
    known = assessment.snapshot.figures.filter(target=target).exists()
    if not known or grade not in GoalRating.Grade.values or not opinion.strip():
        raise InputRefused("opinion", "An opinion needs a target of the snapshot, a grade and words.", field="grade")
    with perform(actor, "target_opine", subject=assessment, region_id=assessment.plan.region_id) as act:
        act.content = {"target": target.pk, "grade": grade, "opinion": opinion.strip()}
        return TargetOpinion.objects.create(
            act=act, assessment=assessment, target=target, grade=grade, opinion=opinion.strip()
        )
