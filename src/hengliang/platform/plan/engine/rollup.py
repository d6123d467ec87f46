"""From districts to the whole, and over months."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hengliang.norms.indicators import Indicator
from hengliang.platform.plan.engine.compute import compute, excluded_of, latest
from hengliang.platform.plan.engine.figure import Figure
from hengliang.platform.plan.engine.matrix import figures_by_region
from hengliang.platform.plan.engine.remembered import REMEMBERED, ledger_mark, remembered
from hengliang.platform.plan.engine.scope import ALL, Scope, Sweep


@dataclass(frozen=True)
class RollUp:
    """The figure of the whole beside those of its parts.

    `own` is what lies in the whole and in none of its parts; `overlap` is by how much the parts and `own` together
    count more than the whole, because some things belong to several parts. Where it is 0 the parts add up.
    """

    whole: Figure
    parts: Mapping[str, Figure]
    own: int
    overlap: int

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return sum(one.numerator or 0 for one in self.parts.values())


def roll_up(indicator: Indicator, scope: Scope, names: Mapping[int, str]) -> RollUp:
    """The whole and its parts on one day."""
    whole = compute(indicator, scope)
    found = figures_by_region(indicator, scope, names)
    parts = {names[region]: one for region, one in found.items()}
    difference = (whole.numerator or 0) - sum(one.numerator or 0 for one in parts.values())
    return RollUp(whole, parts, max(difference, 0), max(-difference, 0))


@dataclass(frozen=True)
class Broken:
    """A figure by districts, and what was left out of it with the reason."""

    names: Mapping[int, str]
    rolled: RollUp
    excluded: list[tuple[str, Any, int]]


def broken_down(indicator: Indicator, scope: Scope, names: Mapping[int, str]) -> Broken:
    """A figure with its parts; from memory where nothing has been written since."""

    def compute_it() -> Broken:
        return Broken(names, roll_up(indicator, scope, names), excluded_of(indicator, scope))

    if scope.known_at is not None:
        return compute_it()
    rule = (indicator.name, indicator.source.content_hash)
    found: Broken = REMEMBERED.get((ledger_mark(), rule, scope, tuple(sorted(names))), compute_it)
    return found


def over_months(indicator: Indicator, scope: Scope, count: int) -> list[Figure]:
    """The figure at the end of each of the last months, and on the day itself."""
    days = tuple(latest(scope.on, count))
    wanted = frozenset({ALL}) if scope.regions is None else scope.regions
    sweep = Sweep(days, (ALL,), scope.known_at, scope.begins, {ALL: wanted}, {ALL: scope.above})
    return remembered([indicator], sweep)[indicator.name][ALL]
