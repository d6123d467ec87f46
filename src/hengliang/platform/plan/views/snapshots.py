"""Snapshots: taken, read, recomputed, and what has moved since."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import words_of
from hengliang.platform.core.pages.form_page import form_page, sent
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.plans import SnapshotForm
from hengliang.platform.plan.looks import look_key
from hengliang.platform.plan.models import GoalRating, Plan, Snapshot
from hengliang.platform.plan.selectors.frozen import demanded_of, plan_then
from hengliang.platform.plan.selectors.plans import snapshot_list
from hengliang.platform.plan.selectors.snapshots import Compared, compare, moved_since
from hengliang.platform.plan.words import demand_words


@login_required
def take(request: Request, pk: int) -> HttpResponse:
    """Freeze every figure of a plan."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    permit(request.actor, "snapshot_take", region_id=plan.region_id)
    form = SnapshotForm(sent(request), initial={"on": request.actor.today})

    def taken() -> str:
        made = services.snapshot_take(actor=request.actor, plan=plan, **form.cleaned_data)
        return reverse("plan:snapshot", args=[made.pk])

    return form_page(
        request,
        form,
        taken,
        title=_("Freeze a snapshot"),
        verb=_("Freeze"),
        back=reverse("plan:plan", args=[pk]),
        lead=_("All figures of the plan as known at this moment. Nobody can change or delete them afterwards."),
    )


@login_required
def snapshot(request: Request, pk: int) -> HttpResponse:
    """One snapshot beside what its records give today."""
    shown: Snapshot = get_object_or_404(snapshot_list(request.actor), pk=pk)
    compared = compare(shown)
    context = {
        "title": f"{shown.title} · {shown.on}",
        "snapshot": shown,
        "rows": [_row(one) for one in compared],
        "may_assess": is_permitted(request.actor, "assessment_commission", region_id=shown.plan.region_id),
        "agrees": all(one.agrees for one in compared),
        "moved": sum(one.moved for one in compared),
        "crumbs": [
            Crumb(_("Plans and targets"), reverse("plan:plan_list")),
            Crumb(plan_then(shown).title, reverse("plan:plan", args=[shown.plan_id]) + "?tab=proofs"),
        ],
    }
    return render(request, "plan/snapshot.html", context)


def _row(one: Compared) -> dict[str, object]:
    figure, status = one.frozen, one.frozen.status
    rated, then = figure.demand["mode"] == "qualitative", demanded_of(figure)
    now = one.now.figure if one.now and one.now.figure else None
    return {
        "one": one,
        "metric": then.metric,
        "demand": demand_words(then),
        "deadline": then.deadline,
        "unit": then.unit,
        "state": look_key(status, status if rated and status in GoalRating.Grade.values else ""),
        "value": _tidy(figure.value),
        "now_value": _tidy(now.value if now else None),
        "now": now,
        "moved_url": reverse("plan:snapshot_moved", args=[figure.snapshot_id, figure.target_id]),
    }


def _tidy(value: Decimal | None) -> Decimal | None:
    """Without zeros that say nothing."""
    return None if value is None else Decimal(f"{value.normalize():f}")


@login_required
def moved(request: Request, pk: int, target: int) -> HttpResponse:
    """Why a figure is another today."""
    shown: Snapshot = get_object_or_404(snapshot_list(request.actor), pk=pk)
    one = next((each for each in compare(shown) if each.frozen.target_id == target), None)
    if one is None or one.now is None or one.now.figure is None:
        raise Http404
    rows = [(each, words_of(each.act) if each.act else "") for each in moved_since(one.frozen, one.now.figure.scope)]
    context = {
        "title": one.frozen.demand["metric"],
        "one": one,
        "snapshot": shown,
        "rows": rows,
        "crumbs": [Crumb(f"{shown.title} · {shown.on}", reverse("plan:snapshot", args=[pk]))],
    }
    return render(request, "plan/moved.html", context)
