"""Why an instrument is overdue: for a whole list in its one query.

Asked of the entries of today, as of a day: the day due itself is no delay; an application of that day is in time.
The body's term runs in working days (`Task.promised_on`), from the application until the body accepts it, then from
there. What counts is an open task that will set the date of the ledger; a calibration of the instrument does not.
Where a round came and found nobody, was refused or did not find the instrument (`TaskNote`), it is neither the body's
delay nor a missing application, until something is measured.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.looks import Look
from hengliang.platform.registry.models import InstrumentStateQuerySet
from hengliang.platform.registry.states import RETURNED
from hengliang.platform.standards.designations import has_capability
from hengliang.platform.verification.jobs import job_kinds
from hengliang.platform.verification.models import Task
from hengliang.platform.verification.states import OPEN_TASKS

NOT_FILED, NOT_APPLIED, APPLIED_LATE = "not_filed", "not_applied", "applied_late"
IN_WORK, BODY_LATE, UNPLACED, NO_CAPABILITY = "in_work", "body_late", "unplaced", "no_capability"
CAME_IN_VAIN = "came_in_vain"

DELAYS = {
    NOT_FILED: Look(_("Filing returned, not filed again"), "bad"),
    NOT_APPLIED: Look(_("Not applied for"), "bad"),
    APPLIED_LATE: Look(_("Applied for after the day due"), "warning"),
    IN_WORK: Look(_("Applied for in time, in work"), "pending"),
    BODY_LATE: Look(_("Applied for in time, the body is late"), "warning"),
    CAME_IN_VAIN: Look(_("The body came and could not verify"), "open"),
    UNPLACED: Look(_("With the authority, no body yet"), "warning"),
    NO_CAPABILITY: Look(_("Nobody can verify it there"), "open"),
}
# Whose it is to act: only the user of the first two is reminded or ordered.
OF_USER = (NOT_FILED, NOT_APPLIED)
OF_BODY = (IN_WORK, BODY_LATE)
OF_AUTHORITY = (UNPLACED, NO_CAPABILITY)
# What only an entry with an open task can be.
OF_TASK = frozenset({CAME_IN_VAIN, UNPLACED, BODY_LATE, IN_WORK, APPLIED_LATE})
# A task of which nothing was measured yet.
UNMEASURED = ("applied", "waiting")


def with_delay(rows: InstrumentStateQuerySet, on: date) -> InstrumentStateQuerySet:
    """The entries with `delay`: why each that is overdue on that day is so; null for the others."""
    timely = When(Q(due_on__isnull=True) | Q(due_on__gte=on) | Q(mandatory=False), then=Value(None))
    return rows.annotate(delay=_reason(on, _in_work(_open_tasks(on), on), timely))


def _reason(on: date, in_work: Case | Value, *before: When) -> Case:
    """Why an overdue entry is so; `in_work` is what is said of those with an open task."""
    return Case(
        *before,
        When(status=RETURNED, then=Value(NOT_FILED)),
        # The set of those in work is made once; only its members are looked up further.
        When(instrument__in=_open_tasks(on).values("instrument"), then=in_work),
        When(has_capability(on), then=Value(NOT_APPLIED)),
        default=Value(NO_CAPABILITY),
        output_field=CharField(null=True),
    )


def delayed(rows: InstrumentStateQuerySet, reasons: Iterable[str], on: date) -> InstrumentStateQuerySet:
    """The entries with their `delay` that are overdue for one of the reasons; the rest of the ledger is not asked.

    Open tasks are few beside what is overdue: where only they can have the reasons, the list begins with them. Where
    none of them can, nothing is asked about the work on them.
    """
    overdue = rows.filter(due_on__lt=on, mandatory=True)
    asked = set(reasons)
    if asked.isdisjoint(OF_TASK):
        return overdue.alias(_idle=_reason(on, Value(None))).filter(_idle__in=asked).by_keys()
    if asked <= OF_TASK:
        overdue = overdue.filter(instrument__in=_open_tasks(on).values("instrument"))
    return overdue.filter(delay__in=asked).by_keys()  # type: ignore[misc]  # `delay` is annotated


def _open_tasks(on: date) -> "QuerySet[Task]":
    """The open tasks that will set the date of the ledger."""
    counting = [code for code, kind in job_kinds(on).items() if kind.enters_ledger]
    return Task.objects.filter(state__in=OPEN_TASKS, job__in=counting)


def _in_work(tasks: "QuerySet[Task]", on: date) -> Case:
    """How it stands with an overdue instrument that has an open task."""
    of_it = tasks.filter(instrument=OuterRef("instrument"))
    in_time = of_it.filter(application__applied_at__date__lte=OuterRef("due_on"))
    return Case(
        When(Exists(of_it.filter(body=None)), then=Value(UNPLACED)),
        When(Exists(of_it.filter(state__in=UNMEASURED, notes__on__lte=on)), then=Value(CAME_IN_VAIN)),
        When(Exists(in_time.filter(promised_on__lt=on)), then=Value(BODY_LATE)),
        When(Exists(in_time), then=Value(IN_WORK)),
        default=Value(APPLIED_LATE),
    )


def delay_counts(rows: InstrumentStateQuerySet) -> dict[str, int]:
    """How many entries that have their `delay` are overdue for which reason, in one query."""
    found: Any = rows.order_by().values_list("delay").annotate(n=Count("pk"))  # type: ignore[misc]
    return {code: count for code, count in found if code}
