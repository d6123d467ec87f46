"""A signed form beside the same form computed again: where they differ, what was signed stays."""

from dataclasses import dataclass
from typing import Any

from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.selectors import regions_under
from hengliang.platform.supervision.models import StatisticsReturn
from hengliang.platform.supervision.statistics.compute import compute
from hengliang.platform.supervision.statistics.form import FORMS, form_of
from hengliang.platform.supervision.statistics.scope import Period, Scope

MISSING = "—"


@dataclass(frozen=True)
class Difference:
    """A figure that was signed, and what the rows say today; None where it was zero, “—” where there is no source."""

    line: str
    column: str
    signed: str | None
    today: str | None


def content_today(filed: StatisticsReturn) -> dict[str, Any]:
    """The same form of the same period and scope, computed from the rows of today."""
    kind = next(kind for kind, norm in FORMS.items() if norm == filed.form)
    period = Period(filed.starts_on, filed.ends_on)
    regions = regions_under([filed.region_id], filed.ends_on) if filed.region_id else None
    scope = Scope(regions, [filed.body_id] if filed.body_id else None)
    return compute(form_of(kind, filed.ends_on), scope, period, filed.by).as_data()


def differences(filed: StatisticsReturn) -> list[Difference]:
    """Where today's rows say something else, column by column that both have."""
    signed, today = _figures(filed.content), _figures(content_today(filed))
    columns = {one["code"]: titled(one) for one in filed.content["columns"]}
    names = {line["key"]: line["name"] for line in filed.content["lines"]}
    return [
        Difference(names.get(key, key), columns[code], signed.get((key, code)), today.get((key, code)))
        for key, code in signed.keys() | today.keys()
        if code in columns and signed.get((key, code)) != today.get((key, code))
    ]


def _figures(content: dict[str, Any]) -> dict[tuple[str, str], str | None]:
    codes = [one["code"] for one in content["columns"]]
    return {
        (line["key"], code): MISSING if value is None else value
        for line in content["lines"]
        for code, value in zip(codes, line["values"], strict=True)
        if value != "0"
    }
