"""One of each drawing."""

import datetime as dt

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .. import charts, looks
from .sample import KINDS

DAYS = [dt.date(2026, 1, 5) + dt.timedelta(days=14 * n) for n in range(20)]
WAVE = (12, 18, 10, 22, 15, 19, 13, 25, 17, 20, 14, 16, 21, 34, 18, 16, 20, 15, 19, 17)
MONTHS = [dt.date(2026 + (11 + n) // 12, (11 + n) % 12 + 1, 1) for n in range(8)]


def drawings() -> dict[str, charts.Chart]:
    """The drawings by name."""
    return {"bars": _bars(), "lines": _lines(), "intervals": _intervals(), "control": _control(), "due": _due()}


def chart(request: HttpRequest, name: str) -> JsonResponse:
    """The specification of one drawing."""
    return drawings()[name].respond(request)


def _bars() -> charts.Chart:
    url = reverse("pages:gallery_table")
    counted = zip(KINDS, (41, 17, 12, 9, 6, 5, 2), strict=True)
    found = [charts.Bar(kind, count, "bad" if count > 30 else None, f"{url}?q={kind}") for kind, count in counted]
    title, subtitle = _("Scales are overdue most often"), _("Click a bar to see its rows")
    return charts.bars(title, found, quantity=_("Instruments overdue"), subtitle=subtitle)


def _lines() -> charts.Chart:
    east = [charts.Point(day, 88 + i * 0.4 + w / 10) for i, (day, w) in enumerate(zip(DAYS, WAVE, strict=True))]
    west = [charts.Point(day, 80 + i * 0.6 + w / 8) for i, (day, w) in enumerate(zip(DAYS, WAVE[::-1], strict=True))]
    return charts.lines(
        _("Is the rate of timely tests rising?"),
        {"东湖区": east, "西山县": west},
        quantity=_("Tested in time"),
        unit="%",
        limits=[charts.Limit(95, _("Target 95 % (clause 12)"), "warning")],
    )


def _intervals() -> charts.Chart:
    found = [
        charts.Interval("A", 10.012, 9.992, 10.032),
        charts.Interval("B", 10.004, 9.992, 10.016),
        charts.Interval("C", 10.062, 10.044, 10.08, "bad"),
        charts.Interval("D", 9.991, 9.966, 10.016),
    ]
    title = _("Laboratory C lies outside the reference")
    return charts.intervals(title, found, quantity=_("Mass"), unit="g", reference=(10.005, 0.008))


def _control() -> charts.Chart:
    points = [charts.Point(d, w / 100, _("rule 1") if w > 30 else "") for d, w in zip(DAYS, WAVE, strict=True)]
    return charts.control(
        _("One point beyond the upper limit"),
        points,
        centre=0.177,
        limits=[charts.Limit(0.3, "UCL"), charts.Limit(0.054, "LCL")],
        quantity=_("Error of indication"),
        unit="g",
    )


def _due() -> charts.Chart:
    shares: tuple[tuple[str, looks.Tone, int], ...] = (
        ("overdue", "bad", 1),
        ("due_soon", "warning", 2),
        ("valid", "good", 3),
    )
    found = [
        charts.Due(month, looks.look_of(state).words, count * share, tone, reverse("pages:gallery_table"))
        for month, count in zip(MONTHS, (12, 14, 11, 28, 13, 12, 15, 10), strict=True)
        for state, tone, share in shares
    ]
    return charts.due_wave(_("March brings twice the usual work"), found, quantity=_("Instruments due"))
