"""Fees by month, and working time planned beside actual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.forecast.capacity import A_WORKING_DAY, YEAR, planned_output
from hengliang.platform.verification.models import Fee, Round, WorkTime


@dataclass(frozen=True)
class FeeMonth:
    """A month: what was assessed, let off, is on invoices (all in CNY), and how many were free of charge."""

    month: date
    tasks: int
    assessed: Decimal
    let_off: Decimal
    invoiced: Decimal
    free: int


def months_of(actor: Actor) -> Sequence[FeeMonth]:
    """The months with fees that the actor may see, the latest first."""
    rows = (
        Fee.objects.visible_to(actor)
        .filter(standing=True)
        .annotate(month=TruncMonth("assessed_on"))
        .values("month")
        .annotate(
            tasks=Count("pk"),
            assessed=Sum("amount"),
            let_off=Sum(F("full") - F("amount")),
            invoiced=Sum("amount", filter=Q(invoice__state="invoiced"), default=Decimal(0)),
            free=Count("pk", filter=Q(basis="free")),
        )
        .order_by("-month")
    )
    return [FeeMonth(**row) for row in rows]


@dataclass(frozen=True)
class Spent:
    """An item over a year: pieces and hours entered, what a day of eight hours brought, and what the rule plans."""

    item: CatalogueItem
    pieces: int
    hours: Decimal
    travel_hours: Decimal
    kilometres: Decimal
    planned: Decimal

    @property
    def a_day(self) -> Decimal | None:
        """Pieces in eight hours, the way included; None where no hours are entered."""
        spent = self.hours + self.travel_hours
        return self.pieces * A_WORKING_DAY / spent if spent else None

    @property
    def share(self) -> Decimal | None:
        """Actual in percent of planned."""
        return 100 * self.a_day / self.planned if self.a_day is not None else None


@dataclass(frozen=True)
class RoundSpent:
    """A round: what was done on it, and what it took."""

    round: Round
    pieces: int
    hours: Decimal
    travel_hours: Decimal
    kilometres: Decimal

    @property
    def an_hour(self) -> Decimal | None:
        """Pieces in an hour, the way included."""
        spent = self.hours + self.travel_hours
        return Decimal(self.pieces) / spent if spent else None


_SUMS = {
    "sum_pieces": Sum("pieces"), "sum_hours": Sum("hours"), "sum_travel": Sum("travel_hours"),
    "sum_km": Sum("kilometres"),
}  # fmt: skip


def spent_by_round(actor: Actor, shown: Round | None = None) -> Sequence[RoundSpent]:
    """The rounds of the last year with the time entered for them, the latest first; of one round, whenever it was."""
    rows = WorkTime.objects.visible_to(actor).filter(state="entered", round__isnull=False)
    rows = rows.filter(round=shown) if shown else rows.filter(worked_on__gt=actor.today - YEAR)
    found: list[Any] = list(rows.values("round").annotate(**_SUMS).order_by("-round__starts_on", "-round"))
    rounds = Round.objects.in_bulk([row["round"] for row in found])
    return [
        RoundSpent(rounds[row["round"]], row["sum_pieces"], row["sum_hours"], row["sum_travel"], row["sum_km"])
        for row in found
    ]


def spent_by_item(actor: Actor) -> Sequence[Spent]:
    """The last year by item, most hours first."""
    sums: Any = (
        WorkTime.objects.visible_to(actor)
        .filter(state="entered", worked_on__gt=actor.today - YEAR)
        .values("item")
        .annotate(**_SUMS)
    )
    rows = list(sums.order_by("-sum_hours"))
    items = CatalogueItem.objects.select_related("parent").in_bulk([row["item"] for row in rows])
    return [
        Spent(
            items[row["item"]], row["sum_pieces"], row["sum_hours"], row["sum_travel"], row["sum_km"],
            planned_output(items[row["item"]], actor.today),
        )
        for row in rows
    ]  # fmt: skip
