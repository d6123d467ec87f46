"""An assessment as pages and reports show it."""

from dataclasses import dataclass
from decimal import Decimal

from hengliang.platform.plan.models import PlanAssessment, PlanTarget, SnapshotFigure, TargetOpinion
from hengliang.platform.plan.selectors.frozen import demanded
from hengliang.platform.plan.words import demand_words


@dataclass(frozen=True)
class Assessed:
    """A frozen figure, its target as it was demanded then, and the newest opinion on it."""

    figure: SnapshotFigure
    target: PlanTarget
    opinion: TargetOpinion | None

    @property
    def demand(self) -> str:
        """What was demanded then, in words."""
        return demand_words(self.target)

    @property
    def value(self) -> Decimal | None:
        """The frozen value without zeros that say nothing."""
        held = self.figure.value
        return None if held is None else Decimal(f"{held.normalize():f}")


def assessed(assessment: PlanAssessment) -> list[Assessed]:
    """Every target of the snapshot, in the order of the plan."""
    newest = {one.target_id: one for one in assessment.opinions.order_by("pk")}
    return [Assessed(one, target, newest.get(one.target_id)) for one, target in demanded(assessment.snapshot)]
