"""The scores of the districts that a snapshot froze: weights, demands, figures and points as they were."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from hengliang.platform.plan.models import Plan, ScoringWeight, Snapshot
from hengliang.platform.plan.selectors.frozen import demand_of, demanded_of, number_of, plan_then, target_then, text_of
from hengliang.platform.plan.selectors.scoring import DistrictScore, Points, scores_by, scores_of, scoring_of


def scores_to_freeze(plan: Plan, on: date, known_at: datetime) -> dict[str, Any]:
    """Weights and scores as plain data; empty where no weights are in force."""
    scoring = scoring_of(plan)
    if scoring is None:
        return {}
    weights = [
        {"target": one.target_id, "weight": text_of(one.weight), "each": text_of(one.each),
         "demand": demand_of(one.target), "indicator": one.target.indicator}
        for one in scoring.weights.all()
    ]  # fmt: skip
    scores = scores_of(scoring, on, known_at)
    return {"weights": weights, "districts": [_as_data(one) for one in scores]}


def _as_data(one: DistrictScore) -> dict[str, Any]:
    parts = [
        {"demanded": text_of(part.demanded), "value": text_of(part.value), "absent": part.absent,
         "points": text_of(part.points)}
        for part in one.parts
    ]  # fmt: skip
    return {"region": one.region_id, "name": one.name, "parts": parts}


def frozen_weights(snapshot: Snapshot) -> list[ScoringWeight]:
    """The weights by which a snapshot scored, each with its target as it was then; none where none were in force."""
    if snapshot.frame:
        return [
            ScoringWeight(
                target=target_then(one["target"], one["demand"], one["indicator"]), weight=Decimal(one["weight"]),
                each=number_of(one["each"]),
            )
            for one in snapshot.frame["scores"].get("weights", ())
        ]  # fmt: skip
    return _before_frames(snapshot)


def _before_frames(snapshot: Snapshot) -> list[ScoringWeight]:
    """The weights that were in force when a snapshot without a frame was taken, with the demands that it froze."""
    scoring = scoring_of(snapshot.plan, snapshot.known_at)
    then = {one.target_id: demanded_of(one) for one in snapshot.figures.all()}
    weights = list(scoring.weights.all()) if scoring else []
    for one in weights:
        one.target = then.get(one.target_id, one.target)
    return weights


def frozen_scores(snapshot: Snapshot, weights: Sequence[ScoringWeight]) -> list[DistrictScore]:
    """The scores of a snapshot by its `frozen_weights`, the highest first."""
    if snapshot.frame:
        return [_read(one, weights) for one in snapshot.frame["scores"].get("districts", ())]
    return scores_by(plan_then(snapshot), weights, snapshot.on, snapshot.known_at)


def _read(told: dict[str, Any], weights: Sequence[ScoringWeight]) -> DistrictScore:
    parts = (
        Points(weight, Decimal(part["demanded"]), number_of(part["value"]), part["absent"],
               number_of(part["points"]))
        for weight, part in zip(weights, told["parts"], strict=True)
    )  # fmt: skip
    return DistrictScore(told["region"], told["name"], tuple(parts))
