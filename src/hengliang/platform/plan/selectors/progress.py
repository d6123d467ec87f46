"""How the targets of a plan stand on a day: fact, expected path and forecast, each apart from the others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from hengliang.norms.indicators import Indicator
from hengliang.platform.plan.engine import Figure, Sweep, matrices, remembered
from hengliang.platform.plan.engine.freshness import Reporters
from hengliang.platform.plan.models import Comparator, GoalRating, Plan, PlanTarget
from hengliang.platform.plan.states import CONFIRMED
from hengliang.platform.plan.suggestions import every_indicator

REACHED, ON_PATH, BEHIND, MISSED, OPEN = "reached", "on_path", "behind", "missed", "open"
UNKNOWN, NO_SOURCE, UNTIED, RATED, UNRATED = "unknown", "no_source", "untied", "rated", "unrated"
STATUSES = (REACHED, ON_PATH, BEHIND, MISSED, OPEN, UNKNOWN, NO_SOURCE, UNTIED, RATED, UNRATED)
_DAY, _YEAR = timedelta(days=1), timedelta(days=365)
_DIGITS = Decimal("0.01")


@dataclass(frozen=True)
class Progress:
    """One target on a day.

    `figure` speaks of the deadline where that has passed (`final`), else of the day asked for. `expected` is where the
    straight path from `baseline` to the goal lies on that day; `forecast` what the last year's pace leads to. Neither
    is a fact, and neither is there where it can't be told. `late` names the reporters that are missing.
    """

    target: PlanTarget
    status: str
    on: date
    indicator: Indicator | None = None
    figure: Figure | None = None
    baseline: Decimal | None = None
    expected: Decimal | None = None
    forecast: Decimal | None = None
    final: bool = False
    late: Sequence[str] = ()
    partial: bool = False
    rating: GoalRating | None = None

    @property
    def value(self) -> Decimal | None:
        """What is reached, computed."""
        return self.figure.value if self.figure else None


Swept = Mapping[str, Mapping[int, Mapping[date, Figure]]]
"""Figures by the short name of their indicator, their region and their day."""


def confirmed_of(plan: Plan) -> list[PlanTarget]:
    """The targets of a plan in the order of its text."""
    return list(plan.targets.filter(state=CONFIRMED).order_by("start", "pk"))


def days_of(target: PlanTarget, plan: Plan, on: date) -> tuple[date, date, date]:
    """The day of the figure, that of the baseline, and a year before the figure (not before the plan began)."""
    day = min(on, target.deadline) if target.deadline else on
    base = plan.starts_on - _DAY
    return day, base, max(day - _YEAR, base)


def swept(
    plan: Plan, targets: Iterable[PlanTarget], days: Iterable[date], known_at: datetime | None = None,
    districts: Iterable[int] = (),
) -> Swept:  # fmt: skip
    """The figures that the targets are tied to, on all these days, for the plan's region and some districts of it."""
    known, wanted = every_indicator(), tuple(sorted(set(days)))
    tied = {one.indicator: known[one.indicator] for one in targets if one.indicator in known and not one.qualitative}
    if not tied:
        return {}
    sweep = Sweep(wanted, (plan.region_id, *districts), known_at, plan.starts_on)
    # What was known at a moment in the past is what a snapshot is held against: that is computed from the rows anew.
    found = remembered(tied.values(), sweep) if known_at is None else matrices(tied.values(), sweep)
    return {
        name: {region: dict(zip(wanted, row, strict=True)) for region, row in rows.items()}
        for name, rows in found.items()
    }


def progress_of(
    plan: Plan, on: date, known_at: datetime | None = None, targets: Iterable[PlanTarget] | None = None,
    found: Swept | None = None,
) -> list[Progress]:  # fmt: skip
    """Every confirmed target of a plan on a day, as known at a moment; some queries in all, however many targets.

    `found` spares the sweep where the figures of all days needed are there already.
    """
    asked = confirmed_of(plan) if targets is None else list(targets)
    days = {one.pk: days_of(one, plan, on) for one in asked}
    known = every_indicator()
    if found is None:
        found = swept(plan, asked, {day for one in days.values() for day in one}, known_at)
    figures = {name: rows[plan.region_id] for name, rows in found.items()}
    reporters = Reporters(plan.region_id, on, known_at)
    ratings = _ratings(asked, on, known_at)
    return [
        _rated(one, on, ratings.get(one.pk), known.get("goal-rating")) if one.qualitative
        else _progress(one, days[one.pk], on, figures.get(one.indicator, {}), known.get(one.indicator), reporters)
        for one in asked
    ]  # fmt: skip


def _ratings(targets: Sequence[PlanTarget], on: date, known_at: datetime | None) -> dict[int, GoalRating]:
    rows = GoalRating.objects.filter(target__in=[one.pk for one in targets if one.qualitative], on__lte=on)
    if known_at is not None:
        rows = rows.filter(act__at__lte=known_at)
    return {one.target_id: one for one in rows.order_by("on", "pk")}


def _rated(target: PlanTarget, on: date, rating: GoalRating | None, indicator: Indicator | None) -> Progress:
    return Progress(target, RATED if rating else UNRATED, on, indicator, rating=rating)


def _progress(
    target: PlanTarget,
    days: tuple[date, date, date],
    on: date,
    figures: Mapping[date, Figure],
    indicator: Indicator | None,
    reporters: Reporters,
) -> Progress:
    if indicator is None or not figures:
        return Progress(target, UNTIED, on)
    day, base, before = days
    final = target.deadline is not None and target.deadline < on
    figure, baseline = figures[day], _baseline(indicator, figures[base])
    expected = None if final else _expected(target, indicator, base, baseline, day)
    late = reporters.late(indicator, day)
    told = Progress(
        target, UNKNOWN, on, indicator, figure, baseline, expected,
        None if final else _forecast(target, indicator, figure, figures[before]),
        final, late, indicator.partial is not None,
    )  # fmt: skip
    return _with_status(told)


def _with_status(told: Progress) -> Progress:
    return replace(told, status=_status(told))


def _status(told: Progress) -> str:
    """The word for it. A lower bound that has reached the goal has reached it; one that has not says nothing."""
    value, goal = told.value, told.target.goal
    if told.figure is None or told.figure.absent == NO_SOURCE:
        return NO_SOURCE
    if value is None or goal is None:
        return UNKNOWN
    reached = meets(value, told.target)
    at_most = told.target.comparator == Comparator.AT_MOST
    share = told.figure.denominator is not None
    # A count that lacks rows can only grow: what has reached a goal stays so, and what is above an upper bound too.
    certain = reached is not at_most
    if told.late and (share or not certain):
        return UNKNOWN
    if told.partial and not certain:
        return UNKNOWN
    if reached:
        return REACHED
    if told.final:
        return MISSED
    if told.expected is None:
        return OPEN
    return ON_PATH if (value <= told.expected if at_most else value >= told.expected) else BEHIND


def meets(value: Decimal, target: PlanTarget) -> bool:
    """Whether a value reaches the goal; a range is reached at its lower end, an upper bound wherever it is kept."""
    if target.goal is None:
        return False
    if target.comparator == Comparator.AT_MOST:
        return value <= target.goal
    return value > target.goal if target.comparator == Comparator.MORE else value >= target.goal


def _baseline(indicator: Indicator, figure: Figure) -> Decimal | None:
    """Where the plan began: nothing for what is counted as new, else the figure of the day before."""
    return Decimal(0) if indicator.mode == "new" else figure.value


def _expected(
    target: PlanTarget, indicator: Indicator, base: date, baseline: Decimal | None, day: date
) -> Decimal | None:
    if indicator.mode == "standing":
        return None if target.goal is None else _tidy(target.goal)
    if target.deadline is None or target.goal is None or baseline is None:
        return None
    if meets(baseline, target):
        return _tidy(target.goal)
    term = Decimal((target.deadline - base).days)
    gone = Decimal(max((day - base).days, 0))
    return _tidy(baseline + (target.goal - baseline) * gone / term) if term > 0 else target.goal


def _forecast(target: PlanTarget, indicator: Indicator, figure: Figure, before: Figure) -> Decimal | None:
    """Where the pace of the last year (or of the plan so far) leads by the deadline."""
    past = Decimal(0) if indicator.mode == "new" and before.value is None else before.value
    if target.deadline is None or figure.value is None or past is None or indicator.mode == "standing":
        return None
    days = (figure.on - before.on).days
    if days <= 0:
        return None
    led = figure.value + (figure.value - past) * (target.deadline - figure.on).days / Decimal(days)
    top = indicator.scale if figure.denominator is not None else None
    led = max(led, Decimal(0))
    return _tidy(led if top is None else min(led, top))


def _tidy(value: Decimal) -> Decimal:
    """Two decimals at most, and none that say nothing."""
    return Decimal(f"{value.quantize(_DIGITS).normalize():f}")
