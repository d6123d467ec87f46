from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor
from hengliang.platform.plan.models import PlanAssessment, TypicalPractice
from hengliang.platform.plan.services.third_party import permit_assessor


def practice_add(*, actor: Actor, assessment: PlanAssessment, title: str, unit: str, text: str) -> TypicalPractice:
    """The assessor names a practice that others may learn from."""
    permit_assessor(actor, "practice_add", assessment)
    if not (title.strip() and unit.strip() and text.strip()):
        raise InputRefused("practice", "A practice needs a name, its unit, and what was done.", field="title")
    with perform(actor, "practice_add", subject=assessment, region_id=assessment.plan.region_id) as act:
        act.content = {"title": title.strip(), "unit": unit.strip()}
        return TypicalPractice.objects.create(
            act=act, assessment=assessment, title=title.strip()[:200], unit=unit.strip()[:200], text=text.strip()
        )
