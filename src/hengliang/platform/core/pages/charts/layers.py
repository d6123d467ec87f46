"""The pieces of a specification that several drawings share: axes, limits with their names, what a pointer shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..words import Words
from .chart import Spec, axis_title
from .marks import Limit
from .palette import Palette

COLOUR: Spec = {"field": "colour", "type": "nominal", "scale": None}
LINK: Spec = {"field": "url"}


def layer(mark: str, data: Sequence[Mapping[str, Any]], encoding: Spec, **properties: Any) -> Spec:
    """One layer: a kind of mark over some rows."""
    return {"data": {"values": list(data)}, "mark": {"type": mark, **properties}, "encoding": encoding}


def time_axis() -> Spec:
    """Days, left to right."""
    axis = {"title": None, "format": "%Y-%m-%d", "labelOverlap": "greedy", "labelSeparation": 12, "tickCount": 6}
    return {"field": "at", "type": "temporal", "axis": axis}


def value_axis(quantity: Words, unit: Words, *, field: str = "value", from_zero: bool = False) -> Spec:
    """A quantity with its unit, upwards."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": from_zero},
        "axis": {"title": axis_title(quantity, unit)},
    }


def tips(*fields: tuple[str, Words]) -> list[Spec]:
    """What the pointer shows: a field and its words."""
    return [{"field": name, "title": str(words) or " ", **_tip_format(name)} for name, words in fields]


def _tip_format(name: str) -> Spec:
    return {"type": "temporal", "format": "%Y-%m-%d"} if name == "at" else {}


def rule(value: float, colour: str, dash: Sequence[int] = ()) -> Spec:
    """A line across the drawing."""
    at = {"y": {"field": "limit", "type": "quantitative"}}
    return layer("rule", [{"limit": value}], at, color=colour, strokeDash=list(dash))


def limit_lines(limits: Sequence[Limit], palette: Palette) -> list[Spec]:
    """The dashed lines of the limits."""
    return [rule(limit.value, palette.tone(limit.tone), (6, 4)) for limit in limits]


def limit_names(limits: Sequence[Limit], palette: Palette) -> list[Spec]:
    """The names of the limits, drawn last and with a rim of paper, so that no line crosses them."""
    return [named for limit in limits for named in _name(limit, palette)]


def _name(limit: Limit, palette: Palette) -> list[Spec]:
    at = {
        "y": {"field": "limit", "type": "quantitative"},
        "x": {"value": "width"},
        "text": {"field": "label"},
    }
    row = [{"limit": limit.value, "label": str(limit.label)}]
    place = {"align": "right", "dy": -8, "fontSize": 12}
    rim = layer("text", row, at, **place, color=palette.paper, stroke=palette.paper, strokeWidth=4)
    return [rim, layer("text", row, at, **place, color=palette.tone(limit.tone))]
