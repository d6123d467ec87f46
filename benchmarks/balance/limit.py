"""What could be found at best: the same posterior with the loss, the noise and the kinds of meters known.

No method that must learn these from the readings does better, but for chance. Where this falls short of a goal, the
loads, registers and clocks do, and no estimator mends it.
"""

from dataclasses import replace

import numpy as np

from benchmarks.balance.simulator import Case, District
from hengliang.metrology.balance import Prior, Whitening, estimate, statistics
from hengliang.metrology.balance.estimator import Estimate
from hengliang.metrology.balance.slab import tilt

CERTAIN = 1e9  # meters that what is known of the kinds is worth


def known(case: Case) -> Prior:
    """The kinds of meters as the simulator draws them."""
    low, high = case.bad_low, case.bad_high
    wrong = (low**2 + low * high + high**2) / 3.0  # mean square of a shift
    drifting = wrong * (case.drift_end / 2.0) ** 2
    share = case.bad_share + case.drift_share
    worn = np.sqrt((case.bad_share * wrong + case.drift_share * drifting) / share + case.healthy_spread**2)
    return Prior(
        mean=-case.healthy_mean, healthy=case.healthy_spread, worn_share=share, worn=float(worn),
        far_share=case.theft_share, count=CERTAIN, spread_count=CERTAIN,
        common=float(np.hypot(case.healthy_mean_spread, case.master_bias)),
    )  # fmt: skip


def estimate_known(case: Case, district: District, *, scatter: bool) -> Estimate:
    """The estimate of a district of which only the meters are unknown, and with `scatter` the chance of its loss."""
    data = district.data
    inflow = data.inflow - (district.course if scatter else district.loss)
    white = (case.master_noise * float(np.mean(data.inflow))) ** 2
    variance = data.period_variance + (district.scatter if scatter else 0.0)
    bare = replace(data, inflow=inflow, losses=(), period_variance=variance)
    found = estimate(statistics(bare, Whitening(white)), known(case))
    # Without what the weeks say of drifts: with no loss left to fit, other meters' drifts would be taken for one's own.
    last = found.posterior
    marginal = tilt(last.prior, last.cavity_mean, last.cavity_variance)
    return replace(found, posterior=replace(last, marginal=marginal))
