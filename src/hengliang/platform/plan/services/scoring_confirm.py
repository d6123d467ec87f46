from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Scoring
from hengliang.platform.plan.scoring_states import SCORING


def scoring_confirm(*, actor: Actor, scoring: Scoring) -> Scoring:
    """A second person puts the weights in force; those in force before are replaced.

    Errors: `Blocked` for whoever entered them.
    """
    region = scoring.plan.region_id
    permit(actor, "scoring_confirm", region_id=region)
    refuse_first_person(actor, scoring)
    for old in Scoring.objects.select_for_update().filter(plan=scoring.plan, state="confirmed"):
        with perform(actor, "scoring_replace", subject=old, region_id=region) as act:
            move(SCORING, old, act)
    with perform(actor, "scoring_confirm", subject=scoring, region_id=region) as act:
        move(SCORING, scoring, act)
    return scoring


def refuse_first_person(actor: Actor, scoring: Scoring) -> None:
    """Whoever entered the weights does not decide on them."""
    if actor.account_id is not None and actor.account_id == scoring.entered_by:
        raise Blocked("second_person", "You entered this yourself; a second person confirms it.")
