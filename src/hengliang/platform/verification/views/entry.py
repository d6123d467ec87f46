"""The entry of an original record: grids that keep and judge what is typed, and the submission."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hengliang.metrology.judge import Preview, preview, record_from_json
from hengliang.platform.core.errors import InputRefused, PlatformError, StaleWrite
from hengliang.platform.core.pages.grid import saved, stale
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.standards.models import BudgetVersion
from hengliang.platform.standards.selectors import standards_for
from hengliang.platform.verification.entry import Section, merged, sections_of
from hengliang.platform.verification.errors import DraftRefused
from hengliang.platform.verification.forms import RecordForm
from hengliang.platform.verification.jobs import job_kind
from hengliang.platform.verification.models import RecordDraft, Task
from hengliang.platform.verification.rules import Rule, rule_for
from hengliang.platform.verification.services import draft_save, record_submit
from hengliang.platform.verification.stated import parted
from hengliang.platform.verification.verdicts import grid_verdict


def _task(request: Request, pk: int) -> Task:
    rows = Task.objects.visible_to(request.actor).select_related("instrument__item__parent", "body", "owner")
    shown = get_object_or_404(rows, pk=pk)
    permit(request.actor, "record_submit", organisations=[shown.body_id])
    return shown


def _parts(task: Task) -> list[str]:
    return list(task.instrument.parts.order_by("part_label").values_list("part_label", flat=True))


def _data(task: Task) -> dict[str, Any]:
    draft = RecordDraft.objects.filter(task=task).first()
    data = dict(draft.data) if draft else {}
    parts = _parts(task)
    data = {**({"parts": parts} if parts else {})} | data | {"regime": task.regime}
    return data if "instrument" in data else data | {"instrument": _known(task)}


def _known(task: Task) -> dict[str, str]:
    """What the ledger knows of the instrument, so that it is not typed again."""
    known = {key: str(value) for key, value in (task.instrument.details or {}).items()}
    return known | ({"accuracy_class": task.instrument.accuracy_class} if task.instrument.accuracy_class else {})


def _sections(task: Task, rule: Rule, data: Mapping[str, Any]) -> list[Section]:
    concludes = job_kind(task.job, timezone.localdate()).concludes
    return sections_of(rule.form(task.regime), data, _parts(task), concludes=concludes)


def _budgets(request: Request, task: Task) -> "QuerySet[BudgetVersion] | None":
    """The body's budgets, for a kind of job that states uncertainties instead of a conclusion."""
    if job_kind(task.job, request.actor.today).concludes:
        return None
    rows = BudgetVersion.objects.filter(budget__organisation=task.body).select_related("budget")
    return rows.order_by("budget__name", "-number")


@login_required
def record_entry(request: Request, pk: int) -> HttpResponse:
    """The page on which a verifier types; submitted, it becomes the original record."""
    shown = _task(request, pk)
    rule = rule_for(shown.instrument.item, request.actor.today)
    data = _data(shown)
    form = RecordForm(
        request.POST or None,
        standards=standards_for(shown.placed_body, shown.instrument.item),
        budgets=_budgets(request, shown),
        initial={"verified_on": request.actor.today},
    )
    problems: list[dict[str, Any]] = []
    if request.method == "POST":
        for section in _sections(shown, rule, data):
            data = merged(data, section, _typed(section, request))
        if form.is_valid() and (made := _submit(request, shown, data, form, problems)):
            return made
    return _page(request, shown, rule, data, form, problems)


def _typed(section: Section, request: Request) -> dict[str, dict[str, str]]:
    return section.grid({}, verdict_url="", save_url="", version=0).typed(request.POST)


def _submit(
    request: Request, task: Task, data: dict[str, Any], form: RecordForm, problems: list[dict[str, Any]]
) -> HttpResponse | None:
    try:
        record = record_submit(actor=request.actor, task=task, data=data, **form.cleaned_data)
    except DraftRefused as refused:
        problems.extend(refused.problems)
        form.add_error(None, str(refused))
    except InputRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    except PlatformError as refused:
        form.add_error(None, str(refused))
    else:
        return redirect("verification:record", record.pk)
    return None


def _page(
    request: Request, task: Task, rule: Rule, data: dict[str, Any], form: RecordForm, problems: list[dict[str, Any]]
) -> HttpResponse:
    draft = RecordDraft.objects.filter(task=task).first()
    versions = draft.versions if draft else {}
    grids = [
        section.grid(
            data,
            verdict_url=reverse("verification:record_verdict", args=[task.pk, section.key]),
            save_url=reverse("verification:draft_save", args=[task.pk, section.key]),
            version=versions.get(section.key, 0),
        ).render(request)
        for section in _sections(task, rule, data)
    ]
    context = {
        "title": _("Measure %(name)s") % {"name": task.instrument.name},
        "task": task,
        "rule": rule,
        "document": rule.procedure.document,
        "form": form,
        "grids": grids,
        "problems": problems,
        "back": reverse("verification:task", args=[task.pk]),
    }
    return render(request, "verification/record_entry.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def draft_keep(request: Request, pk: int, key: str) -> JsonResponse:
    """What the grid of a section sends as one types."""
    shown = _task(request, pk)
    section = _section(request, shown, key)
    typed, version = _sent(section, request)
    base = _data(shown)
    try:
        new = draft_save(
            actor=request.actor,
            task=shown,
            section=key,
            change=lambda data: merged(base | dict(data), section, typed),
            version=version,
        )
    except StaleWrite as refused:
        return stale(str(refused))
    return saved(new)


@login_required
@require_POST
def record_verdict(request: Request, pk: int, key: str) -> JsonResponse:
    """What the rule says of a section so far: the same judge as at submission."""
    shown = _task(request, pk)
    section = _section(request, shown, key)
    typed, _version = _sent(section, request)
    rule = rule_for(shown.instrument.item, request.actor.today)
    data, _stated = parted(merged(_data(shown), section, typed))
    seen = preview(rule.procedure, record_from_json(data))
    concludes = job_kind(shown.job, request.actor.today).concludes
    return JsonResponse(grid_verdict(section, typed, seen if concludes else Preview((), seen.problems)))


def _section(request: Request, task: Task, key: str) -> Section:
    rule = rule_for(task.instrument.item, request.actor.today)
    found = {section.key: section for section in _sections(task, rule, _data(task))}
    if key not in found:
        raise InputRefused("unknown_section", "The rule has no item “%(key)s”.", key=key)
    return found[key]


def _sent(section: Section, request: Request) -> tuple[dict[str, dict[str, str]], int]:
    try:
        return section.grid({}, verdict_url="", save_url="", version=0).typed_json(request.body)
    except (ValueError, json.JSONDecodeError) as fault:
        raise InputRefused("grid_malformed", "The page sent something that is no grid. Reload it.") from fault
