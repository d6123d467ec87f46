"""Series and one-way layouts whose answers are exact by construction."""

import numpy as np
import pytest

from hengliang.metrology.regression import one_way_anova, summarise
from hengliang.metrology.regression.errors import TooFewPoints


@pytest.mark.parametrize("offset", ["0", "1000000", "1000000000000"])
def test_the_offset_costs_no_digit(offset):
    """c.2, then c.1 and c.3 in turn: sd is exactly 0.1 and r(1) is -0.999 for 1001 readings."""
    readings = [f"{offset}.2"] + [f"{offset}.{d}" for _ in range(500) for d in (1, 3)]
    found = summarise(readings)
    assert found.mean == float(f"{offset}.2")
    assert found.sd == pytest.approx(0.1, rel=1e-14)
    assert found.autocorrelation == pytest.approx(-0.999, rel=1e-13)


def test_anova_of_groups_far_from_zero():
    groups = [[f"1000000000000.{a}", f"1000000000000.{a + 2}"] for a in (1, 2, 4)]
    near = [[a / 10, (a + 2) / 10] for a in (1, 2, 4)]
    far, here = one_way_anova(groups), one_way_anova(near)
    assert (far.ss_between, far.ss_within) == pytest.approx((here.ss_between, here.ss_within), rel=1e-13)


def test_gum_h5_layout():
    """GUM H.5 (voltage standard): 10 days of 5 readings, daily means and sds as printed."""
    means = [10.000172, 10.000116, 10.000013, 10.000144, 10.000106, 10.000031, 10.000060, 10.000125,
             10.000163, 10.000041]  # fmt: skip
    sds = np.array([60, 77, 111, 101, 67, 93, 80, 73, 88, 86]) * 1e-6
    pattern = np.array([-2, -1, 0, 1, 2]) / np.sqrt(2.5)
    found = one_way_anova([m + s * pattern for m, s in zip(means, sds, strict=True)])
    assert np.sqrt(found.ms_between) == pytest.approx(128e-6, abs=0.5e-6)
    assert found.residual_sd == pytest.approx(85e-6, abs=0.5e-6)
    assert found.f == pytest.approx(2.25, abs=0.02)
    assert found.p_value > 0.025


def test_too_few():
    with pytest.raises(TooFewPoints):
        summarise([1.0])
    with pytest.raises(TooFewPoints):
        one_way_anova([[1.0], [2.0]])
