"""What falls due in the months ahead, and what falls due again within them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hengliang.norms import UnknownEntry
from hengliang.norms.catalogue import catalogue_of
from hengliang.norms.periods import MONTHS_A_YEAR, period_of
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.rules import rules
from hengliang.platform.registry.models import CatalogueItem
from hengliang.platform.registry.selectors import Due, due_wave


@dataclass(frozen=True)
class Demand:
    """So many verifications wanted in a month; overdue ones stand in the first, `again` are those that come round."""

    month: date
    due: Due
    again: bool = False

    @property
    def overdue(self) -> bool:
        """Whether they should have been done before."""
        return self.due.month is None


def months_ahead(today: date, count: int = MONTHS_A_YEAR) -> tuple[date, ...]:
    """The first days of the month of `today` and of those that follow."""
    first = today.replace(day=1)
    return tuple(_later(first, months) for months in range(count))


def demands(actor: Actor) -> tuple[Demand, ...]:
    """Every verification that the year ahead will ask for, of the instruments that the actor may see.

    What is verified by period falls due again one period later, within the same year if the period is short.
    """
    months = months_ahead(actor.today)
    until = _later(months[-1], 1) - timedelta(days=1)
    found = due_wave(actor, until)
    periods = _periods({due.item_id for due in found}, actor.today)
    return tuple(wanted for due in found for wanted in _rounds(due, periods.get(due.item_id), months))


def _rounds(due: Due, period: int | None, months: tuple[date, ...]) -> Iterator[Demand]:
    wanted = Demand(due.month or months[0], due)
    while wanted.month <= months[-1]:
        yield wanted
        if not period:
            return
        wanted = replace(wanted, month=_later(wanted.month, period), again=True)


def _periods(items: Iterable[int], on: date) -> Mapping[int, int]:
    """The period in months of each item that is verified by period, by the rules of a day."""
    value, catalogue = rules()["period/verification"].at(on), catalogue_of(rules()["catalogue/mandatory"].at(on))
    periods = {}
    for item in CatalogueItem.objects.filter(pk__in=items):
        codes = catalogue.ancestors(item.code) if item.code in catalogue else [item.code]
        try:
            period = period_of(value, codes)
        except UnknownEntry:
            continue
        if period.mode == "periodic" and period.months:
            periods[item.pk] = period.months
    return periods


def _later(first: date, months: int) -> date:
    month = first.month - 1 + months
    return first.replace(year=first.year + month // MONTHS_A_YEAR, month=month % MONTHS_A_YEAR + 1)
