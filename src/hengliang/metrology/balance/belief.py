"""What the balance lets one believe of a lot before a sample is drawn, and after: a beta law of the share beyond.

Source: beta and beta-binomial law for a finite lot, e.g. Gelman et al., Bayesian Data Analysis, 2.4 and 3.7.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.balance.errors import BadValue

IGNORANT = 1.0  # uniform: the share of a lot of which nothing is known
TAIL = 0.025
HALVINGS = 60


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
    def variance(self) -> float:
        """Of the share."""
        both = self.a + self.b
        return self.a * self.b / (both**2 * (both + 1.0))

    @property
    def interval(self) -> tuple[float, float]:
        """Central 95 % of the share."""
        from scipy.special import betaincinv

        return float(betaincinv(self.a, self.b, TAIL)), float(betaincinv(self.a, self.b, 1.0 - TAIL))

    def below(self, share: float) -> float:
        """Probability that the share is at most that."""
        from scipy.special import betainc

        return float(betainc(self.a, self.b, share))

    @property
    def worth(self) -> float:
        """Meters, tested one by one, that the belief is worth beyond knowing nothing."""
        return self.a + self.b - 2.0 * IGNORANT

    def bounded(self, most: float) -> "Belief":
        """The belief, worth no more than that many meters."""
        if self.worth <= most:
            return self
        part = most / self.worth
        return Belief(IGNORANT + part * (self.a - IGNORANT), IGNORANT + part * (self.b - IGNORANT))

    def after(self, n: int, beyond: int) -> "Belief":
        """The belief after `beyond` of n sampled meters were found beyond the limit."""
        return Belief(self.a + beyond, self.b + n - beyond)


def belief_of(share: float, u: float, determinable: int) -> Belief:
    """What a batch's balance says of its share beyond the limit.

    share, u : of the batch, with its standard uncertainty; determinable : meters within reach of the data. Meters that
    can't be told don't count: the belief is never worth more than the determinable ones, each tested once, and less
    where their own uncertainty makes it so.

    Raises BadValue.
    """
    if not (0.0 <= share <= 1.0 and u > 0.0):
        raise BadValue(what="the share beyond the limit", value=f"{share} ± {u}", expected="from 0 to 1, uncertain")
    low, high = 0.0, float(determinable)
    for _ in range(HALVINGS):
        middle = (low + high) / 2.0
        low, high = (middle, high) if _worth(share, middle).variance > u**2 else (low, middle)
    return _worth(share, high)


def _worth(share: float, meters: float) -> Belief:
    return Belief(IGNORANT + meters * share, IGNORANT + meters * (1.0 - share))


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
