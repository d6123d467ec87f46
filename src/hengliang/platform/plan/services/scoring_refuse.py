from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Scoring
from hengliang.platform.plan.scoring_states import SCORING
from hengliang.platform.plan.services.four_eyes import refuse_first_person


def scoring_refuse(*, actor: Actor, scoring: Scoring, reason: str) -> Scoring:
    """The weights do not hold."""
    region = scoring.plan.region_id
    permit(actor, "scoring_refuse", region_id=region)
    refuse_first_person(actor, scoring.entered_by)
    with perform(actor, "scoring_refuse", subject=scoring, reason=reason, region_id=region) as act:
        move(SCORING, scoring, act)
    return scoring
