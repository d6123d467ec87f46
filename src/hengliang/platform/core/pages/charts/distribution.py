"""The drawing of a distribution: what was drawn as bars, what theory says as a line, and intervals above both."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ..words import Words
from .chart import Chart, Spec, axis_title
from .layers import layer, tips
from .marks import Bin, Interval
from .palette import Palette

HEADROOM = 0.12  # the intervals stand above the highest bar, each by this share of its height


def distribution(
    title: Words,
    bins: Sequence[Bin],
    curve: Sequence[tuple[float, float]],
    intervals: Sequence[Interval],
    *,
    quantity: Words,
    unit: Words = "",
    subtitle: Words = "",
) -> Chart:
    """Bars of a density, a curve over them, and up to five intervals by name above; `curve` holds (value, density)."""
    top = max([one.density for one in bins] + [density for _value, density in curve], default=1.0)

    def build(palette: Palette) -> Spec:
        across = {"type": "quantitative", "scale": {"zero": False}}
        across |= {"axis": {"title": axis_title(quantity, unit), "tickCount": 6, "format": "~r"}}
        up = {"type": "quantitative", "axis": {"title": str(_("Probability density")), "tickCount": 4, "format": "~r"}}
        return {
            "width": "container",
            "autosize": {"type": "fit-x", "contains": "padding"},
            "height": 260,
            "layer": [
                *_bars(bins, across, up, palette),
                *_line(curve, across, up, palette),
                *_above(intervals, across, up, top, palette),
            ],
        }

    head = (_("Item"), axis_title(quantity, unit), _("from"), _("to"))
    return Chart(title, build, head, [(one.label, one.value, one.low, one.high) for one in intervals], subtitle)


def _bars(bins: Sequence[Bin], across: Spec, up: Spec, palette: Palette) -> list[Spec]:
    data = [{"low": one.low, "high": one.high, "density": one.density, "zero": 0} for one in bins]
    at = {"x": {"field": "low", **across}, "x2": {"field": "high"}, "y": {"field": "density", **up}}
    return [layer("rect", data, {**at, "y2": {"field": "zero"}}, color=palette.ink, opacity=0.3)] if data else []


def _line(curve: Sequence[tuple[float, float]], across: Spec, up: Spec, palette: Palette) -> list[Spec]:
    data = [{"value": value, "density": density} for value, density in curve]
    at = {"x": {"field": "value", **across}, "y": {"field": "density", **up}}
    return [layer("line", data, at, color=palette.series[1], strokeWidth=2)] if data else []


def _above(intervals: Sequence[Interval], across: Spec, up: Spec, top: float, palette: Palette) -> list[Spec]:
    data = [
        {"label": str(one.label), "value": one.value, "low": one.low, "high": one.high, "at": top * (1 + HEADROOM * n)}
        for n, one in enumerate(reversed(intervals), start=1)
    ]
    names = [str(one.label) for one in intervals]
    colour = {"field": "label", "type": "nominal", "scale": {"domain": names, "range": _colours(palette, len(names))}}
    height: Spec = {"y": {"field": "at", **up}, "color": colour}
    shown = tips(("label", ""), ("value", _("Estimate")), ("low", _("from")), ("high", _("to")))
    span = {**height, "x": {"field": "low", **across}, "x2": {"field": "high"}, "tooltip": shown}
    middle = {**height, "x": {"field": "value", **across}, "tooltip": shown}
    return [
        layer("rule", data, span, strokeWidth=4),
        layer("point", data, middle, filled=True, size=70, opacity=1),
    ]


def _colours(palette: Palette, count: int) -> list[str]:
    # The curve's colour first, then the bars': the intervals belong to them.
    return [palette.series[1], palette.ink, *palette.series[2:]][:count]
