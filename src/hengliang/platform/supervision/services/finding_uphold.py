"""A finding holds: the authority says what it established and what follows."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.states import FINDING


def finding_uphold(*, actor: Actor, finding: Finding, reason: str) -> None:
    """A finding holds: the authority says what it established and what follows."""
    permit(actor, "finding_uphold", region_id=finding.region_id)
    with perform(actor, "finding_uphold", subject=finding, reason=reason, region_id=finding.region_id) as act:
        move(FINDING, finding, act)
        act.content = {"finding": finding.pk}
