"""How the districts of a plan score by its weights: points for what they have reached, computed for any day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal

from hengliang.platform.core.selectors import history_of, region_list
from hengliang.platform.plan.engine import Figure
from hengliang.platform.plan.engine.figure import NO_SOURCE
from hengliang.platform.plan.models import Comparator, Plan, PlanTarget, Scoring, ScoringWeight
from hengliang.platform.plan.selectors.progress import days_of, swept

_DIGITS, _WHOLE = Decimal("0.01"), Decimal(100)


@dataclass(frozen=True)
class Points:
    """What one target gives one district: its weight times the share of the demand that is reached, at most all of it.

    `points` is None where there is no figure; such a weight is left out of the score and never counted as 0.
    """

    weight: ScoringWeight
    demanded: Decimal
    value: Decimal | None
    absent: str
    points: Decimal | None


@dataclass(frozen=True)
class DistrictScore:
    """A district: its points of the weights that could be counted (`of`), and the score out of 100 over these."""

    region_id: int
    name: str
    parts: tuple[Points, ...]

    @property
    def points(self) -> Decimal:
        """All its points."""
        return sum((one.points for one in self.parts if one.points is not None), Decimal(0))

    @property
    def of(self) -> Decimal:
        """The weights that could be counted."""
        return sum((one.weight.weight for one in self.parts if one.points is not None), Decimal(0))

    @property
    def score(self) -> Decimal | None:
        """Out of 100; None where nothing could be counted."""
        return (self.points * _WHOLE / self.of).quantize(_DIGITS, ROUND_HALF_EVEN) if self.of else None


def scoring_of(plan: Plan, known_at: datetime | None = None) -> Scoring | None:
    """The weights in force now, or those that were in force at a moment."""
    rows = Scoring.objects.filter(plan=plan).prefetch_related("weights__target")
    if known_at is None:
        return rows.filter(state="confirmed").first()
    held = rows.filter(state__in=["confirmed", "replaced"]).order_by("-pk")
    return next((one for one in held if _in_force(one, known_at)), None)


def _in_force(scoring: Scoring, at: datetime) -> bool:
    acts = {one.kind: one.at for one in history_of(scoring)}
    began, ended = acts.get("scoring_confirm"), acts.get("scoring_replace")
    return began is not None and began <= at and (ended is None or ended > at)


def scores_of(scoring: Scoring, on: date, known_at: datetime | None = None) -> list[DistrictScore]:
    """Every district below the plan's region, the highest score first; one sweep of the engine in all."""
    return scores_by(scoring.plan, list(scoring.weights.all()), on, known_at)


def scores_by(
    plan: Plan, weights: Sequence[ScoringWeight], on: date, known_at: datetime | None = None
) -> list[DistrictScore]:
    """The same by any weights, each with the target that it carries."""
    districts = {row.region_id: row.name for row in region_list(on) if row.parent_id == plan.region_id}
    days = {one.target_id: days_of(one.target, plan, on)[0] for one in weights}
    found = swept(plan, [one.target for one in weights], days.values(), known_at, districts) if districts else {}
    scores = [
        DistrictScore(region, name, tuple(_points(one, found, region, days[one.target_id]) for one in weights))
        for region, name in districts.items()
    ]
    return sorted(scores, key=lambda one: (-(one.score if one.score is not None else Decimal(-1)), one.name))


def _points(
    weight: ScoringWeight, found: Mapping[str, Mapping[int, Mapping[date, Figure]]], region: int, day: date
) -> Points:
    target = weight.target
    figure = found.get(target.indicator, {}).get(region, {}).get(day)
    share = figure is not None and figure.denominator is not None
    demanded = target.goal or Decimal(0) if share or weight.each is None else weight.each
    value, absent = (figure.value, figure.absent) if figure else (None, NO_SOURCE)
    reached = None if value is None else _reached(value, demanded, target)
    points = None if reached is None else (weight.weight * reached).quantize(_DIGITS, ROUND_HALF_EVEN)
    return Points(weight, demanded, value, absent, points)


def _reached(value: Decimal, demanded: Decimal, target: PlanTarget) -> Decimal | None:
    """The share of the demand that is reached, at most 1; None where nothing is demanded. Of an upper bound all is
    reached below it, and above it the less the farther."""
    if target.comparator == Comparator.AT_MOST:
        return Decimal(1) if value <= demanded else demanded / value
    return min(value / demanded, Decimal(1)) if demanded > 0 else None
