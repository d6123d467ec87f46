"""One target of a plan: demand, fact, path, forecast, rows, history; and the rating of a goal."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.charts import Chart
from hengliang.platform.core.pages.form_page import form_page
from hengliang.platform.core.pages.objects import Action, Crumb, ObjectPage
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.plan import services
from hengliang.platform.plan.charts import path_chart
from hengliang.platform.plan.engine import Sweep, excluded_of, is_computed, latest, remembered
from hengliang.platform.plan.forms.plans import RatingForm
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.selectors.figure_reach import figure_reach
from hengliang.platform.plan.selectors.plans import last_snapshot, target_list
from hengliang.platform.plan.selectors.progress import Progress, progress_of
from hengliang.platform.plan.states import DRAFT, IN_FORCE
from hengliang.platform.plan.views.shown import row_of
from hengliang.platform.plan.words import definition_of, title_of

MONTHS = 24


@login_required
def plan_target(request: Request, pk: int) -> HttpResponseBase:
    """One target on today."""
    target = get_object_or_404(target_list(request.actor), pk=pk)
    told = progress_of(target.plan, request.actor.today, None, [target])[0]
    row = row_of(told)
    back = reverse("plan:plan", args=[target.plan_id])
    page = ObjectPage(
        kind=_("Goal") if target.qualitative else _("Target"),
        name=target.metric,
        where=row.demand,
        state=row.state,
        crumbs=[Crumb(_("Plans and targets"), reverse("plan:plan_list")), Crumb(target.plan.title, back)],
        actions=_actions(request, target),
        overview=lambda _r: _overview(request, target, told),
        history=lambda _r: history_tab(target),
    )
    return page.respond(request)


def _actions(request: Request, target: PlanTarget) -> list[Action]:
    region = target.plan.region_id
    found = []
    if (
        target.qualitative
        and target.state == "confirmed"
        and is_permitted(request.actor, "goal_rate", region_id=region)
    ):
        found.append(Action(_("Rate"), reverse("plan:goal_rate", args=[target.pk]), primary=True))
    if target.plan.state in (DRAFT, IN_FORCE) and is_permitted(request.actor, "target_confirm", region_id=region):
        address = reverse("plan:confirm", args=[target.plan_id]) + f"?at={target.pk}#t{target.pk}"
        found.append(Action(_("Correct"), address))
    return found


def _overview(request: Request, target: PlanTarget, told: Progress) -> SafeString:
    indicator, figure = told.indicator, told.figure
    context: dict[str, Any] = {
        "one": row_of(told),
        "told": told,
        "target": target,
        "on": request.actor.today,
        "ratings": [(one, attachments_of(one)) for one in target.ratings.select_related("act").order_by("-on", "-pk")],
        "snapshot": last_snapshot(target.plan),
    }
    if indicator is not None and figure is not None:
        context |= {"title": title_of(indicator), "definition": definition_of(indicator)}
        if is_computed(indicator):
            context |= _computed(request, target, told)
    return SafeString(render_to_string("plan/goal.html", context, request))


def _computed(request: Request, target: PlanTarget, told: Progress) -> dict[str, Any]:
    indicator, figure = told.indicator, told.figure
    if indicator is None or figure is None:
        return {}
    asked = f"?region={target.plan.region_id}&on={figure.on}&begins={target.plan.starts_on}"
    rows = reverse("plan:target_rows", args=[indicator.name, "numerator"]) + asked
    return {
        "rows_url": rows if figure_reach(request.actor) else "",
        "live_url": reverse("plan:target", args=[indicator.name]) + asked,
        "excluded": excluded_of(indicator, figure.scope),
        "drawn": drawing(target, told, request.actor.today),
        "drawn_url": reverse("plan:plan_target_path", args=[target.pk]),
    }


@login_required
def path_drawing(request: Request, pk: int) -> HttpResponse:
    """The drawing of a target over time."""
    target = get_object_or_404(target_list(request.actor), pk=pk)
    told = progress_of(target.plan, request.actor.today, None, [target])[0]
    drawn = drawing(target, told, request.actor.today)
    if drawn is None:
        raise Http404
    answer: HttpResponse = drawn.respond(request)
    return answer


def drawing(target: PlanTarget, told: Progress, today: date) -> Chart | None:
    """Fact, expected path and forecast over time; None where nothing is computed."""
    if told.indicator is None or told.figure is None or not is_computed(told.indicator):
        return None
    plan = target.plan
    days = tuple(day for day in latest(told.figure.on, MONTHS) if day >= plan.starts_on) or (told.figure.on,)
    sweep = Sweep(days, (plan.region_id,), None, plan.starts_on)
    figures = remembered([told.indicator], sweep)[told.indicator.name][plan.region_id]
    return path_chart(target, told, figures, plan.starts_on, today)


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@login_required
def rate(request: Request, pk: int) -> HttpResponse:
    """A qualitative goal is rated."""
    target = get_object_or_404(target_list(request.actor), pk=pk)
    permit(request.actor, "goal_rate", region_id=target.plan.region_id)
    form = RatingForm(*_sent(request), initial={"on": request.actor.today})

    def rated() -> str:
        told = dict(form.cleaned_data)
        services.goal_rate(actor=request.actor, target=target, files=told.pop("attached"), **told)
        return reverse("plan:plan_target", args=[pk])

    return form_page(
        request,
        form,
        rated,
        title=_("Rate a goal"),
        verb=_("Rate"),
        lead=target.text,
        back=reverse("plan:plan_target", args=[pk]),
    )
