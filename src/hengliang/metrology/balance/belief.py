"""What the balance lets one believe of a lot before a sample is drawn, and after: a beta law of the share beyond.

Source: beta and beta-binomial law for a finite lot, e.g. Gelman et al., Bayesian Data Analysis, 2.4 and 3.7.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.balance.errors import BadValue
from hengliang.metrology.balance.verdict import BatchVerdict

IGNORANT = 1.0  # uniform: the share of a lot of which nothing is known


@dataclass(frozen=True, slots=True)
class Belief:
    """Share of a lot beyond the limit ~ Beta(a, b)."""

    a: float = IGNORANT
    b: float = IGNORANT

    @property
    def mean(self) -> float:
        """Expected share."""
        return self.a / (self.a + self.b)

    @property
    def worth(self) -> float:
        """Meters, tested one by one, that the belief is worth beyond knowing nothing."""
        return self.a + self.b - 2.0 * IGNORANT

    def after(self, n: int, beyond: int) -> "Belief":
        """The belief after `beyond` of n sampled meters were found beyond the limit."""
        return Belief(self.a + beyond, self.b + n - beyond)


def belief_of(batch: BatchVerdict, *, most: float) -> Belief:
    """What a batch's balance says of its share beyond the limit.

    most : meters, tested one by one, that the balance may be worth at most; an authority's choice. Meters that can't
    be told don't count: the belief is never worth more than the determinable ones.

    The mean and the standard uncertainty of the batch's share, as a beta law of the same moments. Raises BadValue.
    """
    if most < 0.0:
        raise BadValue(what="the worth of the balance", value=most, expected="not negative")
    share = min(max(batch.fraction_beyond, np.finfo(float).eps), 1.0 - np.finfo(float).eps)
    moments = share * (1.0 - share) / batch.u_fraction**2 - 1.0
    worth = min(max(moments, 0.0), float(batch.determinable), most)
    return Belief(IGNORANT + worth * share, IGNORANT + worth * (1.0 - share)) if worth else Belief()


def at_most(belief: Belief, lot: int, beyond: int) -> float:
    """Probability that at most `beyond` of `lot` meters lie beyond the limit.

    >>> round(at_most(Belief(), 9, 4), 6)
    0.5
    """
    if beyond < 0:
        return 0.0
    if beyond >= lot:
        return 1.0
    return float(min(1.0, _masses(belief, lot, beyond).sum()))


def surprise(belief: Belief, n: int, beyond: int) -> float:
    """Probability, by the belief, of a sample so far or farther to its side: small where both contradict."""
    below, upto = at_most(belief, n, beyond - 1), at_most(belief, n, beyond)
    return min(1.0, 2.0 * min(upto, 1.0 - below))


def _masses(belief: Belief, lot: int, last: int) -> np.ndarray:
    """(last + 1,) probabilities of 0, 1, … meters beyond."""
    from scipy.special import betaln, gammaln

    k = np.arange(last + 1)
    ways = gammaln(lot + 1) - gammaln(k + 1) - gammaln(lot - k + 1)
    return np.asarray(np.exp(ways + betaln(k + belief.a, lot - k + belief.b) - betaln(belief.a, belief.b)))
