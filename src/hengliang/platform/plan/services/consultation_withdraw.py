from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.consultation_states import CONSULTATION
from hengliang.platform.plan.models import Consultation


def consultation_withdraw(*, actor: Actor, consultation: Consultation, reason: str) -> Consultation:
    """The draft is no longer put up; what was said stays with the authority."""
    permit(actor, "consultation_withdraw", region_id=consultation.region_id)
    with perform(
        actor, "consultation_withdraw", subject=consultation, reason=reason, region_id=consultation.region_id
    ) as act:
        move(CONSULTATION, consultation, act)
    return consultation
