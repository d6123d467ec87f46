"""The public page of a plan, and the same as data. No login; counts only, never a person or an owner."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from hengliang.platform.core.pages.table.export import escape_formula
from hengliang.platform.core.requests import Request
from hengliang.platform.core.selectors import region_list
from hengliang.platform.plan.engine import Figure, latest
from hengliang.platform.plan.goal_data import data_of
from hengliang.platform.plan.models import Plan, PlanTarget, Snapshot, SnapshotFigure
from hengliang.platform.plan.selectors.amendments import changes_since
from hengliang.platform.plan.selectors.frozen import demanded
from hengliang.platform.plan.selectors.plans import last_snapshot
from hengliang.platform.plan.selectors.progress import Swept, confirmed_of, days_of, progress_of, swept
from hengliang.platform.plan.selectors.snapshots import differs
from hengliang.platform.plan.views.shown import Row, progress_rows
from hengliang.platform.plan.words import definition_of

MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class PublicRow(Row):
    """A target with its definition, its months and its districts."""

    definition: str
    months: list[tuple[Any, Any]]
    districts: list[tuple[str, int | None]]


def _open(pk: int) -> Plan:
    return get_object_or_404(Plan.objects.open(), pk=pk)


@require_safe
def public_plan(request: Request, pk: int) -> HttpResponse:
    """Where a plan stands today."""
    plan, on = _open(pk), request.actor.today
    targets, snapshot = confirmed_of(plan), last_snapshot(plan)
    regions = {row.region_id: row for row in region_list(on)}
    names = {one: row.name for one, row in regions.items() if row.parent_id == plan.region_id}
    months = [day for day in latest(on, MONTHS) if day >= plan.starts_on] or [on]
    then = demanded(snapshot) if snapshot else []
    days = {*months, *(day for one in targets for day in days_of(one, plan, on))}
    days |= {days_of(target, plan, snapshot.on)[0] for _row, target in then if snapshot}
    figures = swept(plan, [*targets, *(target for _row, target in then)], days, None, names)
    told = progress_rows(progress_of(plan, on, None, targets, figures))
    rows = [_more(one, figures.get(one.target.indicator, {}), plan, names, months) for one in told]
    context = {
        "title": plan.title, "plan": plan, "on": on, "rows": rows, "snapshot": snapshot,
        "where": regions[plan.region_id].name if plan.region_id in regions else "",
        "tally": sorted(Counter(row.state for one in told for row in (one, *one.milestones)).items()),
        "changes": changes_since(plan, snapshot),
        "moved": _moved(plan, snapshot, then, figures) if snapshot else [],
    }  # fmt: skip
    answer = render(request, "plan/public.html", context)
    patch_cache_control(answer, public=True, max_age=60)
    return answer


def _more(
    one: Row, figures: Mapping[int, Mapping[date, Figure]], plan: Plan, names: Mapping[int, str], months: list[date]
) -> PublicRow:
    told = {field.name: getattr(one, field.name) for field in fields(Row)}
    indicator, own = one.progress.indicator, figures.get(plan.region_id, {})
    return PublicRow(
        **told, definition=definition_of(indicator) if indicator else "",
        months=[(day, own[day].value) for day in months if day in own and own[day].value is not None],
        districts=[(name, figures[region][months[-1]].numerator) for region, name in names.items()
                   if region in figures],
    )  # fmt: skip


def _moved(
    plan: Plan, snapshot: Snapshot, then: list[tuple[SnapshotFigure, PlanTarget]], figures: Swept
) -> list[dict[str, Any]]:
    """What the day of the snapshot looks like with what is known now, where that differs."""
    found = []
    for row, target in then:
        day = days_of(target, plan, snapshot.on)[0]
        now = figures.get(row.indicator, {}).get(plan.region_id, {}).get(day)
        if differs(row, now):
            found.append({"metric": row.demand["metric"], "then": _plain(row.value),
                          "now": _plain(now.value if now else None)})  # fmt: skip
    return found


def _plain(value: Any) -> str:
    return "–" if value is None else f"{value.normalize():f}"


COLUMNS = (
    "metric", "text", "comparator", "goal", "goal_upper", "unit", "deadline", "mode", "firmness", "indicator",
    "definition", "on", "value", "numerator", "denominator", "absent", "waits_for", "expected", "forecast", "status",
    "final", "missing",
)  # fmt: skip


@require_safe
def public_plan_csv(request: Request, pk: int) -> HttpResponse:
    """Every target as a line."""
    plan = _open(pk)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="plan-{plan.pk}.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for one in progress_of(plan, request.actor.today):
        row = data_of(one)
        writer.writerow(["" if row[name] is None else escape_formula(str(row[name])) for name in COLUMNS])
    return answer


@require_safe
def public_plan_json(request: Request, pk: int) -> JsonResponse:
    """The plan with its targets and their definitions."""
    plan, on = _open(pk), request.actor.today
    snapshot = last_snapshot(plan)
    body = {
        "plan": {"id": plan.pk, "title": plan.title, "issuer": plan.issuer, "starts_on": plan.starts_on,
                 "ends_on": plan.ends_on},
        "on": on, "targets": [data_of(one) for one in progress_of(plan, on)],
        "last_snapshot": {"title": snapshot.title, "on": snapshot.on, "known_at": snapshot.known_at,
                          "digest": snapshot.digest} if snapshot else None,
        "changes": [{"metric": one.metric, "says": one.says, "reason": one.reason or None, "at": one.at}
                    for one in changes_since(plan, snapshot)],
    }  # fmt: skip
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})
