from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.models import begin
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Achievement, AchievementStanding
from hengliang.platform.plan.services.four_eyes import refuse_first_person
from hengliang.platform.plan.states import ACHIEVEMENT


def achievement_confirm(*, actor: Actor, achievement: Achievement) -> Achievement:
    """A second person has held the entry against its document: it counts from the date of the document.

    Errors: `Blocked` for whoever entered it, and without a document.
    """
    permit(actor, "achievement_confirm", region_id=achievement.region_id)
    refuse_first_person(actor, achievement.entered_by)
    if not attachments_of(achievement).exists():
        raise Blocked("no_document", "Without its document an achievement can’t be confirmed.")
    day = achievement.approved_on
    with perform(actor, "achievement_confirm", subject=achievement, on=day, region_id=achievement.region_id) as act:
        move(ACHIEVEMENT, achievement, act)
        begin(AchievementStanding, act=act, on=day, achievement=achievement)
    return achievement
