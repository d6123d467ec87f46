"""Targets of a plan for programs: what was found, confirmed, corrected, dropped or added, and how each stands.

What is taken is what the document demands. What is reached is computed; there is no way in for it.
"""

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Field, File, Form, Query, Router, Schema, Status, UploadedFile

from hengliang.platform.core.interface import Day, Key, Optional, Reason, Reasoned, column, filled, words_of
from hengliang.platform.core.requests import Request
from hengliang.platform.plan import services
from hengliang.platform.plan.api.evidence import Evidenced
from hengliang.platform.plan.api.plans import plan_seen
from hengliang.platform.plan.api.words import Long, Moment
from hengliang.platform.plan.engine import is_computed
from hengliang.platform.plan.goal_data import data_of
from hengliang.platform.plan.models import Clause, Comparator, GoalRating, Mode, Plan, PlanTarget
from hengliang.platform.plan.selectors.plans import target_list
from hengliang.platform.plan.selectors.progress import progress_of
from hengliang.platform.plan.services import Demand
from hengliang.platform.plan.services.demand import demand_of, demand_on
from hengliang.platform.plan.states import TARGET
from hengliang.platform.plan.suggestions import candidates, every_indicator

router = Router(tags=["plan"])
STATES = "|".join(state.code for state in TARGET.states)
Goal = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=4, examples=["98"])]
CountedAs = Annotated[Mode, words_of(Mode)]
Comparison = Annotated[Comparator, words_of(Comparator)]
Firmness = Annotated[PlanTarget.Firmness, words_of(PlanTarget.Firmness)]
RatingGrade = Annotated[GoalRating.Grade, words_of(GoalRating.Grade)]


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


class DemandOut(Schema):
    """What was found at a place of the text, or added there by hand, and what the document demands there.

    `seen` marks what it demands and how it stands: send it back with a confirmation. `within_id` makes it a milestone.
    """

    id: int = Field(examples=[5])
    plan_id: int = Field(examples=[1])
    clause_id: int | None = Field(examples=[7])
    origin: str = Field(examples=["extracted"])
    text: str = Field(examples=["强制检定受检率达到98%以上"])
    start: int = Field(examples=[64])
    end: int = Field(examples=[78])
    metric: str = Field(examples=["强制检定受检率"])
    mode: str = Field(examples=["ratio"])
    comparator: str = Field(examples=[">="])
    goal: Decimal | None = Field(examples=["98.0000"])
    goal_upper: Decimal | None = Field(examples=[None])
    unit: str = Field(examples=["%"])
    deadline: date | None = Field(examples=["2027-12-31"])
    firmness: str = Field(examples=["firm"])
    indicator: str = Field(examples=["tested-rate"])
    within_id: int | None = Field(examples=[None])
    state: str = Field(examples=["found"])
    seen: str = Field(alias="stamp", examples=["3f1c9a70be52d814"])


class CandidateOut(Schema):
    """An indicator that a target may be tied to; `fit` says how well its words fit, `computed` whether its ledger is
    here."""

    name: str = Field(examples=["tested-rate"])
    title: dict[str, str] = Field(examples=[{"zh": "强制检定受检率", "en": "Share tested"}])
    mode: str = Field(examples=["ratio"])
    fit: int = Field(examples=[117])
    computed: bool = Field(examples=[True])


class DemandDetailOut(DemandOut):
    """With the indicators that it may be tied to, the one that fits best first."""

    candidates: list[CandidateOut]

    @staticmethod
    def resolve_candidates(row: PlanTarget) -> list[dict[str, Any]]:
        """All that have a figure."""
        known = every_indicator()
        return [
            {"name": one.name, "title": dict(known[one.name].title), "mode": known[one.name].mode, "fit": one.score,
             "computed": is_computed(known[one.name])}
            for one in candidates(row.metric, row.text, row.mode)
        ]  # fmt: skip


class FoundFilter(Schema):
    """Which of them."""

    state: str | None = Field(None, pattern=f"^({STATES})$", examples=["found"])


class DemandIn(Schema):
    """What the document demands, as a person reads it; what is not sent stays as it was read.

    `seen` is that of the target as it was looked at. A goal without a figure has the mode `qualitative` alone.
    """

    seen: Annotated[str, filled(64)] = Field(examples=["3f1c9a70be52d814"])
    metric: Annotated[str, column(PlanTarget, "metric", least=1)] = Field("", examples=["强制检定受检率"])
    mode: CountedAs | None = Field(None, examples=["ratio"])
    comparator: Comparison | None = Field(None, examples=[">="])
    goal: Goal | None = None
    goal_upper: Goal | None = Field(None, examples=[None])
    unit: Annotated[str, column(PlanTarget, "unit")] = Field("", examples=["%"])
    deadline: Day | None = Field(None, examples=["2027-12-31"])
    firmness: Firmness | None = Field(None, examples=["firm"])
    indicator: Annotated[str, column(PlanTarget, "indicator")] = Field("", examples=["tested-rate"])
    within_id: Key | None = Field(None, examples=[None])


class QuoteIn(Schema):
    """Words of the document that were missed, exactly as they stand there; in a clause, if one is named."""

    quote: Annotated[str, filled(1000)] = Field(examples=["受检率达到98%以上"])
    clause_id: Key | None = Field(None, examples=[None])


class RatingIn(Schema):
    """How a goal without a figure is judged on a day: a grade in words, what it rests on, who dissents."""

    on: Day
    grade: RatingGrade = Field(examples=["largely"])
    evidence: Long = Field(examples=["二十家单位通过测量管理体系认证"])
    dissent: Optional = Field("", max_length=5000, examples=[""])
    reason: Reason


class RatingOut(Evidenced):
    """A rating of a goal without a figure, and the files that it rests on."""

    id: int = Field(examples=[3])
    target_id: int = Field(examples=[6])
    on: date = Field(examples=["2026-03-02"])
    grade: RatingGrade = Field(examples=["largely"])
    evidence: str = Field(examples=["二十家单位通过测量管理体系认证"])
    dissent: str = Field(examples=[""])


@router.get("/plans/{pk}/targets", response=list[GoalOut])
def plan_targets(request: Request, pk: Key, asked: Query[Moment]) -> list[dict[str, Any]]:
    """Every confirmed target of a plan on a day."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    known_at: datetime | None = asked.known_at
    return [data_of(one) for one in progress_of(plan, asked.on or request.actor.today, known_at)]


@router.post("/plans/{pk}/targets", response={201: DemandDetailOut}, summary="Add a target")
def target_add(request: Request, pk: Key, given: QuoteIn) -> Status[PlanTarget]:
    """A target that was missed, by its words; what is read in them waits to be confirmed."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    clause = get_object_or_404(Clause, plan=plan, pk=given.clause_id) if given.clause_id else None
    return Status(201, services.target_add(actor=request.actor, plan=plan, quote=given.quote, clause=clause))


@router.get("/plans/{int:pk}/found", response=list[DemandOut], summary="What was found in a plan")
def found(request: Request, pk: Key, asked: Query[FoundFilter]) -> list[PlanTarget]:
    """Every target and goal in the order of the text: found, confirmed or dropped."""
    rows = plan_seen(request, pk).targets.order_by("start", "pk")
    return list(rows.filter(state=asked.state) if asked.state else rows)


@router.get("/targets/{int:pk}", response=DemandDetailOut, summary="One target")
def target(request: Request, pk: Key) -> PlanTarget:
    """What is demanded at one place of the text, and what could compute it."""
    return target_seen(request, pk)


@router.post("/targets/{int:pk}/confirm", response=DemandOut, summary="Confirm a target")
def target_confirm(request: Request, pk: Key, given: DemandIn) -> PlanTarget:
    """The document demands this, with whatever had to be corrected; once the plan is in force two people amend it."""
    shown = target_seen(request, pk)
    return services.target_confirm(actor=request.actor, target=shown, demand=demand_in(shown, given), seen=given.seen)


@router.post("/targets/{int:pk}/drop", response=DemandOut, summary="Drop a target")
def target_drop(request: Request, pk: Key, given: Reasoned) -> PlanTarget:
    """What was found is no target; it stays readable with the reason."""
    return services.target_drop(actor=request.actor, target=target_seen(request, pk), reason=given.reason)


@router.post("/targets/{int:pk}/restore", response=DemandOut, summary="Look at a target again")
def target_restore(request: Request, pk: Key) -> PlanTarget:
    """What was dropped waits to be confirmed again."""
    return services.target_restore(actor=request.actor, target=target_seen(request, pk))


@router.get("/targets/{int:pk}/ratings", response=list[RatingOut], summary="The ratings of a goal")
def ratings(request: Request, pk: Key) -> list[GoalRating]:
    """How a goal without a figure was judged, newest first."""
    return list(target_seen(request, pk).ratings.order_by("-on", "-pk"))


@router.post("/targets/{int:pk}/ratings", response={201: RatingOut}, summary="Rate a goal")
def goal_rate(
    request: Request, pk: Key, given: Form[RatingIn], files: File[list[UploadedFile] | None] = None
) -> Status[GoalRating]:
    """Judge a goal without a figure, in words; a figure is computed and is nobody's to judge."""
    about = target_seen(request, pk)
    return Status(201, services.goal_rate(actor=request.actor, target=about, files=files or (), **given.dict()))


def target_seen(request: Request, pk: int) -> PlanTarget:
    """A target of a plan that one sees, or nothing is there."""
    return get_object_or_404(target_list(request.actor), pk=pk)


def demand_in(shown: PlanTarget, given: DemandIn) -> Demand:
    """What stands there, with what was sent in its place; null takes away what a demand can be without."""
    told = asdict(demand_on(shown)) | given.dict(exclude_unset=True, exclude={"seen"})
    told |= {name: getattr(given, name) or getattr(shown, name) for name in ("mode", "firmness")}
    return demand_of(told | {"comparator": told["comparator"] or ""})
