"""Who may assess a plan: an organisation with the role, which neither carries the plan out nor asked for it."""

from datetime import date

from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.parties.models import Organisation, RoleAssignment
from hengliang.platform.plan.models import Plan, PlanAssessment
from hengliang.platform.plan.services.units import is_named


def is_assessor(organisation: Organisation, on: date) -> bool:
    """Whether somebody there holds the role of an assessor on a day."""
    return RoleAssignment.objects.on(on).filter(role=Role.ASSESSOR, organisation=organisation).exists()


def carries_out(organisation_id: int, plan: Plan) -> bool:
    """Whether a task of the plan names it, by whichever name."""
    return is_named(organisation_id, plan)


def permit_assessor(actor: Actor, kind: str, assessment: PlanAssessment) -> None:
    """Let only the assessor of this assessment go on, and only while it is a third party.

    Errors: `NotPermitted`; `Blocked` if a task of the plan names the assessor by now, or the assessment is given.
    """
    permit(actor, kind, organisations=[assessment.assessor_id])
    if carries_out(assessment.assessor_id, assessment.plan):
        raise Blocked("assessor_carries_out", "Who carries out a plan does not assess it. A task of it names you now.")
    if assessment.state != "in_work":
        raise Blocked("assessment_given", "The assessment is no longer with the assessor.")
