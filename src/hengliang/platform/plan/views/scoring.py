"""How the districts score by the weights of a plan, and the weights themselves."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.scoring import ScoringForm
from hengliang.platform.plan.models import Plan, Scoring, ScoringWeight, Snapshot
from hengliang.platform.plan.selectors.frozen_scores import frozen_scores, frozen_weights
from hengliang.platform.plan.selectors.scoring import DistrictScore, scores_of, scoring_of
from hengliang.platform.plan.words import demand_words

Scored = tuple[list[ScoringWeight], list[DistrictScore]]


def _visible(request: Request, pk: int) -> Plan:
    return get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)


@login_required
def scores(request: Request, pk: int) -> HttpResponse:
    """The districts today, or on the day of a snapshot as known then; weights that wait for a second person."""
    plan, actor = _visible(request, pk), request.actor
    frozen = _snapshot(request, plan)
    on = frozen.on if frozen else actor.today
    weights, found = _frozen(frozen) if frozen else _today(plan, on)
    waiting = Scoring.objects.filter(plan=plan, state="entered").prefetch_related("weights__target").first()
    own = waiting is not None and actor.account_id is not None and waiting.entered_by == actor.account_id
    context = {
        "title": _("Scores of the districts"), "plan": plan, "on": on, "frozen": frozen,
        "rows": score_rows(found), "weights": [(one, demand_words(one.target)) for one in weights],
        "waiting": waiting, "waiting_own": own,
        "asked": [(one, demand_words(one.target)) for one in waiting.weights.all()] if waiting else [],
        "may_confirm": is_permitted(actor, "scoring_confirm", region_id=plan.region_id),
        "may_enter": plan.state == "in_force" and is_permitted(actor, "scoring_enter", region_id=plan.region_id),
        "crumbs": _crumbs(plan),
    }  # fmt: skip
    return render(request, "plan/scores.html", context)


def _frozen(snapshot: Snapshot) -> Scored:
    weights = frozen_weights(snapshot)
    return weights, frozen_scores(snapshot, weights)


def _today(plan: Plan, on: date) -> Scored:
    scoring = scoring_of(plan)
    return (list(scoring.weights.all()), scores_of(scoring, on)) if scoring else ([], [])


def _crumbs(plan: Plan) -> list[Crumb]:
    return [Crumb(_("Plans and targets"), reverse("plan:plan_list")),
            Crumb(plan.title, reverse("plan:plan", args=[plan.pk]))]  # fmt: skip


def _snapshot(request: Request, plan: Plan) -> Snapshot | None:
    asked = request.GET.get("snapshot", "")
    return get_object_or_404(plan.snapshots.all(), pk=int(asked)) if asked.isdecimal() and len(asked) < 10 else None


def score_rows(found: list[DistrictScore]) -> list[dict[str, Any]]:
    """Each district as a row of a page or a report."""
    return [{"name": one.name, "score": one.score, "of": one.of, "parts": one.parts} for one in found]


@login_required
def scoring_enter(request: Request, pk: int) -> HttpResponse:
    """Weights are entered for a second person to confirm."""
    plan = _visible(request, pk)
    permit(request.actor, "scoring_enter", region_id=plan.region_id)
    form, back = ScoringForm(plan, *given(request)[:1]), reverse("plan:scores", args=[pk])

    def entered() -> str:
        services.scoring_enter(
            actor=request.actor, plan=plan, weights=form.weighed(), remark=form.cleaned_data["remark"]
        )
        return back

    return form_page(
        request, form, entered, title=_("Weights for the districts"), verb=_("Enter"), back=back, crumbs=_crumbs(plan),
        lead=_("Give each target its weight, 100 in all; leave empty what is not scored. A second person confirms."),
    )  # fmt: skip
