"""Figures for many regions and days at once, by a few queries in all."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from hengliang.norms.indicators import Indicator
from hengliang.norms.indicators import Selection as Counted
from hengliang.platform.plan.engine.compute import (
    counts_items,
    figure_of,
    is_computed,
    listed_on,
    main_selection,
    selection_of,
)
from hengliang.platform.plan.engine.figure import NO_SOURCE, NOT_APPLICABLE, Figure
from hengliang.platform.plan.engine.keyed import Keyed
from hengliang.platform.plan.engine.scope import Scope, Sweep
from hengliang.platform.plan.engine.selection import Counts
from hengliang.platform.plan.engine.spanned import Spanned
from hengliang.platform.plan.engine.sweeps import summed, swept


class Kept:
    """What one sweep has counted already: indicators that share a side share its query."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self._sides: dict[Any, Counts] = {}
        self._ledgers: dict[int, Counts] = {}
        self.scopes = {region: _scopes(sweep, region) for region in sweep.regions}

    def prepare(self, asked: Iterable[Indicator]) -> None:
        """Count all that is asked for: each small register is read once, and each population of a large ledger."""
        wanted = {
            _key(counted, one.mode): (counted, one.mode)
            for one in asked
            for counted in ((one.numerator, one.denominator) if is_computed(one) else ())
            if counted is not None
        }
        self._prepare_registers(wanted)
        self._prepare_ledgers(wanted)

    def _prepare_registers(self, wanted: Mapping[Any, tuple[Counted, str]]) -> None:
        by_register: dict[str, dict[Any, tuple[Counted, str]]] = {}
        for key, (counted, mode) in wanted.items():
            if isinstance(selection_of(counted), Keyed):
                by_register.setdefault(counted.selector, {})[key] = (counted, mode)
        for sides in by_register.values():
            register: Any = selection_of(next(iter(sides.values()))[0])
            told = [(counted.where, mode) for counted, mode in sides.values()]
            self._sides |= dict(zip(sides, register.tables(told, self.sweep), strict=True))

    def _prepare_ledgers(self, wanted: Mapping[Any, tuple[Counted, str]]) -> None:
        known_at = self.sweep.known_at
        told = {
            key: selection.spans(counted.where, known_at)
            for key, (counted, _mode) in wanted.items()
            if isinstance(selection := selection_of(counted), Spanned)
        }
        found = swept(list(told.values()), self.sweep.days)
        self._sides |= {key: summed(one, self.sweep) for key, one in zip(told, found, strict=True)}

    def side(self, counted: Counted, mode: str) -> Counts:
        """The counts of one side of an indicator."""
        key = _key(counted, mode)
        if key not in self._sides:
            self._sides[key] = selection_of(counted).table(counted.where, mode, self.sweep)
        return self._sides[key]

    def ledger(self, indicator: Indicator) -> Counts:
        """How much was kept at all, where the indicator is counted."""
        selection = main_selection(indicator)
        base = getattr(selection, "ledger", None)
        key = id(base) if base is not None else id(selection)
        if key not in self._ledgers:
            self._ledgers[key] = selection.ledger_table(self.sweep)
        return self._ledgers[key]


def _key(counted: Counted, mode: str) -> Any:
    return counted.selector, tuple(sorted(counted.where.items())), mode == "new"


def matrix(indicator: Indicator, sweep: Sweep, kept: Kept | None = None) -> dict[int, list[Figure]]:
    """The figures of an indicator: for each region one a day."""
    kept = kept or Kept(sweep)
    top_of, below_of = indicator.numerator, indicator.denominator
    if top_of is None or not is_computed(indicator):
        return {one: [_nothing(indicator, scope) for scope in kept.scopes[one]] for one in sweep.regions}
    top = kept.side(top_of, indicator.mode)
    below = kept.side(below_of, indicator.mode) if below_of else None
    listed = [listed_on(indicator, day) for day in sweep.days]
    ledger = cache(lambda: kept.ledger(indicator))  # asked for only where there is nothing to divide by

    def at(region: int, place: int) -> Figure:
        over, under = top[region][place], below[region][place] if below else None
        absent = "" if under or (under is None and over) else _why(indicator, under, ledger()[region][place])
        return figure_of(indicator, kept.scopes[region][place], over, under, absent, listed[place])

    return {region: [at(region, place) for place in range(len(sweep.days))] for region in sweep.regions}


def matrices(asked: Iterable[Indicator], sweep: Sweep) -> dict[str, dict[int, list[Figure]]]:
    """The figures of many indicators, by their short names."""
    kept, asked = Kept(sweep), list(asked)
    kept.prepare(asked)
    return {one.name: matrix(one, sweep, kept) for one in asked}


def figures_by_region(indicator: Indicator, scope: Scope, regions: Iterable[int]) -> dict[int, Figure]:
    """The figure of each of these regions with all below it, on one day."""
    sweep = Sweep((scope.on,), tuple(regions), scope.known_at, scope.begins)
    return {region: found[0] for region, found in matrix(indicator, sweep).items()} if sweep.regions else {}


def _scopes(sweep: Sweep, region: int) -> list[Scope]:
    return [Scope(day, region, sweep.known_at, None, sweep.begins) for day in sweep.days]


def _nothing(indicator: Indicator, scope: Scope) -> Figure:
    return Figure(indicator, scope, None, None, None, NO_SOURCE)


def _why(indicator: Indicator, below: int | None, kept: int) -> str:
    if below is None:
        return "" if kept else NO_SOURCE
    if counts_items(indicator):
        return NO_SOURCE
    return NOT_APPLICABLE if kept else NO_SOURCE
