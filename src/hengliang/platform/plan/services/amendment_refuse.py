from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.amendment_states import AMENDMENT
from hengliang.platform.plan.models import TargetAmendment


def amendment_refuse(*, actor: Actor, amendment: TargetAmendment, reason: str) -> TargetAmendment:
    """The change does not hold; whoever proposed it may take it back so."""
    region = amendment.target.plan.region_id
    permit(actor, "amendment_refuse", region_id=region)
    with perform(actor, "amendment_refuse", subject=amendment, reason=reason, region_id=region) as act:
        move(AMENDMENT, amendment, act)
    return amendment
