"""What desks count: the entries of today by region, item and body, and how they stand. Exact, and fast at a million."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Count, ExpressionWrapper, Min, Q, Value, When
from django.db.models.functions import TruncMonth

from hengliang.platform.core.rights import BODY_ROLES, HOLDER_ROLES, REGIONAL, Actor, Role
from hengliang.platform.registry.models import InstrumentState
from hengliang.platform.registry.selectors.due import WARNING_DAYS
from hengliang.platform.registry.selectors.wave import due_wave
from hengliang.platform.registry.states import FILED, IN_USE
from hengliang.platform.registry.tally import statement

# Failed before overdue: a failed instrument has no proof to be late with.
STANDINGS = ("filed", "failed", "overdue", "soon", "later", "out")


@dataclass(frozen=True)
class Standing:
    """So many instruments that agree in region, item, body, result, tested this year, and standing; the earliest
    day due among them, where the standing has one."""

    region_id: int
    item_id: int
    body_id: int | None
    tested: bool
    result: str
    standing: str
    count: int
    oldest: date | None


def standings(actor: Actor) -> tuple[Standing, ...]:
    """The instruments (without their parts) that the actor may see, counted as they stand today.

    `out` can't fall due: out of use, gone, or not under mandatory verification. Regional roles and bodies are
    answered from the tally; holders, who see few, from the ledger itself. Both give the same.
    """
    return _counted(actor) if actor.has(*HOLDER_ROLES) else _tallied(actor)


def _tallied(actor: Actor) -> tuple[Standing, ...]:
    today = actor.today
    told = {
        "today": today,
        "until": today + timedelta(days=WARNING_DAYS),
        "year": today.year,
        "everywhere": actor.has(Role.ADMINISTRATOR),
        "regions": list(actor.regions(REGIONAL)),
        "bodies": list(actor.organisations(BODY_ROLES)),
    }
    due = {row[:6]: (row[6], row[7]) for row in _rows("days", told)}
    found = []
    for *key, standing, count in _rows("every", told):
        if standing == "later":
            near = {name: due[(*key, name)] for name in ("overdue", "soon") if (*key, name) in due}
            found += [Standing(*key, name, *pair) for name, pair in near.items()]  # type: ignore[call-arg]
            count -= sum(pair[0] for pair in near.values())
        if count:
            found.append(Standing(*key, standing, count, due.get((*key, standing), (0, None))[1]))  # type: ignore[call-arg]
    return tuple(found)


@dataclass(frozen=True)
class MonthDue:
    """How many fall due in a month, on site or sent in."""

    month: date
    on_site: bool
    count: int


def due_months(actor: Actor, months: int = 12) -> tuple[MonthDue, ...]:
    """What falls due from today on, by month."""
    first = actor.today.replace(day=1)
    until = (first + timedelta(days=31 * months)).replace(day=1)
    if not actor.has(*HOLDER_ROLES):
        found = Counter[tuple[date, bool]]()
        for due in due_wave(actor, until - timedelta(days=1)):
            if due.month is not None:
                found[due.month, due.on_site] += due.count
        return tuple(MonthDue(*key, count) for key, count in sorted(found.items()))
    rows = InstrumentState.objects.visible_to(actor).current().whole().under_control()
    groups = (
        rows.filter(due_on__gte=actor.today, due_on__lt=until)
        .annotate(month=TruncMonth("due_on"))
        .order_by("month", "on_site")
        .values_list("month", "on_site")
        .annotate(Count("pk"))
    )
    return tuple(MonthDue(*row) for row in groups)


def _rows(name: str, told: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(name), told)
        return list(cursor.fetchall())


def _counted(actor: Actor) -> tuple[Standing, ...]:
    """The same from the rows themselves."""
    today = actor.today
    standing = Case(
        When(Q(status=FILED), Value("filed")),
        When(~Q(status=IN_USE, mandatory=True), Value("out")),
        When(Q(last_result=InstrumentState.Result.FAIL), Value("failed")),
        When(due_on__lt=today, then=Value("overdue")),
        When(due_on__lte=today + timedelta(days=WARNING_DAYS), then=Value("soon")),
        default=Value("later"),
    )
    tested = ExpressionWrapper(Q(last_on__isnull=False, last_on__year=today.year), output_field=BooleanField())
    dated = Case(When(~Q(standing__in=["later", "out", "filed"]), then=Min("due_on")))
    groups = (
        InstrumentState.objects.visible_to(actor)
        .current()
        .whole()
        .order_by()
        .annotate(tested=tested, standing=standing)
        .values_list("region_id", "item_id", "body_id", "tested", "last_result", "standing")
        .annotate(Count("pk"), dated=dated)
    )
    return tuple(Standing(*row) for row in groups)
