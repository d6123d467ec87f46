"""An artefact that changes on its way: the pilot's repeated measurements carry every result to one day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hengliang.metrology.arrays import ArrayLike
from hengliang.metrology.comparison.errors import BadNumber, require
from hengliang.metrology.comparison.results import Result
from hengliang.metrology.regression import LinearFit, fit_linear


@dataclass(frozen=True, slots=True, eq=False)
class Drift:
    """The artefact's course seen by the pilot, about a reference time."""

    fit: LinearFit
    reference_time: float
    significant: bool
    """Whether the slope is worth correcting for: |slope| > t(0.975) u(slope)."""

    def correction(self, time: float) -> tuple[float, float]:
        """What to subtract from a result of that time, and its standard uncertainty."""
        lag = time - self.reference_time
        return float(self.fit.coefficients[1]) * lag, float(self.fit.u[1]) * abs(lag)


def artefact_drift(times: ArrayLike, values: ArrayLike, *, u: ArrayLike | None = None) -> Drift:
    """A straight line through the pilot's n >= 3 measurements; u are their repeatabilities.

    times : (n,) in any unit that the laboratories' times share; the reference time is their mean

    Source: JJF 1117-2010 (stability of the transfer standard); ISO/TS 28037:2010.
    """
    from scipy.special import ndtri, stdtrit

    t_values = np.asarray(times, dtype=float)
    centre = float(t_values.mean())
    fit = fit_linear([np.ones_like(t_values), t_values - centre], np.asarray(values, dtype=float), u=u)
    factor = float(ndtri(0.975) if u is not None else stdtrit(fit.degrees_of_freedom, 0.975))
    return Drift(fit, centre, bool(abs(fit.coefficients[1]) > factor * fit.u[1]))


def corrected(results: Sequence[Result], times: Sequence[float], drift: Drift) -> tuple[Result, ...]:
    """The results brought to the drift's reference time, their uncertainties widened by the correction's.

    Raises BadNumber.

    Source: JJF 1117-2010 (stability of the transfer standard).
    """
    if len(times) != len(results):
        raise BadNumber(what="the list of times", value=len(times), wanted=f"as long as the results, {len(results)}")
    require.series("times", times)
    moved = []
    for result, time in zip(results, times, strict=True):
        shift, u = drift.correction(time)
        moved.append(replace(result, value=result.value - shift, u=float(np.hypot(result.u, u))))
    return tuple(moved)
