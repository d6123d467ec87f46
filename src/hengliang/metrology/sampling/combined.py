"""Combined control of two limits by variables: the shares beyond both limits are estimated and count together."""

import math
from dataclasses import dataclass

from hengliang.metrology.arrays import ArrayLike
from hengliang.metrology.sampling.errors import BadArgument, TooFewItems, require
from hengliang.metrology.sampling.plans import Verdict
from hengliang.metrology.sampling.variables import Method, VariablesPlan, judge_variables

_FEWEST = 3  # below it the estimator of the s method does not exist


@dataclass(frozen=True, slots=True)
class CombinedVerdict:
    """The verdict with the estimated shares (fractions of the lot) beyond each limit, and the most allowed."""

    verdict: Verdict
    p_lower: float
    p_upper: float
    p_star: float


def share_beyond(q: float, n: int, method: Method) -> float:
    """Estimated share of a normal lot beyond a limit that lies `q` standard deviations from the mean of n items.

    The unbiased estimator of least variance. s method: the beta distribution function with both parameters
    n/2 - 1 at (1 - q √n/(n - 1))/2; sigma method: the normal one at -q √(n/(n - 1)).

    Raises TooFewItems, BadArgument.

    Source: Lieberman and Resnikoff, J. Amer. Statist. Assoc. 50 (1955) 457; Form p* of ISO 3951-1.
    """
    from scipy.special import betainc, ndtr

    require.whole(0, n=n)
    if n < _FEWEST:
        raise TooFewItems(needed=_FEWEST, n=n)
    if math.isnan(q):
        raise BadArgument(what="q", value=q, wanted="a number")
    if math.isinf(q):
        return 0.0 if q > 0 else 1.0
    if method == "sigma":
        return float(ndtr(-q * math.sqrt(n / (n - 1))))
    at = min(1.0, max(0.0, (1 - q * math.sqrt(n) / (n - 1)) / 2))
    return float(betainc(n / 2 - 1, n / 2 - 1, at))


def judge_combined(
    plan: VariablesPlan, values: ArrayLike, *, lower: float, upper: float, sigma: float | None = None
) -> CombinedVerdict:
    """Accept when the shares estimated beyond both limits are together at most p*, that of a lot just at k.

    values : the n items of the sample, in the unit of the limits; sigma : as in `judge_variables`

    Raises TooFewItems, BadArgument.

    Source: ISO 3951-1, combined control, here by Form p* for every n; GB/T 6378.1-2008. The charts of the standard
    draw the same boundary; for n = 3 and 4 it gives other forms.
    """
    x = require.series("values", values)
    found = judge_variables(plan, x, lower=lower, upper=upper, sigma=sigma)
    n = len(x)
    p_lower, p_upper = (share_beyond(q, n, plan.method) for q in (found.q_lower, found.q_upper))
    p_star = share_beyond(plan.k, n, plan.method)
    return CombinedVerdict("accept" if p_lower + p_upper <= p_star else "reject", p_lower, p_upper, p_star)
