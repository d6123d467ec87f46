"""A finding has an innocent reason, and the authority says which."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.supervision.models import Finding
from hengliang.platform.supervision.states import FINDING


def finding_explain(*, actor: Actor, finding: Finding, reason: str) -> None:
    """A finding has an innocent reason, and the authority says which."""
    permit(actor, "finding_explain", region_id=finding.region_id)
    with perform(actor, "finding_explain", subject=finding, reason=reason, region_id=finding.region_id) as act:
        move(FINDING, finding, act)
        act.content = {"finding": finding.pk}
