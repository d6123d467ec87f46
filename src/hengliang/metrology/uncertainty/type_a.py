"""Type A evaluation: standard uncertainty from readings.

Source: JCGM 100:2008, 4.2; JJF 1059.1-2012, 4.3.2.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hengliang.metrology.arguments import LARGEST
from hengliang.metrology.uncertainty.distributions import Normal, StudentT
from hengliang.metrology.uncertainty.errors import InputError, TooFewReadings
from hengliang.metrology.uncertainty.inputs import Input

_BAND_95 = 1.96  # 95 % band of a white series' autocorrelation

Floats = NDArray[np.float64]

# Range coefficient C_n and degrees of freedom of the range method. Source: JJF 1059.1-2012, 4.3.2.3, Table 1.
RANGE = {
    2: (1.13, 0.9),
    3: (1.69, 1.8),
    4: (2.06, 2.7),
    5: (2.33, 3.6),
    6: (2.53, 4.5),
    7: (2.70, 5.3),
    8: (2.85, 6.0),
    9: (2.97, 6.8),
}


@dataclass(frozen=True, slots=True)
class TypeA:
    """The result of a Type A evaluation, in the unit of the readings.

    mean : best estimate
    s : experimental standard deviation of one reading
    u : standard uncertainty of the mean
    dof : degrees of freedom of s
    n : readings that the mean was taken of
    """

    mean: float
    s: float
    u: float
    dof: float
    n: int

    def as_input(self, name: str, *, unit: str | None = None, source: str = "") -> Input:
        """The evaluation as an input of a budget (t-distributed, evaluation "A")."""
        known = math.isinf(self.dof) or self.u == 0
        distribution = Normal(self.mean, self.u) if known else StudentT(self.mean, self.u, self.dof)
        return Input(name, distribution, self.dof, unit, "A", source)


def bessel(readings: ArrayLike) -> TypeA:
    """Bessel's formula: s from n independent readings (n,), u = s/√n, ν = n - 1.

    Raises TooFewReadings for n < 2. Source: JCGM 100:2008, 4.2.2, eq. (4); JJF 1059.1-2012, 4.3.2.2, eq. (7).

    >>> bessel([1.0, 2.0, 3.0]).s
    1.0
    """
    x = _readings(readings, 2, "Bessel formula")
    s = float(x.std(ddof=1))
    return TypeA(float(x.mean()), s, s / math.sqrt(len(x)), len(x) - 1, len(x))


def range_method(readings: ArrayLike) -> TypeA:
    """Range method for 2 to 9 readings (n,) close to normal: s = R/C.

    Raises TooFewReadings, InputError for more than 9. Source: JJF 1059.1-2012, 4.3.2.3, eq. (9) and Table 1.
    """
    x = _readings(readings, 2, "range method")
    if len(x) > max(RANGE):
        raise InputError(name="readings", reason=f"the range method is for 2 to 9 readings, got {len(x)}; use bessel")
    c, dof = RANGE[len(x)]
    s = float(np.ptp(x)) / c
    return TypeA(float(x.mean()), s, s / math.sqrt(len(x)), dof, len(x))


def pooled(groups: Sequence[ArrayLike], readings: ArrayLike) -> TypeA:
    """Pooled s from earlier groups of readings under the same conditions, for the mean of the present ones.

    groups : earlier groups, each (n_j,) with n_j >= 2; they may differ in length
    readings : the present readings (n',); one is enough, since s comes from the groups
    ν is the sum of the groups' ν. Raises TooFewReadings.
    Source: JJF 1059.1-2012, 4.3.2.4, eqs. (10) and (11); JCGM 100:2008, 4.2.4 and H.3.6.
    """
    samples = [_readings(group, 2, "pooled standard deviation") for group in groups]
    if not samples:
        raise TooFewReadings(n=0, method="pooled standard deviation", needed="one group")
    present = _readings(readings, 1, "mean")
    dof = sum(len(x) - 1 for x in samples)
    s = math.sqrt(math.fsum(float(((x - x.mean()) ** 2).sum()) for x in samples) / dof)
    return TypeA(float(present.mean()), s, s / math.sqrt(len(present)), dof, len(present))


def with_known_s(readings: ArrayLike, s: float, dof: float) -> TypeA:
    """Mean of few readings (n,) with s known from an earlier, longer series of `dof` degrees of freedom.

    Source: JJF 1059.1-2012, 4.3.2.2 (norm: u = s/√n', s from the earlier series).
    """
    x = _readings(readings, 1, "mean")
    if not 0 <= s <= LARGEST:
        raise InputError(name="s", reason=f"a standard deviation is finite and not negative, got {s}")
    if not dof > 0:
        raise InputError(name="dof", reason=f"degrees of freedom must be positive, got {dof}")
    return TypeA(float(x.mean()), s, s / math.sqrt(len(x)), dof, len(x))


def autocorrelation(readings: ArrayLike, most: int | None = None) -> Floats:
    """Autocorrelation coefficients r_1 … r_m of a series (n,); m = `most`, by default n/4."""
    x = _readings(readings, 4, "autocorrelation")
    centred = x - x.mean()
    m = min(len(x) - 1, most if most is not None else len(x) // 4)
    total = float(centred @ centred)
    if total == 0:
        return np.zeros(m)
    return np.array([float(centred[k:] @ centred[: len(x) - k]) / total for k in range(1, m + 1)])


def autocorrelated(readings: ArrayLike) -> TypeA:
    """u of the mean of a stationary series (n,) whose readings follow too closely to be independent.

    Coefficients count up to the first one within ±1.96/√n; u² = s²/n (1 + 2 Σ (1 - k/n) r_k), and the degrees
    of freedom are those of the equivalent number of independent readings. Never smaller than Bessel's u.
    Raises TooFewReadings for n < 8.
    Source: JCGM 100:2008, 4.2.7; the sum after N. F. Zhang, Metrologia 43 (2006) S276, eq. (9); the cut-off is ours.
    """
    x = _readings(readings, 8, "autocorrelated series")
    n, plain = len(x), bessel(x)
    r = autocorrelation(x)
    # Later coefficients leave the band by chance, and their sum tends to -1/2 whatever the process.
    within = np.flatnonzero(np.abs(r) <= _BAND_95 / math.sqrt(n))
    last = int(within[0]) if len(within) else len(r)
    k = np.arange(1, last + 1)
    inflation = max(1.0, 1 + 2 * float(((1 - k / n) * r[:last]).sum()))
    return TypeA(plain.mean, plain.s, plain.u * math.sqrt(inflation), max(1.0, n / inflation - 1), n)


def correlation_of_means(first: ArrayLike, second: ArrayLike) -> float:
    """The correlation coefficient of the means of paired readings, each (n,).

    Source: JCGM 100:2008, 5.2.3, eq. (17); JJF 1059.1-2012, 4.4.4.2.
    """
    x, y = _readings(first, 2, "correlation"), _readings(second, 2, "correlation")
    if len(x) != len(y):
        raise InputError(name="readings", reason=f"paired readings are needed, got {len(x)} and {len(y)}")
    a, b = x - x.mean(), y - y.mean()
    spread = math.sqrt(float(a @ a) * float(b @ b))
    return float(a @ b) / spread if spread else 0.0


def _readings(values: ArrayLike, needed: int, method: str) -> Floats:
    try:
        x = np.asarray(values, dtype=float).ravel()
    except (TypeError, ValueError):
        raise InputError(name="readings", reason="give one list of numbers") from None
    if len(x) < needed:
        raise TooFewReadings(n=len(x), method=method, needed=needed)
    usable = np.abs(x) <= LARGEST
    if not usable.all():
        raise InputError(
            name="readings", reason=f"reading {int(np.argmin(usable)) + 1} of {len(x)} is no finite number"
        )
    return x
