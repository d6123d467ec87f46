"""The share of nonconforming items in what was inspected, with its interval.

ProportionError   counts that can't be a share
"""

from hengliang.metrology.errors import MetrologyError


class ProportionError(MetrologyError):
    """Counts that can't be a share."""

    code = "proportion"
    template = "{found} among {n} is no share; give counts with 0 <= found <= n and n > 0."


def share_interval(found: int, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The exact two-sided interval of a share, by the binomial distribution.

    found : how many of the n have the property; confidence : the least coverage

    Raises ProportionError.

    Source: Clopper and Pearson, Biometrika 26 (1934) 404; ISO 11453:1996, annex B.

    >>> tuple(round(side, 4) for side in share_interval(0, 10))
    (0.0, 0.3085)
    """
    from scipy.special import betaincinv

    if not (n > 0 and 0 <= found <= n):
        raise ProportionError(found=found, n=n)
    tail = (1 - confidence) / 2
    low = float(betaincinv(found, n - found + 1, tail)) if found else 0.0
    high = float(betaincinv(found + 1, n - found, 1 - tail)) if found < n else 1.0
    return low, high
