"""By which weights the districts of a plan are scored, for programs: proposed by one, confirmed by a second person."""

from decimal import Decimal
from typing import Annotated

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from hengliang.platform.core.interface import Key, Reasoned, upto
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.models import Plan, PlanTarget, Scoring
from hengliang.platform.plan.services import Weighed

router = Router(tags=["plan"])


class WeightOut(Schema):
    """The weight of a target; `each` is what a district has to reach where the goal is a number of things."""

    target_id: int = Field(examples=[1])
    metric: str = Field(alias="target.metric", examples=["受检率"])
    weight: Decimal = Field(examples=["40.00"])
    each: Decimal | None = Field(examples=[None])


class ScoringOut(Schema):
    """A set of weights; one is in force (`confirmed`) at a time."""

    id: int = Field(examples=[1])
    plan_id: int = Field(examples=[1])
    remark: str = Field(examples=[""])
    state: str = Field(examples=["entered"])
    weights: list[WeightOut]


class WeightIn(Schema):
    """A target of the plan that has a figure, and its weight. What a district has reached is computed."""

    target_id: Key
    weight: Decimal = Field(ge=0, le=100, decimal_places=2, examples=["100"])
    each: Decimal | None = Field(None, ge=0, max_digits=12, decimal_places=2, examples=[None])


class ScoringIn(Schema):
    """Weights that make 100 in all."""

    weights: list[WeightIn] = Field(min_length=1, max_length=1000)
    remark: Annotated[str, upto(2000)] = Field("", examples=[""])


@router.get("/plans/{int:pk}/scorings", response=list[ScoringOut], summary="Weights of a plan")
def scorings(request: Request, pk: Key) -> list[Scoring]:
    """Every set of weights, newest first: those that wait, that hold, that were refused or replaced."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    return list(_seen(request).filter(plan=plan).order_by("-pk")[:200])


@router.post("/plans/{int:pk}/scorings", response={201: ScoringOut}, summary="Propose weights")
def scoring_enter(request: Request, pk: Key, given: ScoringIn) -> Status[Scoring]:
    """Weights for the districts of a plan in force; they hold once a second person has confirmed them."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    weights = [
        Weighed(get_object_or_404(PlanTarget, plan=plan, pk=one.target_id), one.weight, one.each)
        for one in given.weights
    ]
    made = services.scoring_enter(actor=request.actor, plan=plan, weights=weights, remark=given.remark)
    return Status(201, _scoring(request, made.pk))


@router.get("/scorings/{int:pk}", response=ScoringOut, summary="One set of weights")
def scoring(request: Request, pk: Key) -> Scoring:
    """One set of weights."""
    return _scoring(request, pk)


@router.post("/scorings/{int:pk}/confirm", response=ScoringOut, summary="Confirm weights")
def scoring_confirm(request: Request, pk: Key) -> Scoring:
    """A second person puts them in force; those in force before are replaced."""
    return services.scoring_confirm(actor=request.actor, scoring=_scoring(request, pk))


@router.post("/scorings/{int:pk}/refuse", response=ScoringOut, summary="Do not confirm weights")
def scoring_refuse(request: Request, pk: Key, given: Reasoned) -> Scoring:
    """They never hold; others can be proposed."""
    return services.scoring_refuse(actor=request.actor, scoring=_scoring(request, pk), reason=given.reason)


def _seen(request: Request) -> "QuerySet[Scoring]":
    rows = Scoring.objects.visible_to(request.actor).select_related("plan")
    return rows.defer("plan__text", "plan__found").prefetch_related("weights__target")


def _scoring(request: Request, pk: int) -> Scoring:
    return get_object_or_404(_seen(request), pk=pk)
