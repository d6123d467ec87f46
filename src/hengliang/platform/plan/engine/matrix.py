"""Figures for many regions and days at once, by a few queries in all."""

from collections.abc import Iterable
from typing import Any

from hengliang.norms.indicators import Indicator
from hengliang.norms.indicators import Selection as Counted
from hengliang.platform.plan.engine.compute import (
    counts_items,
    figure_of,
    is_computed,
    main_selection,
    selection_of,
)
from hengliang.platform.plan.engine.figure import NO_SOURCE, NOT_APPLICABLE, Figure
from hengliang.platform.plan.engine.keyed import Keyed
from hengliang.platform.plan.engine.scope import Scope, Sweep
from hengliang.platform.plan.engine.selection import Counts


class Kept:
    """What one sweep has counted already: indicators that share a side share its query."""

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self._sides: dict[Any, Counts] = {}
        self._ledgers: dict[int, Counts] = {}
        self.scopes = {region: _scopes(sweep, region) for region in sweep.regions}

    def prepare(self, asked: Iterable[Indicator]) -> None:
        """Count what small registers are asked for, each read once."""
        wanted: dict[str, dict[Any, tuple[Counted, str]]] = {}
        for one in asked:
            for counted in (one.numerator, one.denominator) if is_computed(one) else ():
                if counted is not None and isinstance(selection_of(counted), Keyed):
                    wanted.setdefault(counted.selector, {})[_key(counted, one.mode)] = (counted, one.mode)
        for sides in wanted.values():
            register: Any = selection_of(next(iter(sides.values()))[0])
            told = [(counted.where, mode) for counted, mode in sides.values()]
            self._sides |= dict(zip(sides, register.tables(told, self.sweep), strict=True))

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
    return {
        region: [
            _figure(indicator, scope, top[region][place], below[region][place] if below else None, kept, place)
            for place, scope in enumerate(kept.scopes[region])
        ]
        for region in sweep.regions
    }


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


def _figure(indicator: Indicator, scope: Scope, top: int, below: int | None, kept: Kept, place: int) -> Figure:
    """The ledger itself is asked for only where there is nothing to divide by."""
    absent = ""
    if not below and not (below is None and top):
        absent = _why(indicator, below, kept.ledger(indicator)[scope.region_id or 0][place])
    return figure_of(indicator, scope, top, below, absent)


def _why(indicator: Indicator, below: int | None, kept: int) -> str:
    if below is None:
        return "" if kept else NO_SOURCE
    if counts_items(indicator):
        return NO_SOURCE
    return NOT_APPLICABLE if kept else NO_SOURCE
