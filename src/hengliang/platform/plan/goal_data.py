"""A target on a day as data: for the interface, and for the public CSV and JSON."""

from decimal import Decimal
from typing import Any

from hengliang.platform.plan.selectors.progress import Progress


def data_of(one: Progress) -> dict[str, Any]:
    """One target as data: demand, definition, figure, status. Numbers as text, so that none is rounded on the way."""
    target, figure, indicator = one.target, one.figure, one.indicator
    row = {
        "metric": target.metric, "text": target.text, "comparator": target.comparator, "goal": target.goal,
        "goal_upper": target.goal_upper, "unit": target.unit, "deadline": target.deadline, "mode": target.mode,
        "firmness": target.firmness, "indicator": target.indicator,
        "definition": indicator.definition["zh"] if indicator else None, "on": figure.on if figure else one.on,
        "value": one.value, "numerator": figure.numerator if figure else None,
        "denominator": figure.denominator if figure else None, "absent": (figure.absent if figure else "") or None,
        "waits_for": _waits_for(one),
        "expected": one.expected, "forecast": one.forecast, "status": one.rating.grade if one.rating else one.status,
        "final": one.final, "missing": "、".join(one.late) or None,
    }  # fmt: skip
    return {name: _as_data(value) for name, value in row.items()}


def _as_data(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value if isinstance(value, bool | int | type(None)) else str(value)


def _waits_for(one: Progress) -> str | None:
    told = one.indicator.waits_for if one.indicator and one.status == "no_source" else None
    return told["zh"] if told else None
