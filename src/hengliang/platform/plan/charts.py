"""Drawings of a figure: over months, and by region."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from hengliang.platform.core.pages import charts
from hengliang.platform.plan.engine import Figure
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.selectors.progress import Progress, meets


def months_chart(title: str, figures: Sequence[Figure], urls: Sequence[str]) -> charts.Chart:
    """The figure at the end of each month; months without a value have no point."""
    points = [
        charts.Point(one.on, float(one.value), url=url)
        for one, url in zip(figures, urls, strict=True)
        if one.value is not None
    ]
    unit = figures[-1].indicator.unit
    return charts.lines(
        _("%(title)s at the end of each month") % {"title": title},
        {title: points},
        quantity=_("Share") if unit == "%" else title,
        unit=unit,
        subtitle=_("Rates over what fell due begin anew each January."),
    )


def regions_chart(
    title: str, names: Mapping[int, str], figures: Mapping[int, Figure], urls: Mapping[int, str]
) -> charts.Chart:
    """The figure of each region; regions without a value say so in their name."""
    bars = [
        charts.Bar(names[region], float(one.value), url=urls[region])
        if one.value is not None
        else charts.Bar(
            f"{names[region]} · {_('no source') if one.absent == 'no_source' else _('nothing to count')}", 0
        )
        for region, one in figures.items()
    ]
    unit = next((one.indicator.unit for one in figures.values()), "")
    quantity = _("Share") if unit == "%" else title
    return charts.bars(_("%(title)s by region") % {"title": title}, bars, quantity=quantity, unit=unit)


def path_chart(
    target: PlanTarget, told: Progress, figures: Sequence[Figure], begins: date, today: date
) -> charts.Chart:
    """What was reached, the expected path and, apart from both, what the last year's pace leads to."""
    fact = [charts.Point(one.on, float(one.value)) for one in figures if one.value is not None]
    series: dict[str, list[charts.Point]] = {_("Computed"): fact}
    goal, deadline = target.goal, target.deadline
    if goal is not None and deadline is not None and told.baseline is not None:
        standing = told.indicator is not None and told.indicator.mode == "standing"
        first = charts.Point(begins, float(goal if standing or meets(told.baseline, target) else told.baseline))
        last = charts.Point(deadline, float(goal))
        series[_("Expected path")] = [first, last]
    if told.forecast is not None and deadline is not None and told.value is not None:
        now = charts.Point(today, float(told.value))
        series[_("Forecast, no fact")] = [now, charts.Point(deadline, float(told.forecast))]
    limits = [] if goal is None else [charts.Limit(float(goal), _("Goal"), "pending")]
    unit = target.unit
    return charts.lines(target.metric, series, quantity=target.metric[:20], unit=unit, limits=limits, from_zero=True)
