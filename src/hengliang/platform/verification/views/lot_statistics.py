"""What the benches' lots say of makers, models, years and ages."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.core.pages import charts
from hengliang.platform.core.pages.forms import DayField
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.benches.judging import point_names
from hengliang.platform.verification.benches.profiles_of import profile_used
from hengliang.platform.verification.benches.statistics import (
    Asked,
    Line,
    choices_of,
    distribution_of,
    errors_of,
    groups_of,
    lasting,
    lines_of,
)
from hengliang.platform.verification.forms.lots import items_with_profiles
from hengliang.platform.verification.models import Lot, VerificationRegime

DIMENSIONS = {
    "maker": gettext_lazy("Manufacturer"), "model": gettext_lazy("Model"), "made": gettext_lazy("Year of make"),
    "batch": gettext_lazy("Batch"), "age": gettext_lazy("Age (years)"),
}  # fmt: skip
LINES_SHOWN = 40


class AskedForm(forms.Form):
    """What the statistics are of, and by what they are parted."""

    by = forms.ChoiceField(label=gettext_lazy("Parted by"), choices=list(DIMENSIONS.items()), required=False)
    item = forms.TypedChoiceField(label=gettext_lazy("Catalogue item"), coerce=int, required=False, empty_value=None)
    maker = forms.ChoiceField(label=gettext_lazy("Manufacturer"), required=False)
    model = forms.ChoiceField(label=gettext_lazy("Model"), required=False)
    regime = forms.ChoiceField(label=gettext_lazy("Kind of verification"), required=False)
    begins = DayField(label=gettext_lazy("From"), required=False)
    ends = DayField(label=gettext_lazy("Until"), required=False)

    def __init__(self, data: Any, *, actor: Actor) -> None:
        super().__init__(data)
        items = CatalogueItem.objects.filter(pk__in=items_with_profiles()).order_by("rank", "code")
        told: dict[str, list[tuple[Any, Any]]] = {
            "item": [(item.pk, item.spoken) for item in items],
            "maker": [(one, one) for one in choices_of(actor, "maker")],
            "model": [(one, one) for one in choices_of(actor, "model")],
            "regime": list(VerificationRegime.choices),
        }
        for name, choices in told.items():
            self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]


@login_required
def lot_statistics(request: Request) -> HttpResponse:
    """Pass rates with intervals by maker, model, year, batch or age; errors; and how long meters last."""
    form = AskedForm(request.GET, actor=request.actor)
    told = form.cleaned_data if form.is_valid() else {}
    by = told.get("by") or "maker"
    asked = Asked(**{name: value for name, value in told.items() if value and name != "by"})
    rows = groups_of(request.actor, asked)
    lines = lines_of(rows, by)
    context = {
        "title": _("Statistics of bench lots"), "form": form, "crumbs": _crumbs(), "by": DIMENSIONS[by],
        "lines": [_line(request, by, line) for line in lines[:LINES_SHOWN]],
        "more": max(0, len(lines) - LINES_SHOWN), "tested": sum(line.tested for line in lines),
        "rates": _rates(lines[:LINES_SHOWN], DIMENSIONS[by]) if lines else None,
        "errors": _errors(rows) if lines else [], "spread": _spread(rows) if lines else None,
        "lasting": _lasting(rows),
    }  # fmt: skip
    return render(request, "verification/lot_statistics.html", context)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Bench lots"), reverse("verification:lot_list"))]


def _line(request: Request, by: str, line: Line) -> tuple[Line, str, str, float, float, float]:
    low, high = line.interval
    return line, _key(line), _narrowed(request, by, line), 100 * line.rate, 100 * low, 100 * high


def _key(line: Line) -> str:
    return str(line.key) if line.key not in (None, "") else _("not known")


def _narrowed(request: Request, by: str, line: Line) -> str:
    """The way to the rows behind a line: the groups of a maker or model, else the lots."""
    if by not in ("maker", "model") or not line.key:
        return ""
    further = {"maker": "model", "model": "made"}[by]
    kept = {name: value for name, value in request.GET.items() if value and name != "by"}
    return f"{reverse('verification:lot_statistics')}?{urlencode(kept | {by: line.key, 'by': further})}"


def _rates(lines: list[Line], by: Any) -> charts.Chart:
    items = [
        charts.Interval(_key(line), 100 * line.rate, 100 * line.interval[0], 100 * line.interval[1]) for line in lines
    ]
    title = _("Pass rate by %(dimension)s, with 95 %% intervals") % {"dimension": str(by).lower()}
    return charts.intervals(title, items, quantity=_("Pass rate"), unit="%")


def _errors(rows: Any) -> list[tuple[str, Any]]:
    """Mean and deviation at each point, where all groups have the same layout."""
    profiles = set(rows.values_list("lot__profile", flat=True).distinct()[:2])
    lot = Lot.objects.filter(groups__in=rows).first() if len(profiles) == 1 else None
    if lot is None or (profile := profile_used(lot)) is None:
        return []
    names = point_names(profile)
    return [(names[one.row], one) for one in errors_of(rows)]


def _spread(rows: Any) -> charts.Chart | None:
    found = distribution_of(rows)
    if not found:
        return None
    bars = [
        charts.Bar(f"{at:+.1f}" if at else "0.0", count, "bad" if abs(at) > 1 else "neutral") for at, count in found
    ]
    return charts.bars(_("Errors as a share of their limit"), bars, quantity=_("Readings judged"))


def _lasting(rows: Any) -> charts.Chart | None:
    found = lasting(rows)
    if found is None:
        return None
    items = [
        charts.Interval(_("%(age)s years") % {"age": int(age)}, 100 * s, 100 * low, 100 * high)
        for age, s, low, high in zip(found.ages, found.survival, found.low, found.high, strict=True)
    ]
    return charts.intervals(_("Share still in order at an age (Kaplan-Meier)"), items, quantity=_("In order"), unit="%")
