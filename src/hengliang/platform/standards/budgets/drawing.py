"""The distribution of the result: the density of the draws, the curve of the law of propagation, both intervals."""

import math
from collections.abc import Iterator

import numpy as np
from django.utils.translation import gettext as _

from hengliang.metrology.uncertainty import Comparison
from hengliang.platform.core.pages.charts import Bin, Chart, Interval, distribution
from hengliang.platform.standards.budgets.evaluation import Evaluation

BINS = 60
POINTS = 121
REACH = 4  # standard uncertainties drawn to either side


def density(found: Evaluation) -> Chart | None:
    """The chart; None where there are no draws, or no spread to draw."""
    comparison = found.comparison
    if comparison is None or not math.isfinite(comparison.monte_carlo.u) or comparison.monte_carlo.u <= 0:
        return None
    return distribution(
        _title(comparison),
        list(_bins(comparison)),
        list(_curve(found)),
        [
            Interval(_("Law of propagation"), found.expanded.value, *comparison.interval),
            Interval(_("Monte Carlo"), comparison.monte_carlo.value, *comparison.monte_carlo_interval),
        ],
        quantity=found.linear.name,
        unit=found.unit,
        subtitle=_("Intervals for a probability of %(p)s %%. Bars: density of %(trials)s draws.")
        % {"p": f"{100 * comparison.p:g}", "trials": comparison.monte_carlo.trials},
    )


def _title(found: Comparison) -> str:
    if not found.monte_carlo.stable:
        return _("Undecided: the draws are not stable yet")
    return _("Both methods agree") if found.valid else _("The two methods differ")


def _bins(found: Comparison) -> Iterator[Bin]:
    draws = found.monte_carlo.only.ordered
    margin = (len(draws) - int(found.p * len(draws))) // 20  # what lies far out would flatten the rest
    heights, edges = np.histogram(draws[margin : len(draws) - margin], bins=BINS)
    for low, high, count in zip(edges[:-1].tolist(), edges[1:].tolist(), heights.tolist(), strict=True):
        yield Bin(low, high, count / (len(draws) * (high - low)) if high > low else 0.0)


def _curve(found: Evaluation) -> Iterator[tuple[float, float]]:
    value, u = found.expanded.value, found.linear.u
    if u > 0:
        for step in np.linspace(-REACH, REACH, POINTS).tolist():
            yield value + step * u, _student(step, found.expanded.dof) / u


def _student(t: float, dof: float) -> float:
    """Density of t with `dof` degrees of freedom; normal for infinitely many, or where they are unknown."""
    if not math.isfinite(dof) or dof > 10**6:
        return math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    log = math.lgamma((dof + 1) / 2) - math.lgamma(dof / 2) - math.log(dof * math.pi) / 2
    return math.exp(log - (dof + 1) / 2 * math.log1p(t * t / dof))
