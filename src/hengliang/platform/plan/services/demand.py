"""What a person reads in the document as a target, and whether it hangs together."""

import copy
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.plan.models import Comparator, Mode, PlanTarget
from hengliang.platform.plan.services.bounds import refuse_deadline, refuse_goal
from hengliang.platform.plan.states import DROPPED
from hengliang.platform.plan.suggestions import every_indicator

_WITHOUT_FIGURE = {"comparator": "", "goal": None, "goal_upper": None, "unit": "", "indicator": "goal-rating"}


@dataclass(frozen=True)
class Demand:
    """What the document demands, as a person reads it."""

    metric: str
    mode: str
    firmness: str = PlanTarget.Firmness.FIRM
    comparator: str = ""
    goal: Decimal | None = None
    goal_upper: Decimal | None = None
    unit: str = ""
    deadline: date | None = None
    indicator: str = ""
    within_id: int | None = None

    def on(self, target: PlanTarget) -> PlanTarget:
        """The target as it would be with this demand; a copy."""
        then = copy.copy(target)
        for name, value in asdict(self).items():
            setattr(then, name, value)
        return then


def demand_of(told: Mapping[str, Any]) -> Demand:
    """The demand in what was said; a goal without a figure demands none, and people judge it."""
    return Demand(**({**told, **_WITHOUT_FIGURE} if told["mode"] == Mode.QUALITATIVE else told))


def demand_on(target: PlanTarget) -> Demand:
    """The demand that a target carries."""
    return Demand(**{name: getattr(target, name) for name in Demand.__dataclass_fields__})


def check_demand(target: PlanTarget, demand: Demand) -> None:
    """Refuse what does not hang together.

    Errors: `InputRefused` beside the field that is meant.
    """
    if demand.indicator and demand.indicator not in every_indicator():
        raise InputRefused("unknown_indicator", "There is no such indicator.", field="indicator")
    refuse_deadline(target.plan, demand.deadline)
    if demand.mode != Mode.QUALITATIVE:
        _check_goal(demand)
    if demand.within_id is not None:
        _check_within(target, demand, demand.within_id)
    for inner in target.milestones.exclude(state=DROPPED):
        if demand.deadline is None or (inner.deadline is not None and inner.deadline >= demand.deadline):
            raise InputRefused(
                "milestone_after", "The milestone “%(metric)s” by %(day)s would not lie before this deadline.",
                field="deadline", metric=inner.metric, day=str(inner.deadline or "–"),
            )  # fmt: skip


def _check_goal(demand: Demand) -> None:
    if demand.goal is None or not demand.comparator:
        raise InputRefused("goal_missing", "Say what is to be reached, or call it a qualitative goal.", field="goal")
    if (demand.comparator == Comparator.RANGE) != (demand.goal_upper is not None):
        raise InputRefused("range", "A range needs its upper end, and nothing else has one.", field="goal_upper")
    if demand.goal_upper is not None and demand.goal_upper < demand.goal:
        raise InputRefused("range_order", "The upper end lies below the goal.", field="goal_upper")
    refuse_goal(demand.goal, demand.comparator, demand.mode, demand.unit, "goal")
    if demand.goal_upper is not None:
        refuse_goal(demand.goal_upper, demand.comparator, demand.mode, demand.unit, "goal_upper")


def _check_within(target: PlanTarget, demand: Demand, within_id: int) -> None:
    """A milestone is an earlier, smaller figure of the same thing; it lies within a target that is none itself."""
    outer = PlanTarget.objects.filter(pk=within_id, plan_id=target.plan_id).exclude(pk=target.pk).first()
    if outer is None or outer.state == DROPPED or outer.qualitative or demand.mode == Mode.QUALITATIVE:
        raise InputRefused("milestone", "A milestone lies within another target of the same plan.", field="within")
    if outer.within_id is not None or target.milestones.exclude(state=DROPPED).exists():
        raise InputRefused("milestone_nested", "A milestone has no milestones of its own; choose the target that it "
                           "leads to in the end.", field="within")  # fmt: skip
    if outer.unit != demand.unit and not (demand.indicator and outer.indicator == demand.indicator):
        raise InputRefused("milestone_unit", "A milestone has the unit or the indicator of its target.", field="within")
    if demand.deadline is None or outer.deadline is None or demand.deadline >= outer.deadline:
        raise InputRefused("milestone_late", "A milestone has an earlier deadline than its target.", field="deadline")
    if demand.goal is not None and _beyond(demand.goal, outer):
        raise InputRefused("milestone_goal", "A milestone does not ask for more than its target.", field="goal")


def _beyond(goal: Decimal, outer: PlanTarget) -> bool:
    """Whether a milestone goes beyond its target; on the way to an upper bound it lies above."""
    if outer.goal is None:
        return False
    return goal < outer.goal if outer.comparator == Comparator.AT_MOST else goal > outer.goal
