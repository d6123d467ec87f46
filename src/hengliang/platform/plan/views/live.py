"""Live targets: each figure with its definition, its day, and the rows behind it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.norms.indicators import Indicator
from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.pages.charts import Chart
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.pages.values import Absent
from hengliang.platform.core.requests import Request
from hengliang.platform.plan.charts import months_chart, regions_chart
from hengliang.platform.plan.engine import (
    Figure,
    Scope,
    figures_on,
    indicators,
    is_computed,
    main_selection,
    rows_behind,
)
from hengliang.platform.plan.engine.rollup import Broken, broken_down, over_months
from hengliang.platform.plan.forms.question import QuestionForm
from hengliang.platform.plan.selectors.figure_reach import figure_reach
from hengliang.platform.plan.selectors.figure_rows import named as with_names
from hengliang.platform.plan.tables import table_for
from hengliang.platform.plan.words import definition_of, partial_of, title_of, waits_for

MONTHS = 12
View = Callable[..., HttpResponseBase]


def for_regions(view: View) -> View:
    """Only roles over a region, whoever operates the platform, and who assesses a plan by this figure."""

    @login_required
    @wraps(view)
    def guarded(request: Request, **named: str) -> HttpResponseBase:
        reach = figure_reach(request.actor)
        if reach is None or ("name" in named and named["name"] not in reach):
            raise NotPermitted("not_permitted_figures", "Figures of a region are for roles over that region.")
        return view(request, **named)

    return guarded


@for_regions
def targets(request: Request) -> HttpResponse:
    """All figures of a region on a day."""
    form = QuestionForm(request.GET, request.actor)
    scope = form.scope()
    found = {name: one for name, one in indicators(scope.on).items() if name in form.reach}
    shown = [_shown(name, figure, form) for name, figure in figures_on(found.values(), scope).items()]
    waiting = [{"title": title_of(one), "waits_for": waits_for(one), "url": reverse("plan:target", args=[name])}
               for name, one in found.items() if not is_computed(one)]  # fmt: skip
    context = {"title": _("Live targets"), "form": form, "figures": shown, "waiting": waiting}
    return render(request, "plan/targets.html", context)


@for_regions
def target(request: Request, name: str) -> HttpResponse:
    """One figure: where it comes from, by region and by month, and what was left out."""
    form, scope, indicator = _asked(request, name)
    told = broken_down(indicator, scope, form.children(scope))
    context = {
        "title": title_of(indicator),
        "figure_shown": _shown(name, told.rolled.whole, form),
        "form": form,
        "crumbs": [Crumb(_("Live targets"), reverse("plan:targets") + form.address())],
        "excluded": [
            {"says": says, "count": count, "url": _part(name, key, form)} for key, says, count in told.excluded
        ],
    }
    if is_computed(indicator):
        context |= {
            "months": _months(name, indicator, scope, form),
            "months_url": reverse("plan:target_months", args=[name]) + form.address(),
            "regions": _regions(name, indicator, form, told),
            "regions_url": reverse("plan:target_regions", args=[name]) + form.address(),
            "rolled": told.rolled,
        }
    return render(request, "plan/target.html", context)


@for_regions
def target_months(request: Request, name: str) -> HttpResponse:
    """The drawing of a figure over months."""
    form, scope, indicator = _asked(request, name)
    drawn: HttpResponse = _months(name, indicator, scope, form).respond(request)
    return drawn


@for_regions
def target_regions(request: Request, name: str) -> HttpResponse:
    """The drawing of a figure by region."""
    form, scope, indicator = _asked(request, name)
    told = broken_down(indicator, scope, form.children(scope))
    drawn: HttpResponse = _regions(name, indicator, form, told).respond(request)
    return drawn


@for_regions
def target_rows(request: Request, name: str, part: str) -> HttpResponseBase:
    """The rows of one part of a figure."""
    form, scope, indicator = _asked(request, name)
    rows: Any = rows_behind(indicator, scope, part)
    counts = main_selection(indicator).counts
    if counts == "instruments":
        rows = with_names(rows, scope)
    crumbs = [
        Crumb(_("Live targets"), reverse("plan:targets") + form.address()),
        Crumb(title_of(indicator), reverse("plan:target", args=[name]) + form.address()),
    ]
    return table_for(counts).respond(request, rows, title=_part_words(indicator, part), crumbs=crumbs)


def _asked(request: Request, name: str) -> tuple[QuestionForm, Scope, Indicator]:
    form = QuestionForm(request.GET, request.actor)
    scope = form.scope()
    found = indicators(scope.on).get(name)
    if found is None:
        raise Http404
    return form, scope, found


def _part(name: str, part: str, form: QuestionForm) -> str:
    return reverse("plan:target_rows", args=[name, part]) + form.address()


def _part_words(indicator: Indicator, part: str) -> str:
    words = {"numerator": _("Numerator"), "denominator": _("Denominator"), "missing": _("Missing from the numerator")}
    excluded = main_selection(indicator).excluded
    says = words.get(part) or str(excluded[part][0])
    return f"{title_of(indicator)}: {says}"


def _shown(name: str, figure: Figure, form: QuestionForm) -> dict[str, Any]:
    return {
        "name": name,
        "title": title_of(figure.indicator),
        "definition": definition_of(figure.indicator),
        "figure": figure,
        "value": Absent(figure.absent) if figure.absent else figure.value,
        "unit": "" if figure.indicator.unit == "1" else figure.indicator.unit,
        "source": figure.indicator.source,
        "waits_for": waits_for(figure.indicator),
        "partial": partial_of(figure.indicator),
        "url": reverse("plan:target", args=[name]) + form.address(),
        **{f"{part}_url": _part(name, part, form) for part in ("numerator", "denominator", "missing")},
    }


def _months(name: str, indicator: Indicator, scope: Scope, form: QuestionForm) -> Chart:
    figures = over_months(indicator, scope, MONTHS)
    urls = [reverse("plan:target", args=[name]) + form.address(on=one.on.isoformat()) for one in figures]
    return months_chart(title_of(indicator), figures, urls)


def _regions(name: str, indicator: Indicator, form: QuestionForm, told: Broken) -> Chart:
    names = told.names
    urls = {one: reverse("plan:target", args=[name]) + form.address(region=one) for one in names}
    found = {one: told.rolled.parts[words] for one, words in names.items()}
    return regions_chart(title_of(indicator), names, found, urls)
