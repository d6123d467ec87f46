"""Changes to the targets of a plan in force, for programs: proposed by one, confirmed by a second person."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from hengliang.platform.core.interface import Key, Reason, Reasoned
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.plans import plan_seen
from hengliang.platform.plan.api.targets import DemandIn, demand_in, target_seen
from hengliang.platform.plan.models import TargetAmendment

router = Router(tags=["plan"])


class AmendmentOut(Schema):
    """A change: an empty `before` is a target that is added, an empty `after` one that is dropped."""

    id: int = Field(examples=[4])
    target_id: int = Field(examples=[5])
    before: dict[str, Any] = Field(examples=[{"goal": "98", "comparator": ">="}])
    after: dict[str, Any] = Field(examples=[{"goal": "95", "comparator": ">="}])
    reason: str = Field(examples=["上级规划调整"])
    state: str = Field(examples=["proposed"])
    confirmed_at: datetime | None = Field(examples=[None])


class AmendmentIn(Schema):
    """What shall be demanded from now on, or nothing any more where `demand` is left out; and why."""

    demand: DemandIn | None = None
    reason: Reason


@router.get("/plans/{int:pk}/amendments", response=list[AmendmentOut], summary="Changes to targets in force")
def amendments(request: Request, pk: Key) -> list[TargetAmendment]:
    """Every change to the targets of a plan, newest first: those that wait, that hold, that were refused."""
    return list(_seen(request).filter(target__plan=plan_seen(request, pk)).order_by("-pk")[:200])


@router.post("/targets/{int:pk}/amendments", response={201: AmendmentOut}, summary="Propose a change")
def amendment_propose(request: Request, pk: Key, given: AmendmentIn) -> Status[TargetAmendment]:
    """A target of a plan in force shall demand something else, or nothing; a second person confirms it."""
    target = target_seen(request, pk)
    demand = demand_in(target, given.demand) if given.demand else None
    seen = given.demand.seen if given.demand else None
    made = services.amendment_propose(
        actor=request.actor, target=target, demand=demand, reason=given.reason, seen=seen
    )  # fmt: skip
    return Status(201, made)


@router.post("/amendments/{int:pk}/confirm", response=AmendmentOut, summary="Confirm a change")
def amendment_confirm(request: Request, pk: Key) -> TargetAmendment:
    """The second person wants it too; the public page tells of it with the reason."""
    return services.amendment_confirm(actor=request.actor, amendment=get_object_or_404(_seen(request), pk=pk))


@router.post("/amendments/{int:pk}/refuse", response=AmendmentOut, summary="Refuse a change")
def amendment_refuse(request: Request, pk: Key, given: Reasoned) -> TargetAmendment:
    """The change does not hold; whoever proposed it may take it back so."""
    found = get_object_or_404(_seen(request), pk=pk)
    return services.amendment_refuse(actor=request.actor, amendment=found, reason=given.reason)


def _seen(request: Request) -> "QuerySet[TargetAmendment]":
    return TargetAmendment.objects.visible_to(request.actor).select_related("target__plan")
