"""Drawings of a figure: over months, and by region."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from hengliang.platform.core.pages import charts
from hengliang.platform.plan.engine import Figure


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
        quantity=_("Share"),
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
    return charts.bars(_("%(title)s by region") % {"title": title}, bars, quantity=_("Share"), unit=unit)
