"""Sampling by variables: the mean against the limit in units of s or of a known sigma."""

import math
from dataclasses import dataclass
from typing import Literal

from hengliang.metrology.arrays import ArrayLike
from hengliang.metrology.sampling.errors import (
    BadArgument,
    PlanOutOfReach,
    TooFewItems,
    require,
    require_count,
    require_share,
)
from hengliang.metrology.sampling.plans import Verdict

_CONSUMER_RISK = 0.1  # ISO 3951-1
_MOST_ITEMS = 100_000

Method = Literal["s", "sigma"]


@dataclass(frozen=True, slots=True)
class VariablesPlan:
    """n items and an acceptability constant k (Form k)."""

    n: int
    k: float
    method: Method


@dataclass(frozen=True, slots=True)
class VariablesVerdict:
    """The verdict with the quality statistics it rests on."""

    verdict: Verdict
    mean: float
    scale: float
    """s, or the sigma given."""
    q_lower: float
    q_upper: float
    """(mean - L)/scale and (U - mean)/scale; infinite for a missing limit."""


def judge_variables(
    plan: VariablesPlan,
    values: ArrayLike,
    *,
    lower: float = -math.inf,
    upper: float = math.inf,
    sigma: float | None = None,
) -> VariablesVerdict:
    """Accept when every quality statistic is at least k (one limit, or two with separate control).

    sigma : the known standard deviation of the process, for the sigma method

    Raises TooFewItems, BadArgument.

    Source: ISO 3951-1:2022, clauses 16 (s method) and 17 (sigma method); GB/T 6378.1-2008.
    """
    x = require.series("values", values)
    if not lower < upper:
        raise BadArgument(what="the lower limit", value=lower, wanted=f"below the upper limit, {upper}")
    if plan.method == "sigma" and sigma is None:
        raise BadArgument(what="sigma", value=None, wanted="given for the sigma method")
    if sigma is not None:
        require.positive(sigma=sigma)
    if len(x) < plan.n or (plan.method == "s" and len(x) < 2):
        raise TooFewItems(needed=plan.n, n=len(x))
    mean = float(x.mean())
    scale = float(x.std(ddof=1)) if plan.method == "s" else float(sigma or 0.0)
    q_lower, q_upper = ((d / scale if scale > 0 else math.copysign(math.inf, d)) for d in (mean - lower, upper - mean))
    verdict: Verdict = "accept" if min(q_lower, q_upper) >= plan.k else "reject"
    return VariablesVerdict(verdict, mean, scale, q_lower, q_upper)


def accept_variables(plan: VariablesPlan, quality: float) -> float:
    """Probability of acceptance of a normal lot with a share `quality` beyond the one limit.

    s method: Pr{t' >= k sqrt(n)} with noncentral t', n - 1 degrees of freedom, noncentrality z sqrt(n).

    Source: ISO 3951-1:2022, annex on operating characteristics; Resnikoff and Lieberman (1957).
    """
    from scipy.special import ndtr, ndtri
    from scipy.stats import nct

    require.share(quality=quality)
    z = -float(ndtri(quality))
    root = math.sqrt(plan.n)
    if plan.method == "sigma":
        return float(ndtr((z - plan.k) * root))
    return float(nct.sf(plan.k * root, plan.n - 1, z * root))


def variables_plan(
    producer_quality: float,
    consumer_quality: float,
    *,
    alpha: float = 0.05,
    beta: float = _CONSUMER_RISK,
    method: Method = "s",
    largest: int = 2_000,
) -> VariablesPlan:
    """Smallest n for which both risks hold, with the k that gives the consumer's exactly.

    Raises PlanOutOfReach, BadArgument.

    Source: ISO 3951-1:2022 (principle); exact for one limit.
    """
    require_share("the producer's quality", producer_quality)
    require_share("the consumer's quality", consumer_quality)
    require_share("the producer's risk", alpha)
    require_share("the consumer's risk", beta)
    require_count("the largest sample", largest, 2, _MOST_ITEMS)
    low, high = 2, largest
    if not _serves(high, producer_quality, consumer_quality, alpha, beta, method):
        raise PlanOutOfReach(n=largest)
    while low < high:
        middle = (low + high) // 2
        if _serves(middle, producer_quality, consumer_quality, alpha, beta, method):
            high = middle
        else:
            low = middle + 1
    return VariablesPlan(high, constant(high, consumer_quality, beta, method), method)


def constant(n: int, quality: float, accept: float, method: Method) -> float:
    """The k at which a lot of the given quality is accepted with the given probability."""
    from scipy.special import ndtri
    from scipy.stats import nct

    z, root = -float(ndtri(quality)), math.sqrt(n)
    if method == "sigma":
        return z - float(ndtri(accept)) / root
    return float(nct.isf(accept, n - 1, z * root)) / root


def _serves(n: int, producer: float, consumer: float, alpha: float, beta: float, method: Method) -> bool:
    plan = VariablesPlan(n, constant(n, consumer, beta, method), method)
    return accept_variables(plan, producer) >= 1 - alpha
