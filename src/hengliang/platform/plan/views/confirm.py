"""Two panes: the text with marks, and beside it what was found, to be confirmed, corrected, dropped or added."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import beside, form_page
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.plans import AddForm, AmendForm, DemandForm
from hengliang.platform.plan.models import Clause, Plan, PlanTarget, PlanTask, TaskUnit
from hengliang.platform.plan.selectors.plans import target_list
from hengliang.platform.plan.states import CONFIRMED, DRAFT, DROPPED, FOUND, IN_FORCE
from hengliang.platform.plan.words import demand_words


@dataclass(frozen=True)
class Piece:
    """A stretch of the text; what is marked says which target or unit it is."""

    text: str
    target: PlanTarget | None = None
    kind: str = ""
    here: bool = False
    first: bool = False


@login_required
def confirm(request: Request, pk: int) -> HttpResponse:
    """The draft: text on the left, on the right what was found in it."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    targets = list(plan.targets.select_related("clause", "within").order_by("start", "pk"))
    here = _here(targets, request.GET.get("at", ""))
    may = plan.state in (DRAFT, IN_FORCE) and is_permitted(request.actor, "target_confirm", region_id=plan.region_id)
    form = None
    if here is not None and here.state != DROPPED and may:
        shape = DemandForm if plan.state == DRAFT else AmendForm
        form = shape(here, *((request.POST,) if request.method == "POST" else ()))
        if form.is_bound and form.is_valid() and (to := _confirmed(request, plan, here, form)):
            return redirect(to)
    context = {
        "title": plan.title, "plan": plan, "here": here, "found": [(one, demand_words(one)) for one in targets],
        "form": form, "may": may,
        "paragraphs": paragraphs(plan, targets, here), "left": sum(one.state == FOUND for one in targets),
        "goals_left": sum(one.state == FOUND and one.qualitative for one in targets),
        "tasks": PlanTask.objects.filter(plan=plan).prefetch_related("units").select_related("clause").order_by("pk"),
        "add": AddForm(plan) if may else None, "draft": plan.state == DRAFT, "elsewhere": _elsewhere(plan),
        "crumbs": [Crumb(_("Plans and targets"), reverse("plan:plan_list"))],
    }  # fmt: skip
    return render(request, "plan/confirm.html", context, status=422 if form is not None and form.errors else 200)


def _elsewhere(plan: Plan) -> str:
    """The region that the document names, where it is another one than the plan was entered for."""
    told = str(plan.found.get("region") or "")
    names = RegionVersion.objects.on(plan.act.on).filter(region_id=plan.region_id).values_list("name", flat=True)
    short = told.rstrip("省市区县")
    return "" if not short or any(short in name for name in names) else told


def _here(targets: list[PlanTarget], asked: str) -> PlanTarget | None:
    """The target asked for; else the first that waits."""
    chosen = next((one for one in targets if str(one.pk) == asked), None)
    return chosen or next((one for one in targets if one.state == FOUND), None)


def _confirmed(request: Request, plan: Plan, target: PlanTarget, form: DemandForm) -> str:
    told: dict[str, Any] = {"actor": request.actor, "target": target, "demand": form.demand(),
                            "seen": request.POST.get("seen", "")}  # fmt: skip
    try:
        if plan.state == DRAFT:
            services.target_confirm(**told)
        else:
            services.amendment_propose(**told, reason=form.cleaned_data["reason"])
            return reverse("plan:plan", args=[plan.pk]) + "#changes"
    except PlatformError as refused:
        beside(form, refused)
        return ""
    waiting = plan.targets.filter(state=FOUND).order_by("start", "pk")
    after = waiting.filter(start__gte=target.start).first() or waiting.first()
    return _at(plan, after or target)


def _at(plan: Plan, target: PlanTarget) -> str:
    return reverse("plan:confirm", args=[plan.pk]) + f"?at={target.pk}#t{target.pk}"


@login_required
def confirm_goals(request: Request, pk: int) -> HttpResponse:
    """All goals without a figure that wait are confirmed as they were read, after one look at all of them."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    permit(request.actor, "target_confirm", region_id=plan.region_id)
    waiting = [one for one in plan.targets.filter(state=FOUND).order_by("start", "pk") if one.qualitative]
    page = Confirmation(
        title=_("Confirm all goals without a figure"), verb=_("Confirm"), back=reverse("plan:confirm", args=[pk]),
        affected=len(waiting), reason_needed=False, examples=[one.text for one in waiting],
        consequences=[_("Each is confirmed as it was read, with its day. Targets with a figure stay to be looked at.")],
    )  # fmt: skip
    if not page.confirmed(request):
        return page.respond(request)
    with transaction.atomic():
        for one in waiting:
            demand = services.Demand(one.metric, one.mode, deadline=one.deadline, indicator="goal-rating")
            services.target_confirm(actor=request.actor, target=one, demand=demand)
    return redirect("plan:confirm", pk)


@login_required
@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """A target that the program missed, by its words."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    permit(request.actor, "target_add", region_id=plan.region_id)
    form = AddForm(plan, request.POST)

    def added() -> str:
        clause = Clause.objects.filter(plan=plan, pk=form.cleaned_data["clause"] or 0).first()
        quote = form.cleaned_data["quote"]
        return _at(plan, services.target_add(actor=request.actor, plan=plan, quote=quote, clause=clause))

    back = reverse("plan:confirm", args=[pk])
    return form_page(request, form, added, title=_("Add a target"), verb=_("Add"), back=back, otherwise="quote",
                     crumbs=[Crumb(plan.title, back)])  # fmt: skip


@login_required
def drop(request: Request, pk: int) -> HttpResponse:
    """What was found is no target."""
    target = get_object_or_404(target_list(request.actor), pk=pk)
    permit(request.actor, "target_drop", region_id=target.plan.region_id)
    in_force = target.plan.state == IN_FORCE and target.state == CONFIRMED
    says = [_("It no longer belongs to the plan. The words and your reason stay readable.")]
    if in_force:
        says.append(_("A second person confirms it first; then the public page says so, with your reason."))
    page = Confirmation(
        title=_("Drop a target"), verb=_("Propose") if in_force else _("Drop"), back=_at(target.plan, target),
        affected=1, danger=True, examples=[target.text], consequences=says,
    )  # fmt: skip
    if not page.confirmed(request):
        return page.respond(request)
    told: dict[str, Any] = {"actor": request.actor, "target": target, "reason": page.reason}
    if not in_force:
        services.target_drop(**told)
        return redirect("plan:confirm", target.plan_id)
    services.amendment_propose(**told, demand=None)
    return redirect(reverse("plan:plan", args=[target.plan_id]) + "#changes")


@login_required
@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """What was dropped is looked at again."""
    target = get_object_or_404(target_list(request.actor), pk=pk)
    services.target_restore(actor=request.actor, target=target)
    return redirect(_at(target.plan, target))


def paragraphs(plan: Plan, targets: Iterable[PlanTarget], here: PlanTarget | None) -> list[list[Piece]]:
    """The text in paragraphs, each in pieces: plain, or the words of a target, a unit, or what was not understood."""
    marks = sorted(_marks(plan, targets), key=lambda mark: (mark[0], -mark[1]))
    found, start, seen = [], 0, set[int]()
    for line in plan.text.split("\n"):
        found.append(_pieces(line, start, marks, here, seen))
        start += len(line) + 1
    return found


def _marks(plan: Plan, targets: Iterable[PlanTarget]) -> list[tuple[int, int, str, PlanTarget | None]]:
    marks: list[tuple[int, int, str, PlanTarget | None]] = [
        (one.start, one.end, "dropped" if one.state == DROPPED else "goal" if one.qualitative else "target", one)
        for one in targets
    ]
    marks += [(one["start"], one["end"], "unparsed", None) for one in plan.found.get("unparsed", ())]
    names = {unit.name for unit in TaskUnit.objects.filter(task__plan=plan)}
    for clause in plan.clauses.all():
        for name in names:
            place = plan.text.find(name, clause.start, clause.end)
            if place >= 0:
                marks.append((place, place + len(name), "unit", None))
    return marks


def _pieces(line: str, start: int, marks: list[Any], here: PlanTarget | None, seen: set[int]) -> list[Piece]:
    pieces, at, end = [], start, start + len(line)
    for low, high, kind, target in marks:
        low, high = max(low, at), min(high, end)
        if low >= high or low < at:
            continue
        if low > at:
            pieces.append(Piece(line[at - start : low - start]))
        first = target is not None and target.pk not in seen
        if target is not None:
            seen.add(target.pk)
        is_here = target is not None and here is not None and target.pk == here.pk
        pieces.append(Piece(line[low - start : high - start], target, kind, is_here, first))
        at = high
    if at < end:
        pieces.append(Piece(line[at - start :]))
    return pieces
