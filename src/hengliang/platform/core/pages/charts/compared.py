"""Drawings that set things side by side: bars of counts, intervals, the wave of due days."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ..words import Words
from .chart import Chart, Spec, axis_title
from .layers import COLOUR, LINK, layer, limit_lines, limit_names, rule, tips, value_axis
from .marks import Bar, Due, Interval, Limit
from .palette import Palette

_LEVEL_SIGNS = 45  # signs that stand beside each other below a drawing on a phone; more are set aslant


def bars(title: Words, counts: Sequence[Bar], *, quantity: Words, unit: Words = "", subtitle: Words = "") -> Chart:
    """Horizontal bars in the order given, each with its number."""

    def build(palette: Palette) -> Spec:
        data = [
            {"label": str(b.label), "value": b.value, "colour": palette.tone(b.tone or ""), "url": b.url or None}
            for b in counts
        ]
        y = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None, "ticks": False}}
        length = {"title": axis_title(quantity, unit), "tickMinStep": 1, "tickCount": 5}
        at: Spec = {"y": y, "x": {"field": "value", "type": "quantitative", "axis": length}}
        shown = {**at, "color": COLOUR, "href": LINK, "tooltip": tips(("label", ""), ("value", quantity))}
        number = {**at, "text": {"field": "value", "format": ","}}
        return {
            "width": "container",
            "autosize": {"type": "fit-x", "contains": "padding"},
            "height": {"step": 28},
            "layer": [
                layer("bar", data, shown, height=16, cursor="pointer"),
                layer("text", data, number, align="left", dx=4),
            ],
        }

    return Chart(title, build, (_("Group"), axis_title(quantity, unit)), [(b.label, b.value) for b in counts], subtitle)


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
    """A point with its interval for each item; the reference (value, expanded uncertainty) as a band behind them."""

    def build(palette: Palette) -> Spec:
        data = [_interval(one, palette) for one in items]
        angle = 0 if sum(len(str(one.label)) for one in items) <= _LEVEL_SIGNS else -50
        x: Spec = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None, "labelAngle": angle}}
        span = {"x": x, "y": value_axis(quantity, unit, field="low"), "y2": {"field": "high"}, "color": COLOUR}
        shown = tips(("label", ""), ("value", quantity), ("low", _("from")), ("high", _("to")))
        point = {"x": x, "y": value_axis(quantity, unit), "color": COLOUR, "href": LINK, "tooltip": shown}
        layers = [
            *(_band(*reference, palette) if reference else []),
            *limit_lines(limits, palette),
            layer("errorbar", data, span, ticks={"size": 10}, thickness=2),
            layer("point", data, point, filled=True, size=60, opacity=1),
            *limit_names(limits, palette),
        ]
        return {"width": "container", "height": 260, "layer": layers}

    head = (_("Item"), axis_title(quantity, unit), _("from"), _("to"))
    return Chart(title, build, head, [(i.label, i.value, i.low, i.high) for i in items], subtitle)


def _interval(one: Interval, palette: Palette) -> Spec:
    colour = palette.tone(one.tone or "")
    found = {"label": str(one.label), "value": one.value, "low": one.low, "high": one.high}
    return {**found, "colour": colour, "url": one.url or None}


def _band(value: float, spread: float, palette: Palette) -> list[Spec]:
    at = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}}
    band = layer("rect", [{"low": value - spread, "high": value + spread}], at, opacity=0.18, color=palette.ink)
    return [band, rule(value, palette.ink)]


def due_wave(title: Words, months: Sequence[Due], *, quantity: Words, subtitle: Words = "") -> Chart:
    """Stacked bars by month: what falls due when, and of which kind; a bar leads to its rows."""
    kinds = {str(due.kind): due.tone for due in months}

    def build(palette: Palette) -> Spec:
        data = [
            {"month": f"{d.month:%Y-%m}", "kind": str(d.kind), "count": d.count, "url": d.url or None} for d in months
        ]
        axis = {"title": None, "labelAngle": 0, "labelOverlap": True}
        colours = {"domain": list(kinds), "range": [palette.tone(tone) for tone in kinds.values()]}
        encoding = {
            "x": {"field": "month", "type": "ordinal", "axis": axis},
            "y": {"field": "count", "type": "quantitative", "axis": {"title": str(quantity), "tickMinStep": 1}},
            "color": {"field": "kind", "type": "nominal", "scale": colours},
            "href": LINK,
            "tooltip": tips(("month", _("month")), ("kind", ""), ("count", quantity)),
        }
        return {
            "width": "container",
            "height": 240,
            **layer("bar", data, encoding, cursor="pointer", stroke=palette.paper, strokeWidth=1),
        }

    head = (_("Month"), _("Kind"), quantity)
    return Chart(title, build, head, [(f"{d.month:%Y-%m}", d.kind, d.count) for d in months], subtitle)
