"""Live figures for programs, and the rows behind each."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404
from ninja import Field, Query, Router, Schema

from hengliang.norms.indicators import Indicator
from hengliang.platform.core.errors import NotPermitted
from hengliang.platform.core.interface import Day, Key, Listed, Part, listed
from hengliang.platform.core.requests import Request
from hengliang.platform.plan.api.figure_rows import FigureRowOut, row_of
from hengliang.platform.plan.engine import (
    Figure,
    Scope,
    compute,
    excluded_of,
    indicators,
    main_selection,
    rows_behind,
)
from hengliang.platform.plan.selectors.figure_reach import figure_reach
from hengliang.platform.plan.selectors.figure_rows import named

router = Router(tags=["plan"])


class Question(Schema):
    """Region (default: all of one's own), day (default: today), moment of knowledge (default: now).

    `begins` is the first day for what is counted as new: that of a plan; by default 1 January of the year.
    """

    region_id: Key | None = None
    on: Day | None = None
    begins: Day | None = Field(None, examples=[None])
    known_at: datetime | None = Field(None, examples=["2026-03-02T08:00:00+08:00"])


class ExcludedOut(Schema):
    """Rows left out of the denominator, with the reason."""

    key: str = Field(examples=["not_in_use"])
    reason: str = Field(examples=["检定到期期间未在用"])
    count: int = Field(examples=[3])


class FigureOut(Schema):
    """One indicator. `value` is null, and `absent` says why, where there is nothing to divide by."""

    name: str = Field(examples=["tested-rate"])
    title: dict[str, str] = Field(examples=[{"zh": "强制检定受检率", "en": "Share tested"}])
    definition: dict[str, str] = Field(examples=[{"zh": "…", "en": "…"}])
    on: date = Field(examples=["2026-03-02"])
    known_at: datetime | None = Field(examples=[None])
    numerator: int | None = Field(examples=[980])
    denominator: int | None = Field(examples=[1000])
    value: Decimal | None = Field(examples=["98.00"])
    unit: str = Field(examples=["%"])
    absent: str = Field(examples=[""])
    demo_denominator: bool = Field(examples=[False])
    provenance: dict[str, Any] = Field(examples=[{}])


class FigureDetail(FigureOut):
    """A figure with what was left out."""

    excluded: list[ExcludedOut]


@router.get("/figures", response=list[FigureOut])
def figure_list(request: Request, asked: Query[Question]) -> list[dict[str, Any]]:
    """Every figure in force on the day."""
    scope = _scope(request, asked)
    reach = figure_reach(request.actor) or ()
    return [_told(name, compute(one, scope)) for name, one in indicators(scope.on).items() if name in reach]


@router.get("/figures/{name}", response=FigureDetail)
def figure(request: Request, name: str, asked: Query[Question]) -> dict[str, Any]:
    """One figure, with the rows left out and why."""
    scope = _scope(request, asked)
    found = _asked(request, name, scope)
    left_out = [{"key": key, "reason": str(says), "count": count} for key, says, count in excluded_of(found, scope)]
    return _told(name, compute(found, scope)) | {"excluded": left_out}


@router.get("/figures/{name}/rows/{part}", response=Listed[FigureRowOut], summary="The rows behind a figure")
def figure_rows(request: Request, name: str, part: str, asked: Query[Question], within: Part) -> dict[str, Any]:
    """The rows of one part: `numerator`, `denominator`, `missing` (of the denominator, not in the numerator), or the
    `key` of a reason for which rows are left out."""
    scope = _scope(request, asked)
    found = _asked(request, name, scope)
    rows: Any = rows_behind(found, scope, part)
    kind = main_selection(found).counts
    told = listed(named(rows, scope) if kind == "instruments" else rows, within)
    return told | {"items": [row_of(kind, one) for one in told["items"]]}


def _asked(request: Request, name: str, scope: Scope) -> Indicator:
    found = indicators(scope.on).get(name)
    if found is None or name not in (figure_reach(request.actor) or ()):
        raise Http404
    return found


def _scope(request: Request, asked: Question) -> Scope:
    actor = request.actor
    reach = figure_reach(actor)
    if reach is None:
        raise NotPermitted("not_permitted_figures", "Figures of a region are for roles over that region.")
    limit = reach.regions
    if asked.region_id is not None and limit is not None and asked.region_id not in limit:
        raise Http404
    return Scope(asked.on or actor.today, asked.region_id, asked.known_at, limit, asked.begins)


def _told(name: str, shown: Figure) -> dict[str, Any]:
    return {
        "name": name,
        "title": dict(shown.indicator.title),
        "definition": dict(shown.indicator.definition),
        "unit": shown.indicator.unit,
        **{
            key: getattr(shown, key)
            for key in (
                "on", "known_at", "numerator", "denominator", "value", "absent", "demo_denominator", "provenance",
            )
        },
    }  # fmt: skip
