from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.plan.models import PlanAssessment, TypicalPractice


def practice_add(*, actor: Actor, assessment: PlanAssessment, title: str, unit: str, text: str) -> TypicalPractice:
    """The assessor names a practice that others may learn from."""
    permit(actor, "practice_add", organisations=[assessment.assessor_id])
    if assessment.state != "in_work":
        raise Blocked("assessment_given", "The assessment is no longer with the assessor.")
    if not (title.strip() and unit.strip() and text.strip()):
        raise InputRefused("practice", "A practice needs a name, its unit, and what was done.", field="title")
    with perform(actor, "practice_add", subject=assessment, region_id=assessment.plan.region_id) as act:
        act.content = {"title": title.strip(), "unit": unit.strip()}
        return TypicalPractice.objects.create(
            act=act, assessment=assessment, title=title.strip()[:200], unit=unit.strip()[:200], text=text.strip()
        )
