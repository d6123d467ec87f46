"""Plans, their targets, snapshots and achievements for programs. There is no way in for a figure."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from hengliang.platform.core.interface import Day, Key, Line, Listed, Part, Reasoned, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.models import Achievement, Plan, Snapshot
from hengliang.platform.plan.public import data_of
from hengliang.platform.plan.selectors import plans as told
from hengliang.platform.plan.selectors.progress import progress_of
from hengliang.platform.plan.selectors.snapshots import compare

router = Router(tags=["plan"])


class PlanOut(Schema):
    """A policy document with targets for a region."""

    id: int = Field(examples=[1])
    region_id: int = Field(examples=[2])
    title: str = Field(examples=["衡城市计量发展规划(2024—2028年)"])
    issuer: str = Field(examples=["衡城市人民政府"])
    starts_on: date = Field(examples=["2024-01-01"])
    ends_on: date = Field(examples=["2028-12-31"])
    state: str = Field(examples=["in_force"])


class Known(Schema):
    """A day (default: today) and the moment of knowledge (default: now)."""

    on: Day | None = None
    known_at: datetime | None = Field(None, examples=[None])


class GoalOut(Schema):
    """A target on a day; `status` is a stable word, numbers are text."""

    metric: str = Field(examples=["社会公用计量标准"])
    text: str = Field(examples=["新建、改造社会公用计量标准60项以上"])
    comparator: str = Field(examples=[">="])
    goal: str | None = Field(examples=["60"])
    goal_upper: str | None = Field(examples=[None])
    unit: str = Field(examples=["项"])
    deadline: str | None = Field(examples=["2028-12-31"])
    mode: str = Field(examples=["new"])
    firmness: str = Field(examples=["firm"])
    indicator: str = Field(examples=["public-standards-new"])
    definition: str | None = Field(examples=["…"])
    on: str = Field(examples=["2026-03-02"])
    value: str | None = Field(examples=["41"])
    numerator: int | None = Field(examples=[41])
    denominator: int | None = Field(examples=[None])
    absent: str | None = Field(examples=[None])
    waits_for: str | None = Field(examples=[None])
    expected: str | None = Field(examples=["32.5"])
    forecast: str | None = Field(examples=["78"])
    status: str = Field(examples=["on_path"])
    final: bool = Field(examples=[False])
    missing: str | None = Field(examples=[None])


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


class AchievementOut(Schema):
    """What an outside approval proves."""

    id: int = Field(examples=[1])
    kind: str = Field(examples=["industrial_centre"])
    level: str = Field(examples=["provincial"])
    stage: str = Field(examples=["completed"])
    name: str = Field(examples=["示例省衡器产业计量测试中心"])
    region_id: int = Field(examples=[2])
    authority: str = Field(examples=["示例省市场监督管理局"])
    document_number: str = Field(examples=["示市监〔2025〕12号"])
    approved_on: date = Field(examples=["2025-05-18"])
    state: str = Field(examples=["confirmed"])


class AchievementWithdrawIn(Reasoned):
    """From which day on it counts no longer, and why."""

    on: Day


@router.get("/plans", response=Listed[PlanOut])
def plan_list(request: Request, part: Part) -> dict[str, Any]:
    """The plans that one sees."""
    return listed(Plan.objects.visible_to(request.actor), part)


@router.get("/plans/{pk}/targets", response=list[GoalOut])
def plan_targets(request: Request, pk: Key, asked: Query[Known]) -> list[dict[str, Any]]:
    """Every confirmed target of a plan on a day."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    return [data_of(one) for one in progress_of(plan, asked.on or request.actor.today, asked.known_at)]


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
            "metric": one.frozen.demand["metric"], "numerator": one.frozen.numerator,
            "denominator": one.frozen.denominator, "value": one.frozen.value, "absent": one.frozen.absent,
            "status": one.frozen.status, "agrees": one.agrees, "moved": one.moved,
        }
        for one in compare(shown)
    ]  # fmt: skip


@router.get("/achievements", response=Listed[AchievementOut])
def achievement_list(request: Request, part: Part) -> dict[str, Any]:
    """The achievements that one sees."""
    return listed(told.achievement_list(request.actor), part)


@router.post("/achievements/{pk}/confirm", response=AchievementOut)
def achievement_confirm(request: Request, pk: Key) -> Achievement:
    """A second person has held the entry against its document."""
    shown = get_object_or_404(told.achievement_list(request.actor), pk=pk)
    return services.achievement_confirm(actor=request.actor, achievement=shown)


@router.post("/achievements/{pk}/withdraw", response=AchievementOut)
def achievement_withdraw(request: Request, pk: Key, given: AchievementWithdrawIn) -> Achievement:
    """It counts no longer from a day on."""
    shown = get_object_or_404(told.achievement_list(request.actor), pk=pk)
    return services.achievement_withdraw(actor=request.actor, achievement=shown, on=given.on, reason=given.reason)
