"""What a snapshot holds, read from the snapshot alone: the demands, the plan and its term as they were.

Whoever shows a frozen figure takes its demand from `demanded_of`, and its plan from `plan_then`. The target and the
plan that the rows point to are those of today.
"""

import copy
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from hengliang.platform.core.selectors import region_list
from hengliang.platform.plan.models import Plan, PlanTarget, Snapshot, SnapshotFigure


def demand_of(target: PlanTarget) -> dict[str, Any]:
    """What is demanded, as plain data to freeze."""
    return {
        "text": target.text, "metric": target.metric, "comparator": target.comparator,
        "goal": text_of(target.goal), "goal_upper": text_of(target.goal_upper), "unit": target.unit,
        "deadline": target.deadline.isoformat() if target.deadline else None, "mode": target.mode,
        "firmness": target.firmness,
    }  # fmt: skip


def text_of(value: Decimal | None) -> str | None:
    """A number as text, without zeros that say nothing."""
    return None if value is None else f"{value.normalize():f}"


def number_of(text: str | None) -> Decimal | None:
    """The number of a text that `text_of` gave."""
    return None if text is None else Decimal(text)


def target_then(key: int, demand: Mapping[str, Any], indicator: str) -> PlanTarget:
    """A target of nothing but what was frozen of it; it is never saved."""
    return PlanTarget(
        pk=key, text=demand["text"], metric=demand["metric"], comparator=demand["comparator"],
        goal=number_of(demand["goal"]), goal_upper=number_of(demand["goal_upper"]), unit=demand["unit"],
        deadline=date.fromisoformat(demand["deadline"]) if demand["deadline"] else None, mode=demand["mode"],
        firmness=demand["firmness"], indicator=indicator,
    )  # fmt: skip


def demanded_of(row: SnapshotFigure) -> PlanTarget:
    """The target of a frozen figure as it was: a later correction of the plan does not reach it."""
    return target_then(row.target_id, row.demand, row.indicator)


def demanded(snapshot: Snapshot) -> list[tuple[SnapshotFigure, PlanTarget]]:
    """The frozen figures in the order of the text, each with its target as it was then."""
    return [(one, demanded_of(one)) for one in snapshot.figures.order_by("target__start", "target_id")]


def frame_of(plan: Plan, on: date) -> dict[str, Any]:
    """What is frozen of the plan itself."""
    region = region_list(on).filter(region_id=plan.region_id).first()
    return {
        "title": plan.title, "issuer": plan.issuer, "region": region.name if region else "",
        "starts_on": plan.starts_on.isoformat(), "ends_on": plan.ends_on.isoformat(),
    }  # fmt: skip


def plan_then(snapshot: Snapshot) -> Plan:
    """The plan with the title and the term that it had; it is never saved.

    Snapshots without a frame take those of the plan, which does not change them once it is in force.
    """
    then, frame = copy.copy(snapshot.plan), snapshot.frame
    if frame:
        then.title, then.issuer = frame["title"], frame["issuer"]
        then.starts_on, then.ends_on = (date.fromisoformat(frame[name]) for name in ("starts_on", "ends_on"))
    return then
