"""Tasks of plans: the list, one of them, reports with evidence."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, ObjectPage
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted, permit
from hengliang.platform.core.selectors import attachments_of
from hengliang.platform.plan import services
from hengliang.platform.plan.forms.tasks import ReportForm, TaskForm
from hengliang.platform.plan.models import Clause, Plan, PlanTask
from hengliang.platform.plan.selectors.authors import authors_of
from hengliang.platform.plan.selectors.plans import task_list as tasks_of
from hengliang.platform.plan.tables import TaskTable

ACTS = {
    "close": (services.plan_task_close, "plan_task_close"),
    "reopen": (services.plan_task_reopen, "plan_task_reopen"),
    "drop": (services.plan_task_drop, "plan_task_drop"),
}


@login_required
def task_list(request: Request) -> HttpResponseBase:
    """The tasks of the plans that one sees."""
    return TaskTable().respond(request, tasks_of(request.actor))


def _visible(request: Request, pk: int) -> PlanTask:
    return get_object_or_404(tasks_of(request.actor), pk=pk)


@login_required
def task(request: Request, pk: int) -> HttpResponseBase:
    """One task: what, who, by when, and what was reported."""
    shown = _visible(request, pk)
    back = reverse("plan:plan", args=[shown.plan_id]) + "?tab=records"
    page = ObjectPage(
        kind=_("Task"),
        name=shown.title,
        state=f"plan_task.{shown.state}",
        crumbs=[Crumb(_("Plans and targets"), reverse("plan:plan_list")), Crumb(shown.plan.title, back)],
        actions=_actions(request, shown),
        overview=lambda _r: _overview(request, shown),
        history=lambda _r: history_tab(shown),
    )
    return page.respond(request)


def _overview(request: Request, shown: PlanTask) -> SafeString:
    told = list(shown.reports.select_related("act").order_by("-on", "-pk"))
    authors = authors_of(told)
    reports = [(one, attachments_of(one), authors[one.pk]) for one in told]
    clause = Clause.objects.filter(pk=shown.clause_id or 0).first()
    context = {"task": shown, "clause": clause, "reports": reports}
    return SafeString(render_to_string("plan/task.html", context, request))


def _actions(request: Request, shown: PlanTask) -> list[Action]:
    region = shown.plan.region_id
    found = []
    if shown.state == "open":
        units = [unit.organisation_id for unit in shown.units.all()]
        may = is_permitted(request.actor, "progress_report", organisations=units, region_id=region)
        if may and shown.plan.state == "in_force":
            found.append(Action(_("Report progress"), reverse("plan:progress_report", args=[shown.pk]), primary=True))
    words = {"close": _("Close"), "reopen": _("Open again"), "drop": _("Drop")}
    if shown.state != "dropped" and is_permitted(request.actor, "plan_task_correct", region_id=region):
        found.append(Action(_("Correct"), reverse("plan:task_edit", args=[shown.pk])))
        names = ("reopen",) if shown.state == "done" else ("close", "drop")
        found += [
            Action(words[one], reverse("plan:task_act", args=[shown.pk, one]), danger=one == "drop") for one in names
        ]
    return found


@login_required
def report(request: Request, pk: int) -> HttpResponse:
    """A unit reports what it did."""
    shown = _visible(request, pk)
    units = [unit.organisation_id for unit in shown.units.all()]
    permit(request.actor, "progress_report", organisations=units, region_id=shown.plan.region_id)
    form = ReportForm(shown, *(given(request) or (None, None)), initial={"on": request.actor.today})

    def reported() -> str:
        told = dict(form.cleaned_data)
        services.progress_report(actor=request.actor, task=shown, files=told.pop("attached"), **told)
        return reverse("plan:task", args=[pk])

    return form_page(
        request,
        form,
        reported,
        title=_("Report progress"),
        verb=_("Report"),
        lead=shown.title,
        back=reverse("plan:task", args=[pk]),
        done=_("The report stands beside the task. It moves no figure."),
    )


@login_required
def task_add(request: Request, pk: int) -> HttpResponse:
    """A task that the clauses name no unit for, or that was missed."""
    plan = get_object_or_404(Plan.objects.visible_to(request.actor), pk=pk)
    permit(request.actor, "plan_task_add", region_id=plan.region_id)
    form = TaskForm(plan, None, *given(request)[:1])

    def added() -> str:
        told = form.cleaned_data
        made = services.plan_task_add(
            actor=request.actor,
            plan=plan,
            title=told["title"],
            units=form.names(),
            starts_on=told["starts_on"],
            due_on=told["due_on"],
            clause=Clause.objects.filter(plan=plan, pk=told["clause"] or 0).first(),
        )
        return reverse("plan:task", args=[made.pk])

    return form_page(
        request,
        form,
        added,
        title=_("Add a task"),
        verb=_("Add"),
        back=reverse("plan:plan", args=[pk]),
        lead=plan.title,
    )


@login_required
def task_edit(request: Request, pk: int) -> HttpResponse:
    """Title, days and units as they should be."""
    shown = _visible(request, pk)
    permit(request.actor, "plan_task_correct", region_id=shown.plan.region_id)
    form = TaskForm(Plan.objects.get(pk=shown.plan_id), shown, *given(request)[:1])

    def corrected() -> str:
        told = form.cleaned_data
        services.plan_task_correct(
            actor=request.actor,
            task=shown,
            title=told["title"],
            units=form.units_told(),
            starts_on=told["starts_on"],
            due_on=told["due_on"],
        )
        return reverse("plan:task", args=[pk])

    return form_page(
        request, form, corrected, title=_("Correct a task"), verb=_("Save"), back=reverse("plan:task", args=[pk])
    )


@login_required
def act(request: Request, pk: int, act: str) -> HttpResponse:
    """Close, open again or drop a task, with the reason."""
    if act not in ACTS:
        raise Http404
    shown, (do, kind) = _visible(request, pk), ACTS[act]
    permit(request.actor, kind, region_id=shown.plan.region_id)
    words = {"close": _("Close"), "reopen": _("Open again"), "drop": _("Drop")}[act]
    page = Confirmation(
        title=f"{words}: {shown.title}",
        verb=words,
        back=reverse("plan:task", args=[pk]),
        affected=1,
        danger=act == "drop",
        consequences=[_("It stays in the history with your reason.")],
    )
    if page.confirmed(request):
        do(actor=request.actor, task=shown, reason=page.reason)
        messages.success(request, _("Done."))
        return redirect("plan:task", pk)
    return page.respond(request)
