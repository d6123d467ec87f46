"""Mean, standard deviation and autocorrelation, and the one-way analysis of variance, to all digits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from hengliang.metrology.extended import Extended, Readings
from hengliang.metrology.regression.errors import TooFewPoints, require_finite


@dataclass(frozen=True, slots=True)
class Summary:
    """A series of readings in three numbers, all in the unit of the readings but the last."""

    n: int
    mean: float
    sd: float
    """Bessel's standard deviation, divisor n - 1."""
    autocorrelation: float
    """At lag 1; NaN for a series without scatter."""


def summarise(readings: Readings) -> Summary:
    """Mean, sd and lag-1 autocorrelation of n >= 2 readings.

    Raises TooFewPoints, NotFinite.

    Accurate to float64 for any offset when the readings come as text or Decimal; for float64 readings the
    scatter can be no better than the rounding of the inputs (StRD NumAcc4: 8 digits of sd).

    Source: GUM, 4.2.1 and 4.2.2; NIST StRD (definition of r(1)).

    >>> summarise([1.0, 2.0, 3.0]).sd
    1.0
    """
    x = Extended.of(readings)
    if len(x) < 2:
        raise TooFewPoints(n=len(x), needed="a standard deviation")
    require_finite("the series", x.high)
    mean = x.mean()
    d = x - mean
    squares = (d * d).sum().to_float()
    lagged = (d[1:] * d[:-1]).sum().to_float()
    r1 = lagged / squares if squares else math.nan
    return Summary(len(x), mean.to_float(), math.sqrt(squares / (len(x) - 1)), r1)


@dataclass(frozen=True, slots=True)
class OneWayAnova:
    """One-way analysis of variance: between groups, within groups."""

    df_between: int
    df_within: int
    ss_between: float
    ss_within: float

    @property
    def ms_between(self) -> float:
        """Mean square between groups."""
        return self.ss_between / self.df_between

    @property
    def ms_within(self) -> float:
        """Mean square within groups, the pooled variance."""
        return self.ss_within / self.df_within

    @property
    def f(self) -> float:
        """F = ms_between / ms_within; infinite when groups have no scatter."""
        return self.ms_between / self.ms_within if self.ms_within else math.inf

    @property
    def p_value(self) -> float:
        """Probability of a larger F when all groups have one mean."""
        from scipy.special import fdtrc

        return float(fdtrc(self.df_between, self.df_within, self.f))

    @property
    def r_squared(self) -> float:
        """Share of the scatter that lies between the groups."""
        return self.ss_between / (self.ss_between + self.ss_within)

    @property
    def residual_sd(self) -> float:
        """Pooled standard deviation within the groups."""
        return math.sqrt(self.ms_within)


def one_way_anova(groups: Sequence[Readings]) -> OneWayAnova:
    """Sums of squares between and within k >= 2 groups of readings.

    Raises TooFewPoints with one group, an empty group, or no repeat in any group; NotFinite.

    Source: GUM, H.5; JJF 1033 (repeatability over several series); NIST StRD.
    """
    series = [Extended.of(g) for g in groups]
    n = sum(len(s) for s in series)
    if len(series) < 2 or n <= len(series) or any(len(s) == 0 for s in series):
        raise TooFewPoints(n=n, needed=f"an analysis of variance over {len(series)} groups")
    for number, group in enumerate(series, start=1):
        require_finite(f"group {number}", group.high)
    means = [s.mean() for s in series]
    # Weighted by their sizes about a common offset, so that the grand mean loses nothing.
    offsets = [(m - means[0]).to_float() for m in means]
    centre = math.fsum(len(s) * d for s, d in zip(series, offsets, strict=True)) / n
    between = math.fsum(len(s) * (d - centre) ** 2 for s, d in zip(series, offsets, strict=True))
    deviations = [s - m for s, m in zip(series, means, strict=True)]
    within = math.fsum((d * d).sum().to_float() for d in deviations)
    return OneWayAnova(len(series) - 1, n - len(series), between, within)
