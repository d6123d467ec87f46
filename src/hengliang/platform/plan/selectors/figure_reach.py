"""Of which regions, and by which indicators, somebody may read figures and the rows behind them."""

from dataclasses import dataclass

from hengliang.platform.core.rights import REGIONAL, Actor, Role
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.states import CONFIRMED


@dataclass(frozen=True)
class Reach:
    """`regions` None for all there are; `indicators` None for every one."""

    regions: frozenset[int] | None
    indicators: frozenset[str] | None = None

    def __contains__(self, name: str) -> bool:
        """Whether an indicator lies within it."""
        return self.indicators is None or name in self.indicators


def figure_reach(actor: Actor) -> Reach | None:
    """Regional roles read their regions. A third party reads the regions and the indicators of the plans that it
    assesses, until the assessment is over. None for everybody else."""
    if actor.has(Role.ADMINISTRATOR):
        return Reach(None)
    if actor.has(*REGIONAL):
        return Reach(actor.regions())
    plans = Plan.objects.under_assessment_by(actor.organisations({Role.ASSESSOR}))
    regions = set(plans.values_list("region_id", flat=True))
    if not regions:
        return None
    tied = plans.filter(targets__state=CONFIRMED).values_list("targets__indicator", flat=True)
    return Reach(regions_under(regions, actor.today), frozenset(tied) - {""})
