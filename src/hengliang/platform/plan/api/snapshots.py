"""Snapshots of a plan for programs: frozen figures, each recomputed. There is no way in for a figure."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.models import Plan, Snapshot
from hengliang.platform.plan.selectors import plans as told
from hengliang.platform.plan.selectors.snapshots import compare, moved_since

router = Router(tags=["plan"])


class SnapshotOut(Schema):
    """A frozen set of figures."""

    id: int = Field(examples=[1])
    plan_id: int = Field(examples=[1])
    title: str = Field(examples=["中期评估"])
    on: date = Field(examples=["2026-03-02"])
    known_at: datetime = Field(examples=["2026-03-02T08:00:00+08:00"])
    digest: str = Field(examples=["9f2c…"])


class FrozenOut(Schema):
    """One frozen figure; `agrees` says whether the records still give it."""

    target_id: int = Field(examples=[1])
    metric: str = Field(examples=["受检率"])
    numerator: int | None = Field(examples=[980])
    denominator: int | None = Field(examples=[1000])
    value: Decimal | None = Field(examples=["98.0000"])
    absent: str = Field(examples=[""])
    status: str = Field(examples=["reached"])
    agrees: bool = Field(examples=[True])
    moved: bool = Field(examples=[False])


class SnapshotIn(Schema):
    """The occasion and the day. The figures are computed."""

    title: Line
    on: Day


class MovedOut(Schema):
    """A thing that counts today and did not then (`entered`), or the other way round, and the act that made it so."""

    name: str = Field(examples=["电子计价秤"])
    code: str = Field(examples=["HL0000123"])
    entered: bool = Field(examples=[False])
    act: str | None = Field(examples=["instrument_stop"])
    at: datetime | None = Field(examples=["2026-03-05T09:30:00+08:00"])


@router.get("/plans/{pk}/snapshots", response=Listed[SnapshotOut])
def plan_snapshots(request: Request, pk: Key, part: Part) -> dict[str, Any]:
    """The snapshots of a plan."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    return listed(plan.snapshots.all(), part)


@router.post("/plans/{pk}/snapshots", response={201: SnapshotOut})
def snapshot_take(request: Request, pk: Key, given: SnapshotIn) -> Status[Snapshot]:
    """Freeze every figure of a plan."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    return Status(201, services.snapshot_take(actor=request.actor, plan=plan, title=given.title, on=given.on))


@router.get("/snapshots/{pk}", response=list[FrozenOut])
def snapshot(request: Request, pk: Key) -> list[dict[str, Any]]:
    """The figures of a snapshot, each recomputed from the records."""
    shown = get_object_or_404(told.snapshot_list(request.actor), pk=pk)
    return [
        {
            "target_id": one.frozen.target_id, "metric": one.frozen.demand["metric"],
            "numerator": one.frozen.numerator, "denominator": one.frozen.denominator, "value": one.frozen.value,
            "absent": one.frozen.absent, "status": one.frozen.status, "agrees": one.agrees, "moved": one.moved,
        }
        for one in compare(shown)
    ]  # fmt: skip


@router.get("/snapshots/{pk}/moved/{target}", response=list[MovedOut], summary="Why a figure is another today")
def moved(request: Request, pk: Key, target: Key) -> list[dict[str, Any]]:
    """Up to twenty things that came or went since the snapshot, each with its newest act."""
    shown = get_object_or_404(told.snapshot_list(request.actor), pk=pk)
    one = next((each for each in compare(shown) if each.frozen.target_id == target), None)
    if one is None or one.now is None or one.now.figure is None:
        raise Http404
    return [
        {"name": each.name, "code": each.code, "entered": each.entered,
         "act": each.act.kind if each.act else None, "at": each.act.at if each.act else None}
        for each in moved_since(one.frozen, one.now.figure.scope)
    ]  # fmt: skip
