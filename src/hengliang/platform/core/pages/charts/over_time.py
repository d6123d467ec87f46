"""Drawings over time: lines, and the control chart."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from ..words import Words
from .chart import Chart, Spec, axis_title
from .layers import LINK, layer, limit_lines, limit_names, rule, time_axis, tips, value_axis
from .marks import Limit, Point
from .palette import Palette


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
        data = [{"series": name, **_point(point)} for name, point in every]
        scale = {"domain": list(series), "range": list(palette.series[: len(series)])}
        colour: Spec = {"field": "series", "type": "nominal", "scale": scale}
        if len(series) == 1:
            colour["legend"] = None
        encoding = {
            "x": time_axis(),
            "y": value_axis(quantity, unit, from_zero=from_zero),
            "color": colour,
            "href": LINK,
            "tooltip": tips(("series", ""), ("at", _("day")), ("value", quantity)),
        }
        drawn = layer("line", data, encoding, point={"size": 24}, strokeWidth=2)
        layers = [*limit_lines(limits, palette), drawn, *limit_names(limits, palette)]
        return {"width": "container", "height": 240, "layer": layers}

    rows = [(name, point.at, point.value) for name, point in every]
    return Chart(title, build, (_("Series"), _("Day"), axis_title(quantity, unit)), rows, subtitle)


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
        data = [{**_point(one), "rule": str(one.rule)} for one in points]
        at = {"x": time_axis(), "y": value_axis(quantity, unit)}
        shown = tips(("at", _("day")), ("value", quantity), ("rule", _("rule broken")))
        layers = [
            rule(centre, palette.quiet),
            *limit_lines(limits, palette),
            layer("line", data, at, strokeWidth=1.5, color=palette.ink),
            layer("point", data, {**at, **_broken(palette), "href": LINK, "tooltip": shown}, filled=True, opacity=1),
            *limit_names(limits, palette),
            layer(
                "text",
                [one for one in data if one["rule"]],
                {**at, "text": {"field": "rule"}},
                dx=10,
                align="left",
                color=palette.tone("bad"),
            ),
        ]
        return {"width": "container", "height": 260, "layer": layers}

    head = (_("Day"), axis_title(quantity, unit), _("rule broken"))
    return Chart(title, build, head, [(p.at, p.value, p.rule) for p in points], subtitle)


def _point(point: Point) -> Spec:
    return {"at": point.at.isoformat(), "value": point.value, "url": point.url or None}


def _broken(palette: Palette) -> Spec:
    """A point that breaks a rule differs in colour, shape and size."""
    test = {"test": "datum.rule !== ''"}
    return {
        "color": {"condition": {**test, "value": palette.tone("bad")}, "value": palette.ink},
        "shape": {"condition": {**test, "value": "diamond"}, "value": "circle"},
        "size": {"condition": {**test, "value": 130}, "value": 40},
    }
