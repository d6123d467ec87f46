"""Scores of the districts for programs."""

from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema

from hengliang.platform.core.interface import Key
from hengliang.platform.core.requests import Request
from hengliang.platform.plan.api.words import Moment
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.selectors.scoring import scores_of, scoring_of

router = Router(tags=["plan"])


class PartOut(Schema):
    """What one target gives a district; `points` is null where there is no figure."""

    target_id: int = Field(examples=[1])
    metric: str = Field(examples=["受检率"])
    weight: Decimal = Field(examples=["40.00"])
    demanded: Decimal = Field(examples=["98.0000"])
    value: Decimal | None = Field(examples=["97.10"])
    points: Decimal | None = Field(examples=["39.63"])


class ScoreOut(Schema):
    """A district: its score out of 100 over the weights that could be counted (`of`)."""

    region_id: int = Field(examples=[3])
    name: str = Field(examples=["量县"])
    score: Decimal | None = Field(examples=["93.20"])
    of: Decimal = Field(examples=["100.00"])
    parts: list[PartOut]


@router.get("/plans/{pk}/scores", response=list[ScoreOut])
def district_scores(request: Request, pk: Key, asked: Query[Moment]) -> list[dict[str, Any]]:
    """The districts by the weights in force; empty where none are."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    scoring = scoring_of(plan, asked.known_at)
    if scoring is None:
        return []
    return [
        {
            "region_id": one.region_id, "name": one.name, "score": one.score, "of": one.of,
            "parts": [
                {"target_id": part.weight.target_id, "metric": part.weight.target.metric, "weight": part.weight.weight,
                 "demanded": part.demanded, "value": part.value,
                 "points": part.points}
                for part in one.parts
            ],
        }
        for one in scores_of(scoring, asked.on or request.actor.today, asked.known_at)
    ]  # fmt: skip
