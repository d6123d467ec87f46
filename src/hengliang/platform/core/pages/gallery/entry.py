"""Forms and the grid of the gallery."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from .. import grid, values
from ..forms import DayField, LookupInput, UnitInput
from .sample import district_name

LOADS = ((100, 2.5), (500, 2.5), (2500, 2.5), (10000, 5), (15000, 7.5))


class ApplicationForm(forms.Form):
    """A form with every kind of field."""

    owner = forms.CharField(label=_("User of the instrument"), help_text=_("As it stands on the business licence."))
    kind = forms.ChoiceField(
        label=_("Kind of verification"),
        choices=[("first", pgettext_lazy("verification", "first")), ("later", pgettext_lazy("verification", "later"))],
        widget=forms.RadioSelect,
    )
    district = forms.CharField(label=_("District"), widget=LookupInput("pages:gallery_districts", district_name))
    wanted_on = DayField(label=_("Wanted day"))
    capacity = forms.DecimalField(label=_("Maximum capacity"), widget=UnitInput("kg"), min_value=0)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    commit = forms.BooleanField(label=_("The particulars are true"))


class FaultForm(forms.Form):
    """One question."""

    what = forms.ChoiceField(
        label=_("What is wrong with the scale?"),
        help_text=_("Choose what fits best."),
        widget=forms.RadioSelect,
        choices=[("more", _("It shows too much")), ("seal", _("The seal is broken")), ("other", _("Something else"))],
    )


def question(request: HttpRequest) -> HttpResponse:
    """One question of the report of a fault."""
    shown = {"form": FaultForm(request.POST or None), "title": _("Report a fault"), "step": 1, "steps": 3}
    return render(request, "core/citizen/question.html", shown)


def weighing() -> grid.Grid:
    """The grid of a weighing test."""
    return grid.Grid(
        name="weighing",
        title=_("Weighing test"),
        row_heading=_("Load"),
        version=1,
        verdict_url=reverse("pages:gallery_verdict"),
        save_url=reverse("pages:gallery_save"),
        columns=(
            grid.GridColumn("up", _("Indication, rising"), "g"),
            grid.GridColumn("down", _("Indication, falling"), "g"),
            grid.GridColumn("limit", _("Maximum permissible error"), "g", given=True),
        ),
        rows=[
            grid.GridRow(
                f"p{load}", values.quantity(load, "g"), {"limit": f"±{limit}", "up": load if load < 600 else ""}
            )
            for load, limit in LOADS
        ],
    )


@require_POST
def verdict(request: HttpRequest) -> JsonResponse:
    """A verdict on each cell: within the limit of its row or not."""
    rows, _version = weighing().typed_json(request.body)
    found = {
        f"p{load}.{column}": _judged(text, load, limit)
        for load, limit in LOADS
        for column, text in rows.get(f"p{load}", {}).items()
        if text
    }
    failed = any(one["tone"] == "bad" for one in found.values())
    summary = (
        {"tone": "bad", "words": gettext("Failed")} if failed else {"tone": "good", "words": gettext("Passed so far")}
    )
    return JsonResponse({"cells": found, "fill": {}, "summary": summary})


def _judged(text: str, load: float, limit: float) -> dict[str, Any]:
    try:
        off = float(text) - load
    except ValueError:
        return {"tone": "bad", "words": gettext("not a number")}
    return {"tone": "good" if abs(off) <= limit else "bad", "words": values.number_text(off, 1)}


@require_POST
def save(request: HttpRequest) -> JsonResponse:
    """Keeps nothing, and refuses what was written on version 13."""
    _rows, version = weighing().typed_json(request.body)
    return grid.stale() if version == 13 else grid.saved(version + 1)
