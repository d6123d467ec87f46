"""Many instruments of one kind in one grid: which kinds wait, the grid, what is typed, and the submission."""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.objects import Crumb
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import permit
from hengliang.platform.verification.forms.work import RecordForm
from hengliang.platform.verification.grid.keep import keep
from hengliang.platform.verification.grid.sheet import Layouts, SheetColumn, SheetRow, columns_of, row_of
from hengliang.platform.verification.grid.submit import Handed, hand_in
from hengliang.platform.verification.grid.told import examined, row_json, standing
from hengliang.platform.verification.grid.work import (
    MOST_ROWS,
    VERIFIERS,
    Kind,
    kind_asked,
    kinds_of,
    standards_of,
    tasks_of,
    ticked_in,
    waiting,
)
from hengliang.platform.verification.tables.work import TaskTable


def _permit(request: Request) -> None:
    permit(request.actor, "record_submit", organisations=request.actor.organisations(VERIFIERS))


@login_required
@require_GET
def grid(request: Request) -> HttpResponse:
    """The grid of one kind; without a kind in the address, the kinds that wait."""
    _permit(request)
    if "rule" in request.GET:
        kind = kind_asked(request.actor, request.GET)
        return _sheet(request, kind) if kind else redirect("verification:grid")
    ticked = ticked_in(request.GET)
    kinds = kinds_of(request.actor, ticked)
    if ticked and len(kinds) == 1:
        return redirect(kinds[0][0].address())
    context = {
        "title": _("Enter many in one grid"),
        "kinds": [(kind, kind.words(request.actor.today), pieces) for kind, pieces in kinds],
        "crumbs": [Crumb(_("Verification work"), reverse("verification:task_list"))],
    }
    return render(request, "verification/grid_kinds.html", context)


@login_required
@require_POST
def grid_chosen(request: Request) -> HttpResponse:
    """Ticked tasks are opened in a grid; where they are of several kinds, one chooses."""
    _permit(request)
    rows = TaskTable().selected(request, waiting(request.actor)).values_list("pk", flat=True)
    return redirect(f"{reverse('verification:grid')}?tasks={','.join(map(str, rows[:MOST_ROWS]))}")


def _sheet(request: Request, kind: Kind) -> HttpResponse:
    form = RecordForm(standards=standards_of(kind), budgets=None, initial={"verified_on": request.actor.today})
    pieces = tasks_of(request.actor, kind).count()
    context = {
        "title": kind.title,
        "kind": kind,
        "words": kind.words(request.actor.today),
        "pieces": min(pieces, MOST_ROWS),
        "later": max(0, pieces - MOST_ROWS),
        "form": form,
        "crumbs": [
            Crumb(_("Verification work"), reverse("verification:task_list")),
            Crumb(_("Enter many in one grid"), reverse("verification:grid")),
        ],
    }
    return render(request, "verification/grid.html", context)


def _kind(request: Request) -> Kind:
    _permit(request)
    kind = kind_asked(request.actor, request.GET)
    if kind is None:
        raise InputRefused("grid_empty", "Nothing of this kind waits any more. Reload the page.")
    return kind


@login_required
@require_GET
def grid_rows(request: Request) -> JsonResponse:
    """The columns and rows of a grid, with what stands in them and what the rule says of it."""
    kind = _kind(request)
    layouts = Layouts(kind.rule.form(kind.regime))
    rows = [row_of(task) for task in tasks_of(request.actor, kind)[:MOST_ROWS]]
    columns = columns_of(rows, layouts)
    told = [_row(row, kind, layouts) for row in rows]
    return JsonResponse({"columns": [_column(one) for one in columns], "rows": told, "shapes": layouts.shapes})


def _column(one: SheetColumn) -> dict[str, Any]:
    choices = [[value, str(words)] for value, words in one.column.choices]
    return {
        "name": one.name, "section": one.section, "line": one.line, "label": str(one.column.label),
        "unit": str(one.column.unit), "kind": one.column.kind, "choices": choices,
    }  # fmt: skip


def _row(row: SheetRow, kind: Kind, layouts: Layouts) -> dict[str, Any]:
    seen = examined(kind.rule, layouts, row)
    task = row.task
    return row_json(row, seen) | {
        "code": task.instrument.printed_code,
        "about": " · ".join(filter(None, [task.instrument.serial_number, task.owner.name])),
        "url": reverse("verification:record_entry", args=[task.pk]),
        "fields": {name: text for name, text in standing(layouts, row, {}).items() if text},
    }


@login_required
@require_POST
def grid_keep(request: Request) -> JsonResponse:
    """The rows that changed are kept as drafts and judged; one that somebody else wrote meanwhile is refused."""
    kind = _kind(request)
    sent = _sent(request)
    tasks = [task for task in tasks_of(request.actor, kind) if str(task.pk) in sent]
    layouts = Layouts(kind.rule.form(kind.regime))
    kept = keep(request.actor, kind.rule, layouts, tasks, sent)
    gone = sent.keys() - {str(task.pk) for task in tasks}
    stale = [task for task, row in kept.items() if row is None]
    return JsonResponse({
        "rows": [row for row in kept.values() if row is not None],
        "shapes": layouts.shapes,
        "stale": {str(pk): _("Somebody else has saved this record meanwhile. Reload and compare.") for pk in stale}
        | {pk: _("This task is not waiting to be measured.") for pk in gone},
    })  # fmt: skip


def _sent(request: Request) -> dict[str, tuple[int, dict[str, str]]]:
    """The rows that the page sent: version and texts by task."""
    try:
        rows = json.loads(request.body)["rows"]
        sent = {
            str(task): (int(row["version"]), {str(name): str(text).strip() for name, text in row["fields"].items()})
            for task, row in rows.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as fault:
        raise InputRefused("grid_malformed", "The page sent something that is no grid. Reload it.") from fault
    if len(sent) > MOST_ROWS:
        raise InputRefused("grid_too_many", "At most %(most)s rows are kept at once.", most=MOST_ROWS)
    return sent


@login_required
@require_POST
def grid_submit(request: Request) -> JsonResponse:
    """The rows named are submitted from their drafts, each as a record of its own, with a report for each."""
    kind = _kind(request)
    form = RecordForm(request.POST, standards=standards_of(kind), budgets=None)
    if not form.is_valid():
        faults = {str(form.fields[name].label): [str(one) for one in told] for name, told in form.errors.items()}
        return JsonResponse({"faults": faults}, status=422)
    named = {int(text) for text in request.POST.getlist("task") if text.isascii() and text.isdigit()}
    rows = [row_of(task) for task in tasks_of(request.actor, kind).filter(pk__in=named)[:MOST_ROWS]]
    layouts = Layouts(kind.rule.form(kind.regime))
    around = form.cleaned_data | {"standards": list(form.cleaned_data["standards"])}
    return JsonResponse({"rows": _report(hand_in(request.actor, kind.rule, layouts, rows, around))})


def _report(handed: Sequence[Handed]) -> list[dict[str, Any]]:
    return [
        {
            "task": one.row.task.pk,
            "words": one.words,
            "record": one.record.number if one.record else "",
            "passed": one.record.passed if one.record else None,
            "url": reverse("verification:record", args=[one.record.pk]) if one.record else "",
        }
        for one in handed
    ]
