"""Cross-checks between indicators: a stock explained by what was new, and parts that can't exceed the whole."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from hengliang.norms.indicators import Indicator
from hengliang.platform.plan.engine import SELECTIONS, Scope, compute, is_computed
from hengliang.platform.plan.engine.keyed import Keyed
from hengliang.platform.plan.models import Plan
from hengliang.platform.plan.suggestions import every_indicator

BALANCE, SUBSET = "balance", "subset"


@dataclass(frozen=True)
class Check:
    """What one indicator says about another. `holds` is None where one of them has no source.

    For a balance: `baseline` + `new` − `gone` + `unexplained` = `stock`; it holds where nothing is unexplained.
    For a subset: `unexplained` is by how much the part exceeds the whole.
    """

    kind: str
    one: Indicator
    other: Indicator
    holds: bool | None
    baseline: int = 0
    new: int = 0
    gone: int = 0
    stock: int = 0
    unexplained: int = 0
    names: tuple[str, ...] = ()


def checks_of(plan: Plan, on: date, known_at: datetime | None = None) -> list[Check]:
    """Every cross-check that the rules have between indicators, for the plan's region."""
    known = every_indicator()
    scope = Scope(on, plan.region_id, known_at, None, plan.starts_on)
    found = []
    for one in known.values():
        other = known.get((one.balance or one.subset_of).rpartition("/")[2])
        if other is not None:
            found.append(_balance(one, other, scope) if one.balance else _subset(one, other, scope))
    return found


def _balance(stock: Indicator, new: Indicator, scope: Scope) -> Check:
    held, made = _keyed(stock), _keyed(new)
    if held is None or made is None or stock.numerator is None or new.numerator is None:
        return Check(BALANCE, stock, new, None)
    now = held.keys(stock.numerator.where, "stock", scope)
    then = held.keys(stock.numerator.where, "stock", scope.at(scope.since - timedelta(days=1)))
    added = made.keys(new.numerator.where, "new", scope) - then
    unexplained = now - then - added
    names = tuple(str(row) for row in held.objects(sorted(unexplained)[:20]))
    return Check(
        BALANCE, stock, new, not unexplained, len(then), len(added), len((then | added) - now), len(now),
        len(unexplained), names,
    )  # fmt: skip


def _keyed(indicator: Indicator) -> Keyed | None:
    found = SELECTIONS.get(indicator.numerator.selector) if indicator.numerator else None
    return found if isinstance(found, Keyed) else None


def _subset(part: Indicator, whole: Indicator, scope: Scope) -> Check:
    if not is_computed(part) or not is_computed(whole):
        return Check(SUBSET, part, whole, None)
    small, large = compute(part, scope).numerator or 0, compute(whole, scope).numerator or 0
    return Check(SUBSET, part, whole, small <= large, stock=large, new=small, unexplained=max(small - large, 0))
