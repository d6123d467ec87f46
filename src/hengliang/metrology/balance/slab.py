"""What is believed of meters' errors before looking: most are healthy, some are worn, a few are far off.

The healthy kind is the spike, the other two together the slab. All in δ = 1/(1 + error) - 1, about minus the error.
"""

from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats

# Where a single node tells too little these stand: shares and widths of the districts that the methods were
# compared on (2 % of meters off by 2.5 to 10 %, 0.5 % stealing 20 to 70 %; healthy spread 0.35 %). A utility
# learns its own by `learn_prior`.
HEALTHY_SPREAD = 0.004
WORN_SHARE = 0.03
WORN_SPREAD = 0.05
FAR_SHARE = 0.006
FAR_SPREAD = 0.6
COUNT_OF_SHARES = 60.0
COUNT_OF_SPREAD = 12.0
COMMON_SPREAD = 0.005  # of the healthy kind's mean over nodes: masters' and batches' errors together


@dataclass(frozen=True, slots=True)
class Prior:
    """A mixture of three normal kinds, and how firmly it is believed."""

    mean: float = 0.0
    healthy: float = HEALTHY_SPREAD
    """Standard deviation of the healthy kind."""
    worn_share: float = WORN_SHARE
    worn: float = WORN_SPREAD
    far_share: float = FAR_SHARE
    far: float = FAR_SPREAD
    count: float = COUNT_OF_SHARES
    """Meters that the shares are worth when a node adds its own."""
    spread_count: float = COUNT_OF_SPREAD
    """Meters that the spreads are worth."""
    common: float = COMMON_SPREAD
    """Standard deviation of the healthy mean between nodes."""

    def kinds(self) -> tuple[Floats, Floats, Floats]:
        """(3,) shares, means and variances."""
        share = np.array([1.0 - self.worn_share - self.far_share, self.worn_share, self.far_share])
        return share, np.array([self.mean, self.mean, 0.0]), np.array([self.healthy, self.worn, self.far]) ** 2


@dataclass(frozen=True, slots=True, eq=False)
class Tilted:
    """Marginals of n meters: a mixture each, of healthy, worn, far off, and worn that drift where that was asked."""

    share: Floats
    """(n, 3) or (n, 4)."""
    mean: Floats
    variance: Floats

    @property
    def kinds(self) -> Floats:
        """(n, 3) probability of healthy, worn (drifting or not) and far off."""
        return np.column_stack([self.share[:, 0], self.share[:, 1] + self.share[:, 3:].sum(axis=1), self.share[:, 2]])

    def moments(self) -> tuple[Floats, Floats]:
        """(n,) means and variances."""
        mean = (self.share * self.mean).sum(axis=1)
        second = (self.share * (self.variance + self.mean**2)).sum(axis=1)
        return np.asarray(mean), np.asarray(np.maximum(second - mean**2, np.finfo(float).tiny))

    def widened(self, further: Floats) -> "Tilted":
        """With (n,) variances added to every kind."""
        return Tilted(self.share, self.mean, self.variance + further[:, None])

    def below(self, delta: Floats, further: Floats | float = 0.0) -> Floats:
        """(n,) probability that δ lies below `delta`, with `further` variance added to every kind."""
        from scipy.special import ndtr

        spread = np.sqrt(self.variance + np.asarray(further)[..., None])
        return np.asarray((self.share * ndtr((delta[:, None] - self.mean) / spread)).sum(axis=1))

    def quantile(self, probability: float) -> Floats:
        """(n,) δ with that probability below, by bisection."""
        reach = 9.0 * np.sqrt(self.variance)
        low, high = (self.mean - reach).min(axis=1), (self.mean + reach).max(axis=1)
        for _ in range(45):
            middle = (low + high) / 2.0
            short = self.below(middle) < probability
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return np.asarray((low + high) / 2.0)


def tilt(prior: Prior, mean: Floats, variance: Floats) -> Tilted:
    """The marginals when the data say N(mean, variance) of each meter by itself.

    mean, variance : (n,)
    """
    share, centre, spread = prior.kinds()
    total = variance[:, None] + spread
    off = mean[:, None] - centre
    weight = np.log(share) - 0.5 * (np.log(total) + off**2 / total)
    weight = np.exp(weight - weight.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    gain = spread / total
    return Tilted(weight, centre + gain * off, gain * variance[:, None])


def learn(prior: Prior, seen: Tilted, base: Prior) -> Prior:
    """The prior after one step towards what the marginals say, held by `base` with its counts.

    Source: Dempster, Laird and Rubin, J. R. Stat. Soc. B 39 (1977) 1 (posterior mode by EM).
    """
    total, count = seen.share.sum(axis=0), base.count
    n = float(len(seen.share))
    shares = (total + count * np.array([0.0, base.worn_share, base.far_share])) / (n + count)
    pull = prior.healthy**2 / base.common**2
    mean = float((seen.share[:, 0] @ seen.mean[:, 0] + pull * base.mean) / (total[0] + pull))
    centres, widths = (mean, mean, 0.0), (base.healthy, base.worn, base.far)
    second = [
        seen.share[:, k] @ (seen.variance[:, k] + (seen.mean[:, k] - centres[k]) ** 2) for k in range(len(centres))
    ]
    spread = [
        float(np.sqrt((second[k] + base.spread_count * widths[k] ** 2) / (total[k] + base.spread_count)))
        for k in range(len(centres))
    ]
    return Prior(
        mean, spread[0], float(shares[1]), spread[1], float(shares[2]), spread[2],
        base.count, base.spread_count, base.common,
    )  # fmt: skip
