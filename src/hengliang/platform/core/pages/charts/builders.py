"""The drawings of the platform: bars of counts, lines over time, intervals, control charts, the wave of due days."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ..looks import Tone
from ..words import Words
from .chart import Chart, Spec, axis_title
from .palette import Palette


@dataclass(frozen=True)
class Bar:
    """A count. `url` leads to the rows behind it."""

    label: Words
    value: float
    tone: Tone | None = None
    url: str = ""


@dataclass(frozen=True)
class Limit:
    """A line across the drawing, with the name of the rule that sets it."""

    value: float
    label: Words
    tone: Tone = "bad"


@dataclass(frozen=True)
class Interval:
    """A value and the interval that its uncertainty gives it."""

    label: Words
    value: float
    low: float
    high: float
    tone: Tone | None = None
    url: str = ""


@dataclass(frozen=True)
class Point:
    """A value at a time; `rule` names the rule of the control chart that it breaks."""

    at: dt.date | dt.datetime
    value: float
    rule: Words = ""
    url: str = ""


@dataclass(frozen=True)
class Due:
    """How many fall due in a month, of one kind."""

    month: dt.date
    kind: Words
    count: int
    tone: Tone
    url: str = ""


def bars(title: Words, counts: Sequence[Bar], *, quantity: Words, unit: Words = "", subtitle: Words = "") -> Chart:
    """Horizontal bars in the order given, each with its number."""

    def build(palette: Palette) -> Spec:
        data = [
            {"label": str(b.label), "value": b.value, "colour": palette.tone(b.tone or ""), "url": b.url or None}
            for b in counts
        ]
        y = {
            "field": "label",
            "type": "nominal",
            "sort": None,
            "axis": {"title": None, "ticks": False, "domain": False},
        }
        x = {
            "field": "value",
            "type": "quantitative",
            "axis": {"title": axis_title(quantity, unit), "tickMinStep": 1, "tickCount": 5},
        }
        return {
            "data": {"values": data},
            "width": "container",
            "height": {"step": 28},
            "encoding": {"y": y, "x": x, "tooltip": _tips(("label", ""), ("value", quantity))},
            "layer": [
                {
                    "mark": {"type": "bar", "height": 16, "cursor": "pointer"},
                    "encoding": {
                        "color": {"field": "colour", "type": "nominal", "scale": None},
                        "href": {"field": "url"},
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 4},
                    "encoding": {"text": {"field": "value", "format": ","}},
                },
            ],
        }

    return Chart(title, build, (_("Group"), axis_title(quantity, unit)), [(b.label, b.value) for b in counts], subtitle)


def lines(
    title: Words,
    series: Mapping[str, Sequence[Point]],
    *,
    quantity: Words,
    unit: Words = "",
    limits: Sequence[Limit] = (),
    from_zero: bool = False,
    subtitle: Words = "",
) -> Chart:
    """Lines over time, one per series, named at the top; limits as dashed lines with their names."""
    every = [(name, point) for name, points in series.items() for point in points]

    def build(palette: Palette) -> Spec:
        data = [{"series": name, "at": p.at.isoformat(), "value": p.value, "url": p.url or None} for name, p in every]
        colour: Spec = {
            "field": "series",
            "type": "nominal",
            "scale": {"domain": list(series), "range": list(palette.series[: len(series)])},
        }
        if len(series) == 1:
            colour["legend"] = None
        drawing = {
            "data": {"values": data},
            "mark": {"type": "line", "point": {"size": 24}, "strokeWidth": 2},
            "encoding": {
                "x": _time(),
                "y": _value(quantity, unit, from_zero),
                "color": colour,
                "href": {"field": "url"},
                "tooltip": _tips(("series", ""), ("at", _("day")), ("value", quantity)),
            },
        }
        return {"width": "container", "height": 240, "layer": [*_limit_layers(limits, palette), drawing]}

    rows = [(name, point.at, point.value) for name, point in every]
    return Chart(title, build, (_("Series"), _("Day"), axis_title(quantity, unit)), rows, subtitle)


def intervals(
    title: Words,
    items: Sequence[Interval],
    *,
    quantity: Words,
    unit: Words = "",
    reference: tuple[float, float] | None = None,
    limits: Sequence[Limit] = (),
    subtitle: Words = "",
) -> Chart:
    """A point with its interval for each item; the reference value (value, expanded uncertainty) as a band."""

    def build(palette: Palette) -> Spec:
        data = [
            {
                "label": str(i.label),
                "value": i.value,
                "low": i.low,
                "high": i.high,
                "colour": palette.tone(i.tone or ""),
                "url": i.url or None,
            }
            for i in items
        ]
        x = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None, "labelAngle": 0}}
        colour = {"field": "colour", "type": "nominal", "scale": None}
        layers: list[Spec] = []
        if reference:
            value, spread = reference
            layers.append(
                {
                    "data": {"values": [{"low": value - spread, "high": value + spread}]},
                    "mark": {"type": "rect", "opacity": 0.18, "color": palette.ink},
                    "encoding": {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}},
                }
            )
            layers.append(_rule(value, palette.ink, []))
        layers += [
            *_limit_layers(limits, palette),
            {
                "data": {"values": data},
                "mark": {"type": "errorbar", "ticks": {"size": 10}, "thickness": 2},
                "encoding": {
                    "x": x,
                    "y": {**_value(quantity, unit, False), "field": "low"},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "data": {"values": data},
                "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
                "encoding": {
                    "x": x,
                    "y": _value(quantity, unit, False),
                    "color": colour,
                    "href": {"field": "url"},
                    "tooltip": _tips(("label", ""), ("value", quantity), ("low", _("from")), ("high", _("to"))),
                },
            },
        ]
        return {"width": "container", "height": 260, "layer": layers}

    head = (_("Item"), axis_title(quantity, unit), _("from"), _("to"))
    return Chart(title, build, head, [(i.label, i.value, i.low, i.high) for i in items], subtitle)


def control(
    title: Words,
    points: Sequence[Point],
    *,
    centre: float,
    limits: Sequence[Limit],
    quantity: Words,
    unit: Words = "",
    subtitle: Words = "",
) -> Chart:
    """A control chart: centre line, limits with their names, and every point that breaks a rule marked with it."""

    def build(palette: Palette) -> Spec:
        data = [{"at": p.at.isoformat(), "value": p.value, "rule": str(p.rule), "url": p.url or None} for p in points]
        broken = {"test": "datum.rule !== ''"}
        return {
            "width": "container",
            "height": 260,
            "layer": [
                _rule(centre, palette.quiet, []),
                *_limit_layers(limits, palette),
                {
                    "data": {"values": data},
                    "mark": {"type": "line", "strokeWidth": 1.5, "color": palette.ink},
                    "encoding": {"x": _time(), "y": _value(quantity, unit, False)},
                },
                {
                    "data": {"values": data},
                    "mark": {"type": "point", "filled": True, "opacity": 1},
                    "encoding": {
                        "x": _time(),
                        "y": _value(quantity, unit, False),
                        "color": {"condition": {**broken, "value": palette.tone("bad")}, "value": palette.ink},
                        "shape": {"condition": {**broken, "value": "diamond"}, "value": "circle"},
                        "size": {"condition": {**broken, "value": 130}, "value": 40},
                        "href": {"field": "url"},
                        "tooltip": _tips(("at", _("day")), ("value", quantity), ("rule", _("rule broken"))),
                    },
                },
                {
                    "data": {"values": [one for one in data if one["rule"]]},
                    "mark": {"type": "text", "dy": -14, "color": palette.tone("bad")},
                    "encoding": {"x": _time(), "y": _value(quantity, unit, False), "text": {"field": "rule"}},
                },
            ],
        }

    head = (_("Day"), axis_title(quantity, unit), _("rule broken"))
    return Chart(title, build, head, [(p.at, p.value, p.rule) for p in points], subtitle)


def due_wave(title: Words, months: Sequence[Due], *, quantity: Words, subtitle: Words = "") -> Chart:
    """Stacked bars by month: what falls due when, and of which kind; a bar leads to its rows."""
    kinds = list(dict.fromkeys((str(d.kind), d.tone) for d in months))

    def build(palette: Palette) -> Spec:
        data = [
            {"month": f"{d.month:%Y-%m}", "kind": str(d.kind), "count": d.count, "url": d.url or None} for d in months
        ]
        return {
            "data": {"values": data},
            "width": "container",
            "height": 240,
            "mark": {"type": "bar", "cursor": "pointer"},
            "encoding": {
                "x": {
                    "field": "month",
                    "type": "ordinal",
                    "axis": {"title": None, "labelAngle": 0, "labelOverlap": True},
                },
                "y": {
                    "field": "count",
                    "type": "quantitative",
                    "axis": {"title": str(quantity), "tickMinStep": 1},
                },
                "color": {
                    "field": "kind",
                    "type": "nominal",
                    "scale": {"domain": [k for k, _t in kinds], "range": [palette.tone(t) for _k, t in kinds]},
                },
                "href": {"field": "url"},
                "tooltip": _tips(("month", _("month")), ("kind", ""), ("count", quantity)),
            },
        }

    head = (_("Month"), _("Kind"), quantity)
    return Chart(title, build, head, [(f"{d.month:%Y-%m}", d.kind, d.count) for d in months], subtitle)


def _time() -> Spec:
    return {
        "field": "at",
        "type": "temporal",
        "axis": {"title": None, "format": "%Y-%m-%d", "labelOverlap": True, "tickCount": 6},
    }


def _value(quantity: Words, unit: Words, from_zero: bool) -> Spec:
    return {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": from_zero},
        "axis": {"title": axis_title(quantity, unit)},
    }


def _tips(*fields: tuple[str, Words]) -> list[Spec]:
    return [
        {
            "field": name,
            **({"title": str(words)} if words else {"title": " "}),
            **({"type": "temporal", "format": "%Y-%m-%d"} if name == "at" else {}),
        }
        for name, words in fields
    ]


def _rule(value: float, colour: str, dash: list[int]) -> Spec:
    return {
        "data": {"values": [{"limit": value}]},
        "mark": {"type": "rule", "color": colour, "strokeDash": dash},
        "encoding": {"y": {"field": "limit", "type": "quantitative"}},
    }


def _limit_layers(limits: Sequence[Limit], palette: Palette) -> list[Spec]:
    layers = []
    for limit in limits:
        colour = palette.tone(limit.tone)
        layers.append(_rule(limit.value, colour, [6, 4]))
        layers.append(
            {
                "data": {"values": [{"limit": limit.value, "label": str(limit.label)}]},
                "mark": {"type": "text", "align": "right", "dy": -7, "color": colour, "fontSize": 11},
                "encoding": {
                    "y": {"field": "limit", "type": "quantitative"},
                    "x": {"value": "width"},
                    "text": {"field": "label"},
                },
            }
        )
    return layers
