from datetime import date

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import end
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Achievement
from hengliang.platform.plan.states import ACHIEVEMENT


def achievement_withdraw(*, actor: Actor, achievement: Achievement, on: date, reason: str) -> Achievement:
    """It counts no longer from a day on: cancelled then, or, from the date of its document, never true.

    Errors: `InputRefused` for a day before its document or ahead.
    """
    permit(actor, "achievement_withdraw", region_id=achievement.region_id)
    if not achievement.approved_on <= on <= actor.today:
        raise InputRefused("withdrawn_on", "The day lies before its document, or ahead.", field="on")
    with perform(
        actor, "achievement_withdraw", subject=achievement, on=on, reason=reason, region_id=achievement.region_id
    ) as act:
        move(ACHIEVEMENT, achievement, act)
        end(achievement.standings.all(), act=act, on=on)
    return achievement
