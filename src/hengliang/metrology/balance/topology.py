"""Whether the right meters are in the sum: those that don't belong, those that are missing, pairs that are swapped.

A member whose load never passes the master has δ = -1: all that it counted must be taken out again. A candidate of
the neighbourhood that belongs here has coefficient 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.estimator import Estimate
from hengliang.metrology.balance.normal import Normal, normal_equations
from hengliang.metrology.balance.statistics import NodeStatistics
from hengliang.metrology.balance.verdict import Reason

HALF_WAY = 0.5  # between belonging and not
SURE = 5.0  # standard uncertainties from the other hypothesis: one in 3 million, for nodes of hundreds of meters
NEAR = 4.0  # standard uncertainties within which the hypothesis itself must lie
LATITUDE = 0.15  # that far off it may be besides: a foreign meter takes some of the load it replaced upon itself


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A meter on the wrong list."""

    meter: str
    member: bool
    coefficient: float

    def reason(self) -> Reason:
        """In words."""
        code = "foreign_meter" if self.member else "missing_meter"
        return Reason(code, {"meter": self.meter, "value": self.coefficient})


def misplaced(statistics: NodeStatistics, estimate: Estimate) -> tuple[Misplaced, ...]:
    """Members that don't belong and candidates that do."""
    return _missing(statistics, estimate) + _foreign(statistics, estimate)


def swapped(
    found: Mapping[str, Sequence[Misplaced]], members: Mapping[str, frozenset[str]]
) -> dict[str, tuple[Reason, ...]]:
    """By node: pairs of meters that are each listed at the other's node.

    Where more than one meter goes either way, or as many do not come back, nothing tells which belong together: then
    each is only foreign here and missing there.

    found : by node, what `misplaced` says; members : by node, ids of its members
    """
    home = {meter: node for node, ids in members.items() for meter in ids}
    out: dict[str, list[Reason]] = {}
    for node, wrong in found.items():
        strangers = [one.meter for one in wrong if one.member]
        wanted = [one.meter for one in wrong if not one.member and one.meter in home]
        for elsewhere in sorted({home[meter] for meter in wanted} - {node}):
            there = found.get(elsewhere, ())
            going = sorted({one.meter for one in there if not one.member} & set(strangers))
            coming = [meter for meter in wanted if home[meter] == elsewhere]
            if len(going) == len(coming) == 1:
                params = {"meter": going[0], "other": coming[0], "node": node, "elsewhere": elsewhere}
                out.setdefault(node, []).append(Reason("swapped_meters", params))
    return {node: tuple(reasons) for node, reasons in out.items()}


def _foreign(statistics: NodeStatistics, estimate: Estimate) -> tuple[Misplaced, ...]:
    mean, variance = estimate.posterior.cavity_mean, estimate.posterior.cavity_variance
    spread = np.sqrt(variance)
    # Where too many consumers are missing the loss takes up all loads alike: then no meter stands apart.
    apart = mean - np.median(mean) < -SURE * spread
    far = (mean < -SURE * spread) & (mean < -HALF_WAY) & apart
    near = np.abs(mean + 1.0) < NEAR * spread + LATITUDE + HALF_WAY * (mean < -1.0)
    return tuple(
        Misplaced(statistics.meters[estimate.normal.meters[j]].id, True, float(mean[j]))
        for j in np.flatnonzero(far & near)
    )


def _missing(statistics: NodeStatistics, estimate: Estimate) -> tuple[Misplaced, ...]:
    if all(meter.member for meter in statistics.meters):
        return ()
    whole = normal_equations(statistics, members=False)
    ids = [statistics.meters[j] for j in whole.meters]
    inside = np.array([k for k, meter in enumerate(ids) if meter.member], dtype=np.int64)
    outside = np.array([k for k, meter in enumerate(ids) if not meter.member], dtype=np.int64)
    value, spread = _added(whole, inside, outside, estimate)
    belongs = (value > SURE * spread) & (np.abs(value - 1.0) < NEAR * spread + LATITUDE) & (value > HALF_WAY)
    return tuple(Misplaced(ids[outside[k]].id, False, float(value[k])) for k in np.flatnonzero(belongs))


def _added(
    whole: Normal, inside: NDArray[np.int64], outside: NDArray[np.int64], estimate: Estimate
) -> tuple[Floats, Floats]:
    """Coefficient and standard uncertainty of each candidate when it alone is added to the members."""
    crossed = whole.a[np.ix_(outside, inside)]
    score = whole.b[outside] - crossed @ estimate.posterior.mean
    taken = np.einsum("ij,jk,ik->i", crossed, estimate.covariance, crossed, optimize=True)
    own = whole.a.diagonal()[outside]
    information = np.maximum(own - taken / estimate.posterior.sigma2, own * np.finfo(float).eps)
    information = np.maximum(information, np.finfo(float).tiny)
    return score / information, np.sqrt(estimate.posterior.sigma2 / information)
