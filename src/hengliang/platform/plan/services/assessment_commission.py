from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, Role, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.models import Organisation
from hengliang.platform.plan.assessment_states import ASSESSMENT
from hengliang.platform.plan.models import PlanAssessment, Snapshot
from hengliang.platform.plan.services.bounds import MOST_YEARS, last_day
from hengliang.platform.plan.services.third_party import carries_out, is_assessor


def assessment_commission(
    *, actor: Actor, snapshot: Snapshot, kind: str, assessor: Organisation, due_on: date | None = None
) -> PlanAssessment:
    """A third party is asked to assess a plan on a snapshot.

    Errors: `InputRefused` for an organisation without the role of an assessor, for one that answers for a task of the
    plan, and for one's own.
    """
    plan = snapshot.plan
    permit(actor, "assessment_commission", region_id=plan.region_id)
    if kind not in PlanAssessment.Kind.values:
        raise InputRefused("assessment_kind", "Say whether it is the mid-term or the final assessment.", field="kind")
    if due_on is not None and not actor.today <= due_on <= last_day(actor.today):
        raise InputRefused("assessment_due", "An assessment is handed in today or later, and within %(years)s years.",
                           field="due_on", years=MOST_YEARS)  # fmt: skip
    if carries_out(assessor.pk, plan) or assessor.pk in actor.organisations(Role):
        raise InputRefused(
            "assessor_concerned", "Who carries out a plan does not assess it; choose a third party.", field="assessor"
        )
    if not is_assessor(assessor, actor.today):
        raise InputRefused(
            "no_assessor", "“%(name)s” holds no role of an assessor. The administrator gives that role.",
            field="assessor", name=assessor.name,
        )  # fmt: skip
    with perform(actor, "assessment_commission", region_id=plan.region_id) as act:
        act.subject = made = PlanAssessment.objects.create(
            act=act, plan=plan, snapshot=snapshot, kind=kind, assessor=assessor, due_on=due_on, state="in_work"
        )
        enter(ASSESSMENT, made, act)
        act.content = {"kind": kind, "snapshot": snapshot.digest, "assessor": assessor.name}
    return made
