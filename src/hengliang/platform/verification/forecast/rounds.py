"""Rounds that would meet what falls due on site in the coming quarter: one for each township and month."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from hengliang.norms.calendar import Calendar, working_day_add
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.verification.forecast.capacity import outputs
from hengliang.platform.verification.forecast.demand import Demand, demands, months_ahead

QUARTER = 3
VERIFIERS = 2  # a round is done by two


@dataclass(frozen=True)
class ProposedRound:
    """A month in a region: so many pieces on site, of these items, in so many working days of two verifiers."""

    month: date
    region_id: int
    pieces: int
    overdue: int
    items: Sequence[str]
    days: int
    starts_on: date
    ends_on: date


def proposed_rounds(actor: Actor) -> Sequence[ProposedRound]:
    """The rounds of this month and the two that follow, most pieces first within a month."""
    quarter = months_ahead(actor.today, QUARTER)
    wanted = [one for one in demands(actor) if one.due.on_site and one.month in quarter]
    items = {item.pk: item for item in CatalogueItem.objects.filter(pk__in={one.due.item_id for one in wanted})}
    output = outputs(items.values(), {one.due.body_id for one in wanted if one.due.body_id}, actor.today)
    places = defaultdict(list)
    for one in wanted:
        places[one.month, one.due.region_id].append(one)
    calendar = Calendar.of(rules()["calendar/china"])
    rounds = []
    for (month, region), found in places.items():
        asked = sum((one.due.count / output[one.due.item_id].a_day for one in found), Decimal(0))
        days = int((asked / VERIFIERS).to_integral_value(ROUND_CEILING))
        starts_on = working_day_add(calendar, max(month, actor.today), 0).day
        ends_on = working_day_add(calendar, starts_on, max(days, 1) - 1).day
        rounds.append(
            ProposedRound(month, region, _sum(found), _late(found), _names(found, items), days, starts_on, ends_on)
        )
    return sorted(rounds, key=lambda one: (one.month, -one.pieces))


def _sum(found: Sequence[Demand]) -> int:
    return sum(one.due.count for one in found)


def _late(found: Sequence[Demand]) -> int:
    return sum(one.due.count for one in found if one.overdue and not one.again)


def _names(found: Sequence[Demand], items: dict[int, CatalogueItem]) -> Sequence[str]:
    return sorted({items[one.due.item_id].spoken for one in found})
