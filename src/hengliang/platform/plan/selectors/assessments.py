"""An assessment as pages and reports show it."""

from dataclasses import dataclass
from decimal import Decimal

from hengliang.platform.plan.models import PlanAssessment, SnapshotFigure, TargetOpinion


@dataclass(frozen=True)
class Assessed:
    """A frozen figure with the newest opinion on it."""

    figure: SnapshotFigure
    opinion: TargetOpinion | None

    @property
    def value(self) -> Decimal | None:
        """The frozen value without zeros that say nothing."""
        held = self.figure.value
        return None if held is None else Decimal(f"{held.normalize():f}")


def assessed(assessment: PlanAssessment) -> list[Assessed]:
    """Every target of the snapshot, in the order of the plan."""
    newest = {one.target_id: one for one in assessment.opinions.order_by("pk")}
    figures = assessment.snapshot.figures.select_related("target").order_by("target__start", "target_id")
    return [Assessed(one, newest.get(one.target_id)) for one in figures]
