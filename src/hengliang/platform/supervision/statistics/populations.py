"""What is counted: for each population its rows in a scope and period, and how they are grouped, summed and shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.states import IN_USE
from hengliang.platform.supervision.statistics.form import Column
from hengliang.platform.supervision.statistics.scope import Period, Scope
from hengliang.platform.verification.models import Fee, Record, Task, WorkTime

BY = ("item", "region", "body")
GONE = ("withdrawn", "replaced")


@dataclass(frozen=True)
class Population:
    """One population.

    rows : of a scope and a period
    paths : from a row to the keys of its item, region and body
    job : the path to the kind of job, empty where there is none
    measures : what can be taken of it
    line : one row as the list behind a figure shows it
    """

    rows: Callable[[Scope, Period], "QuerySet[Any]"]
    paths: Mapping[str, str]
    line: Callable[[Any], dict[str, str]]
    job: str = ""
    measures: Mapping[str, Any] = field(default_factory=lambda: {"count": Count("pk")})


def _within(rows: "QuerySet[Any]", paths: Mapping[str, str], scope: Scope) -> "QuerySet[Any]":
    if scope.regions is not None:
        rows = rows.filter(**{f"{paths['region']}__in": scope.regions})
    if scope.bodies is not None:
        rows = rows.filter(**{f"{paths['body']}__in": scope.bodies})
    return rows


_LEDGER = {"item": "item_id", "region": "region_id", "body": "body_id"}
_TASK = {"item": "instrument__item_id", "region": "region_id", "body": "body_id"}
_OF_TASK = {"item": "task__instrument__item_id", "region": "task__region_id", "body": "task__body_id"}
_PROOF = {"item": "instrument__item_id", "region": "region_id", "body": "body_id"}
_TIME = {"item": "item_id", "region": "body__region_id", "body": "body_id"}


def _due(scope: Scope, period: Period) -> "QuerySet[Any]":
    """In the ledger of the first day: in use, under mandatory verification, due within the period."""
    rows = InstrumentState.objects.on(period.start).whole().filter(status=IN_USE, mandatory=True)
    return _within(rows.filter(due_on__range=(period.start, period.end)), _LEDGER, scope).select_related("instrument")


def ledger(scope: Scope, period: Period) -> "QuerySet[Any]":
    """What the ledger of the first day has at all."""
    return _within(InstrumentState.objects.on(period.start).whole(), _LEDGER, scope)


def _applied(scope: Scope, period: Period) -> "QuerySet[Any]":
    first, after = period.moments
    rows = Task.objects.filter(application__applied_at__gte=first, application__applied_at__lt=after)
    return _within(rows, _TASK, scope).select_related("instrument", "application")


def _tested(scope: Scope, period: Period) -> "QuerySet[Any]":
    rows = Record.objects.filter(state="approved", verified_on__range=(period.start, period.end))
    return _within(rows, _OF_TASK, scope).select_related("task__instrument")


def _proofs(scope: Scope, period: Period) -> "QuerySet[Any]":
    rows = Certificate.objects.filter(issued_on__range=(period.start, period.end)).exclude(state__in=GONE)
    return _within(rows, _PROOF, scope).select_related("instrument")


def _fees(scope: Scope, period: Period) -> "QuerySet[Any]":
    rows = Fee.objects.filter(standing=True, assessed_on__range=(period.start, period.end))
    return _within(rows, _OF_TASK, scope).select_related("task__instrument")


def _times(scope: Scope, period: Period) -> "QuerySet[Any]":
    rows = WorkTime.objects.filter(state="entered", worked_on__range=(period.start, period.end))
    return _within(rows, _TIME, scope).select_related("person", "item")


def _line(instrument: Any, day: Any, url: str, at: str = "") -> dict[str, str]:
    return {
        "what": instrument.name, "code": instrument.printed_code, "day": day.isoformat() if day else "", "at": at,
        "url": url,
    }  # fmt: skip


def _ledger_line(row: InstrumentState) -> dict[str, str]:
    return _line(row.instrument, row.due_on, reverse("registry:instrument", args=[row.instrument.code]))


def _task_line(row: Task) -> dict[str, str]:
    applied = row.application
    day = timezone.localdate(applied.applied_at) if applied else None
    return _line(row.instrument, day, reverse("verification:task", args=[row.pk]), applied.number if applied else "")


def _record_line(row: Record) -> dict[str, str]:
    return _line(row.task.instrument, row.verified_on, reverse("verification:record", args=[row.pk]), row.number)


def _proof_line(row: Certificate) -> dict[str, str]:
    return _line(row.instrument, row.issued_on, reverse("certificates:certificate", args=[row.pk]), row.number)


def _fee_line(row: Fee) -> dict[str, str]:
    url = reverse("verification:fee", args=[row.pk])
    return _line(row.task.instrument, row.assessed_on, url, f"{row.amount:.2f}")


def _time_line(row: WorkTime) -> dict[str, str]:
    return {
        "what": row.item.name, "code": row.person.name, "day": row.worked_on.isoformat(),
        "at": f"{row.hours} + {row.travel_hours} h", "url": reverse("verification:worktime", args=[row.pk]),
    }  # fmt: skip


POPULATIONS: Mapping[str, Population] = {
    "due": Population(_due, _LEDGER, _ledger_line),
    "applied": Population(_applied, _TASK, _task_line, "job"),
    "tested": Population(
        _tested, _OF_TASK, _record_line, "job",
        {"count": Count("pk"), "persons": Count("verifier", distinct=True)},
    ),
    "certificates": Population(lambda s, p: _proofs(s, p).exclude(kind="notice"), _PROOF, _proof_line, "job"),
    "notices": Population(lambda s, p: _proofs(s, p).filter(kind="notice"), _PROOF, _proof_line, "job"),
    "fees": Population(
        _fees, _OF_TASK, _fee_line, "task__job",
        {"count": Count("pk"), "amount": Sum("amount"), "let_off": Sum(F("full") - F("amount"))},
    ),
    "free": Population(lambda s, p: _fees(s, p).filter(basis="free"), _OF_TASK, _fee_line, "task__job"),
    "worktime": Population(
        _times, _TIME, _time_line, "",
        {"count": Count("pk"), "hours": Sum("hours"), "travel": Sum("travel_hours"), "kilometres": Sum("kilometres")},
    ),
}  # fmt: skip


def rows_of(column: Column, scope: Scope, period: Period) -> "QuerySet[Any]":
    """The rows of a column, under its conditions."""
    population = POPULATIONS[column.population]
    rows = population.rows(scope, period)
    if column.job and population.job:
        rows = rows.filter(**{population.job: column.job})
    if column.verdict:
        rows = rows.filter(passed=column.verdict == "pass")
    return rows
