from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.services.four_eyes import refuse_first_person
from hengliang.platform.plan.states import ACHIEVEMENT


def achievement_refuse(*, actor: Actor, achievement: Achievement, reason: str) -> Achievement:
    """The document does not prove it."""
    permit(actor, "achievement_refuse", region_id=achievement.region_id)
    refuse_first_person(actor, achievement.entered_by)
    with perform(
        actor, "achievement_refuse", subject=achievement, reason=reason, region_id=achievement.region_id
    ) as act:
        move(ACHIEVEMENT, achievement, act)
    return achievement
