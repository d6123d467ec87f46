from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Scoring
from hengliang.platform.plan.scoring_states import SCORING
from hengliang.platform.plan.services.four_eyes import refuse_first_person


def scoring_confirm(*, actor: Actor, scoring: Scoring) -> Scoring:
    """A second person puts the weights in force; those in force before are replaced.

    Errors: `Blocked` for whoever entered them.
    """
    region = scoring.plan.region_id
    permit(actor, "scoring_confirm", region_id=region)
    refuse_first_person(actor, scoring.entered_by)
    for old in Scoring.objects.select_for_update().filter(plan=scoring.plan, state="confirmed"):
        with perform(actor, "scoring_replace", subject=old, region_id=region) as act:
            move(SCORING, old, act)
    with perform(actor, "scoring_confirm", subject=scoring, region_id=region) as act:
        move(SCORING, scoring, act)
    return scoring
