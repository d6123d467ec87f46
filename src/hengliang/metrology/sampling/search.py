"""Plans found rather than looked up: exact for the lot, smallest sample first."""

from dataclasses import dataclass

from hengliang.metrology.sampling.characteristics import characteristic
from hengliang.metrology.sampling.errors import PlanOutOfReach
from hengliang.metrology.sampling.plans import Plan, single

_CONSUMER_RISK = 0.1  # ISO 2859-2: at the limiting quality


@dataclass(frozen=True, slots=True)
class LimitingQualityPlan:
    """The smallest sample that keeps the consumer's risk at the limiting quality."""

    plan: Plan
    nonconforming: int
    """Items in the lot at the limiting quality, rounded up."""
    accept_at_limit: float
    """Probability of acceptance there, at most beta."""


def limiting_quality_plan(lot: int, quality: float, ac: int, *, beta: float = _CONSUMER_RISK) -> LimitingQualityPlan:
    """Smallest n for which a lot of ceil(quality * lot) nonconforming items passes with at most beta.

    Exact hypergeometric, so that it holds for a single isolated lot of any size.

    Raises PlanOutOfReach when even inspecting every item would accept.

    Source: ISO 2859-2:2020 (isolated lots, consumer's risk 10 %), computed exactly.
    """
    from scipy.stats import hypergeom

    # The tolerance keeps 0.05 * 500 = 25.000000000000004 from becoming 26.
    bad = int(-(-quality * lot * (1 - 1e-12) // 1))

    def accept(n: int) -> float:
        return float(hypergeom.cdf(ac, lot, bad, n))

    if accept(lot) > beta:
        raise PlanOutOfReach(n=lot)
    low, high = ac, lot  # acceptance falls with n
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if accept(middle) > beta else (low, middle)
    return LimitingQualityPlan(single(high, ac), bad, accept(high))


def two_point_plan(
    producer_quality: float,
    consumer_quality: float,
    *,
    alpha: float = 0.05,
    beta: float = _CONSUMER_RISK,
    lot: int | None = None,
    largest: int = 10_000,
) -> Plan:
    """Smallest single plan that accepts the producer's quality with 1 - alpha and the consumer's with beta.

    Raises PlanOutOfReach.

    Source: ISO 28592 (two-point plans); searched exactly, binomial or hypergeometric with `lot`.

    >>> two_point_plan(0.01, 0.08).stages[0]
    Stage(n=65, ac=2, re=3)
    """
    bound = min(largest, lot or largest)
    n, ac = 1, 0
    while n <= bound:
        plan = single(n, ac)
        if characteristic(plan, consumer_quality, lot=lot).accept > beta:
            n += max(1, _stride(ac, consumer_quality, n))
        elif characteristic(plan, producer_quality, lot=lot).accept < 1 - alpha:
            ac += 1
        else:
            return _shrunk(plan, consumer_quality, beta, lot)
    raise PlanOutOfReach(n=bound)


def _stride(ac: int, quality: float, n: int) -> int:
    """Steps that pass over no solution: with fewer than Ac expected, acceptance is still likely."""
    return int((ac - quality * n) / quality / 2) if quality * n < ac else 1


def _shrunk(plan: Plan, quality: float, beta: float, lot: int | None) -> Plan:
    stage = plan.stages[0]
    ac = stage.ac or 0
    while stage.n > ac + 1 and characteristic(single(stage.n - 1, ac), quality, lot=lot).accept <= beta:
        stage = single(stage.n - 1, ac).stages[0]
    return Plan((stage,))
