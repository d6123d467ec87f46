from collections.abc import Iterable
from datetime import date

from django.core.files.base import File

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.plan.models import GoalRating, PlanTarget
from hengliang.platform.plan.states import CONFIRMED


def goal_rate(
    *,
    actor: Actor,
    target: PlanTarget,
    on: date,
    grade: str,
    evidence: str,
    dissent: str = "",
    reason: str,
    files: "Iterable[File[bytes]]" = (),
) -> GoalRating:
    """A qualitative goal is rated in words, on evidence; who disagrees is written beside it.

    Errors: `Blocked` for a target that has a figure, or is not confirmed; `InputRefused` for an unknown grade.
    """
    plan = target.plan
    permit(actor, "goal_rate", region_id=plan.region_id)
    if not target.qualitative or target.state != CONFIRMED:
        raise Blocked("not_rated", "Only a confirmed qualitative goal is rated; a figure is computed.")
    if grade not in GoalRating.Grade.values or not evidence.strip() or on > actor.today:
        raise InputRefused("rating", "A rating needs a grade, its evidence and a day not ahead.", field="grade")
    with perform(actor, "goal_rate", subject=target, on=on, reason=reason, region_id=plan.region_id) as act:
        made = GoalRating.objects.create(
            act=act, target=target, on=on, grade=grade, evidence=evidence.strip(), dissent=dissent.strip()
        )
        for file in files:
            attachment_add(act=act, subject=made, file=file)
        act.content = {"grade": grade, "evidence": evidence, "dissent": dissent}
    return made
