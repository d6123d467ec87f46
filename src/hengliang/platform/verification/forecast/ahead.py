"""The year ahead by month and by item: what is wanted, what can be done, and where it does not fit."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hengliang.platform.core.rights import BODY_ROLES, Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.standards.selectors import ancestors
from hengliang.platform.verification.forecast.capacity import Output, People, Standards, outputs, working_days_in
from hengliang.platform.verification.forecast.demand import Demand, demands, months_ahead


@dataclass(frozen=True)
class MonthAhead:
    """A month: verifications wanted (overdue and coming round again among them), verifier-days asked and there."""

    month: date
    wanted: int
    overdue: int
    again: int
    asked: Decimal
    there: int

    @property
    def load(self) -> Decimal | None:
        """The verifier-days asked for, in percent of those there; None where there are none."""
        return 100 * self.asked / self.there if self.there else None


@dataclass(frozen=True)
class ItemAhead:
    """An item: verifications by month, who may do them, and in how many months no standard for it is in order."""

    item: CatalogueItem
    months: Sequence[int]
    output: Output
    people: int
    standards: int
    without: Sequence[date]

    @property
    def wanted(self) -> int:
        """All of the year ahead."""
        return sum(self.months)


@dataclass(frozen=True)
class Ahead:
    """The year ahead as an actor sees it."""

    months: Sequence[MonthAhead]
    items: Sequence[ItemAhead]


def look_ahead(actor: Actor, *, region_ids: Collection[int] | None = None) -> Ahead:
    """The year ahead: of a body its own work, of an authority that of its regions, or of some of them."""
    wanted = [one for one in demands(actor) if region_ids is None or one.due.region_id in region_ids]
    bodies = _bodies(actor, wanted)
    items = list(CatalogueItem.objects.filter(pk__in={one.due.item_id for one in wanted}))
    output = outputs(items, bodies, actor.today)
    people = People.of(bodies)
    return Ahead(
        _months(wanted, output, people, actor.today),
        _items(items, wanted, output, people, Standards.of(bodies), actor.today),
    )


def _bodies(actor: Actor, wanted: Iterable[Demand]) -> frozenset[int]:
    if own := actor.organisations(BODY_ROLES):
        return frozenset(own)
    seated = Organisation.objects.filter(is_verification_body=True, region__in=actor.regions())
    return frozenset(seated.values_list("pk", flat=True)) | {one.due.body_id for one in wanted if one.due.body_id}


def _months(
    wanted: Sequence[Demand], output: Mapping[int, Output], people: People, today: date
) -> Sequence[MonthAhead]:
    by_month = defaultdict(list)
    for one in wanted:
        by_month[one.month].append(one)
    return [
        MonthAhead(
            month,
            sum(one.due.count for one in found),
            sum(one.due.count for one in found if one.overdue and not one.again),
            sum(one.due.count for one in found if one.again),
            sum((one.due.count / output[one.due.item_id].a_day for one in found), Decimal(0)),
            len(people.on(max(month, today))) * working_days_in(month, today),
        )
        for month in months_ahead(today)
        for found in [by_month[month]]
    ]


def _items(
    items: Sequence[CatalogueItem],
    wanted: Sequence[Demand],
    output: Mapping[int, Output],
    people: People,
    standards: Standards,
    today: date,
) -> Sequence[ItemAhead]:
    months = months_ahead(today)
    count: dict[tuple[int, date], int] = defaultdict(int)
    for one in wanted:
        count[one.due.item_id, one.month] += one.due.count
    lines = []
    for item in items:
        family = ancestors(item)
        line = [count[item.pk, month] for month in months]
        without = [
            month
            for month, pieces in zip(months, line, strict=True)
            if pieces and not standards.in_order(max(month, today), family)
        ]
        lines.append(
            ItemAhead(
                item, line, output[item.pk], len(people.on(today, family)), standards.in_order(today, family), without
            )
        )
    return sorted(lines, key=lambda line: -line.wanted)
