"""Plans: the list, one with its targets, and its particulars."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import LATEST, event_of
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts, history
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Role, is_permitted, permit
from hengliang.platform.core.selectors import attachments_of, region_list
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.plans import PlanForm
from hengliang.platform.plan.models import Plan, PlanTask, TargetAmendment
from hengliang.platform.plan.selectors import plans as told
from hengliang.platform.plan.selectors.amendments import changes_since, waiting_of
from hengliang.platform.plan.selectors.checks import checks_of
from hengliang.platform.plan.selectors.progress import progress_of
from hengliang.platform.plan.services.bounds import refuse_unless_draft
from hengliang.platform.plan.states import DRAFT, IN_FORCE
from hengliang.platform.plan.tables import PlanTable
from hengliang.platform.plan.views.acts import Offers, offered
from hengliang.platform.plan.views.shown import progress_rows


@login_required
def plan_list(request: Request) -> HttpResponseBase:
    """The plans that one sees."""
    actions = [
        Action(
            _("Read a policy document"),
            reverse("plan:plan_import"),
            primary=True,
            visible=lambda actor: actor.has(Role.AUTHORITY),
        )
    ]
    return PlanTable().respond(request, told.plan_list(request.actor), actions=actions)


def visible(request: Request, pk: int) -> Plan:
    """A plan that the actor sees, or 404."""
    return get_object_or_404(Plan.objects.visible_to(request.actor).select_related("act"), pk=pk)


@login_required
def plan(request: Request, pk: int) -> HttpResponseBase:
    """One plan: how its targets stand, its tasks, its snapshots, its history."""
    shown = visible(request, pk)
    region = region_list(request.actor.today).filter(region_id=shown.region_id).first()
    page = ObjectPage(
        kind=_("Plan"),
        name=shown.title,
        where=region.name if region else "",
        state=f"plan.{shown.state}",
        since=shown.starts_on,
        crumbs=[Crumb(_("Plans and targets"), reverse("plan:plan_list"))],
        actions=_actions(request, shown),
        overview=lambda r: _overview(request, shown),
        records=lambda r: _records(shown),
        proofs=lambda r: _proofs(shown),
        history=lambda r: _history(shown),
    )
    return page.respond(request)


def _overview(request: Request, shown: Plan) -> SafeString:
    on = request.actor.today
    rows = progress_rows(progress_of(shown, on), "plan:plan_target")
    context = {
        "plan": shown, "rows": rows, "on": on, "checks": checks_of(shown, on), "public": shown.state != DRAFT,
        "waiting": waiting_of(shown), "changes": changes_since(shown, None),
        "me": request.actor.account_id,
        "may_decide": is_permitted(request.actor, "amendment_confirm", region_id=shown.region_id),
    }  # fmt: skip
    return SafeString(render_to_string("plan/overview.html", context, request))


def _records(shown: Plan) -> SafeString:
    tasks = (
        PlanTask.objects.filter(plan=shown).select_related("clause").prefetch_related("units", "reports").order_by("pk")
    )
    return SafeString(render_to_string("plan/tasks.html", {"plan": shown, "tasks": tasks}))


def _proofs(shown: Plan) -> SafeString:
    context = {
        "plan": shown,
        "snapshots": shown.snapshots.order_by("-known_at"),
        "files": attachments_of(shown),
        "facts": facts(
            Fact(_("File"), shown.file_name),
            Fact("SHA-256", shown.sha256),
            Fact(_("Published by"), shown.issuer),
            Fact(_("Issued on"), shown.issued_on),
            Fact(_("Begins on"), shown.starts_on),
            Fact(_("Ends on"), shown.ends_on),
            title=_("The document"),
        ),
    }
    return SafeString(render_to_string("plan/proofs.html", context))


def _history(shown: Plan) -> SafeString:
    """The acts on the plan; those on a target name it."""
    metrics = {("plan.plantarget", str(one.pk)): one.metric for one in shown.targets.all()}
    changes = TargetAmendment.objects.filter(target__plan=shown).select_related("target")
    metrics |= {("plan.targetamendment", str(one.pk)): one.target.metric for one in changes}
    return history([
        replace(event, says=f"{event.says} · {metric}") if metric else event
        for act in told.acts_on(shown)[:LATEST]
        for event, metric in [(event_of(act), metrics.get((act.subject_type, act.subject_id)))]
    ])  # fmt: skip


def _actions(request: Request, shown: Plan) -> list[Action]:
    verbs: Offers = {
        DRAFT: (
            (
                "target_confirm",
                Action(_("Confirm what was found"), reverse("plan:confirm", args=[shown.pk]), primary=True),
            ),
            ("plan_correct", Action(_("Correct"), reverse("plan:plan_edit", args=[shown.pk]))),
            ("plan_drop", Action(_("Drop"), reverse("plan:plan_drop", args=[shown.pk]), danger=True)),
        ),
        IN_FORCE: (
            (
                "snapshot_take",
                Action(_("Freeze a snapshot"), reverse("plan:snapshot_take", args=[shown.pk]), primary=True),
            ),
            ("target_confirm", Action(_("Text and targets"), reverse("plan:confirm", args=[shown.pk]))),
            ("plan_task_add", Action(_("Add a task"), reverse("plan:task_add", args=[shown.pk]))),
            ("plan_end", Action(_("End the plan"), reverse("plan:plan_end", args=[shown.pk]), danger=True)),
        ),
    }
    return offered(request.actor, verbs, shown.state, shown.region_id)


@login_required
def plan_edit(request: Request, pk: int) -> HttpResponse:
    """Title, issuer and term."""
    shown = visible(request, pk)
    permit(request.actor, "plan_correct", region_id=shown.region_id)
    refuse_unless_draft(shown)
    form = PlanForm(shown, *given(request)[:1])

    def correct() -> str:
        services.plan_correct(actor=request.actor, plan=shown, **form.cleaned_data)
        return reverse("plan:confirm", args=[pk])

    return form_page(
        request,
        form,
        correct,
        title=_("Correct the particulars of a plan"),
        verb=_("Save"),
        back=reverse("plan:plan", args=[pk]),
        crumbs=[Crumb(shown.title, reverse("plan:plan", args=[pk]))],
    )
