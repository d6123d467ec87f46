"""Plans found rather than looked up: exact for the lot, smallest sample first."""

from dataclasses import dataclass

from hengliang.metrology.sampling.errors import BadArgument, PlanOutOfReach, require_count, require_share
from hengliang.metrology.sampling.plans import Plan, single

_CONSUMER_RISK = 0.1  # ISO 2859-2: at the limiting quality
_MOST_ITEMS = 100_000  # of a sample that is searched for
_LARGEST_LOT = 1_000_000_000


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

    Raises PlanOutOfReach when even inspecting every item would accept, BadArgument.

    Source: ISO 2859-2:2020 (isolated lots, consumer's risk 10 %), computed exactly.
    """
    require_count("the lot", lot, 1, _LARGEST_LOT)
    require_count("the acceptance number", ac, 0, lot)
    require_share("the limiting quality", quality)
    require_share("the consumer's risk", beta)
    from scipy.stats import hypergeom

    # The tolerance keeps 0.05 * 500 = 25.000000000000004 from becoming 26.
    bad = int(-(-quality * lot * (1 - 1e-12) // 1))

    def accept(n: int) -> float:
        """Probability of at most `ac` bad items in a sample of n."""
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

    Raises PlanOutOfReach, BadArgument.

    Source: ISO 28592 (two-point plans); searched exactly, binomial or hypergeometric with `lot`.

    >>> two_point_plan(0.01, 0.08).stages[0]
    Stage(n=65, ac=2, re=3)
    """
    _require_gap(producer_quality, consumer_quality, alpha, beta)
    require_count("the largest sample", largest, 1, _MOST_ITEMS)
    require_count("the lot", lot or 1, 1, _LARGEST_LOT)
    bound = min(largest, lot or largest)
    n, ac = 1, 0
    while n <= bound:
        if _accept(n, ac, consumer_quality, lot) > beta:
            n += max(1, _stride(ac, consumer_quality, n))
        elif _accept(n, ac, producer_quality, lot) < 1 - alpha:
            ac += 1
        else:
            return _shrunk(n, ac, consumer_quality, beta, lot)
    raise PlanOutOfReach(n=bound)


def _require_gap(producer_quality: float, consumer_quality: float, alpha: float, beta: float) -> None:
    for what, share in (
        ("the producer's quality", producer_quality),
        ("the consumer's quality", consumer_quality),
        ("the producer's risk", alpha),
        ("the consumer's risk", beta),
    ):
        require_share(what, share)
    if producer_quality >= consumer_quality:
        wanted = f"smaller than the consumer's, {consumer_quality}"
        raise BadArgument(what="the producer's quality", value=producer_quality, wanted=wanted)


def _accept(n: int, ac: int, quality: float, lot: int | None) -> float:
    """Probability that at most `ac` of n items are nonconforming, as `characteristic` gives it for a single plan."""
    if ac >= n:
        return 1.0
    if lot is None:
        from scipy.special import bdtr

        return float(bdtr(ac, n, quality))
    from scipy.stats import hypergeom

    return float(hypergeom.cdf(ac, lot, round(quality * lot), n))


def _stride(ac: int, quality: float, n: int) -> int:
    """Steps that pass over no solution: with fewer than Ac expected, acceptance is still likely."""
    return int((ac - quality * n) / quality / 2) if quality * n < ac else 1


def _shrunk(n: int, ac: int, quality: float, beta: float, lot: int | None) -> Plan:
    while n > ac + 1 and _accept(n - 1, ac, quality, lot) <= beta:
        n -= 1
    return single(n, ac)
