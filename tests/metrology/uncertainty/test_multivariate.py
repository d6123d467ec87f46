import numpy as np
import pytest

from hengliang.metrology.uncertainty import Budget, box, ellipsoid, quantity
from hengliang.metrology.uncertainty.errors import InputError

BUDGET = Budget(
    "X = a + b; Y = a - 2*b",
    [quantity("a", 1, 3), quantity("b", 2, 4)],
)


def test_ellipsoid_of_the_law_of_propagation():
    """k² is the 95 % quantile of χ² with 2 degrees of freedom: k = 2.45 (JCGM 102:2011, Table 1)."""
    region = ellipsoid(BUDGET.first_order(), 0.95)
    assert region.k == pytest.approx(2.45, abs=0.005)
    draws = BUDGET.monte_carlo(trials=200_000).draws
    assert region.contains(draws).mean() == pytest.approx(0.95, abs=0.003)


def test_ellipsoid_of_the_draws_agrees_for_a_linear_model():
    assert ellipsoid(BUDGET.monte_carlo(trials=200_000), 0.95).k == pytest.approx(2.4477, abs=0.02)


def test_half_axes_span_the_region():
    region = ellipsoid(BUDGET.first_order(), 0.95)
    for sign in (0.999, 1.001):
        ends = region.centre[:, None] + sign * region.half_axes
        assert region.contains(ends).all() == (sign < 1)


def test_box_covers_at_least_p():
    """JCGM 102:2011, Table 2: k_q = 2.24 for two outputs at 95 %."""
    linear = box(BUDGET.first_order(), 0.95)
    u = np.sqrt(np.diag(BUDGET.first_order().covariance))
    assert linear.half_widths / u == pytest.approx(2.24, abs=0.005)
    drawn = box(BUDGET.monte_carlo(trials=200_000), 0.95)
    assert (drawn.half_widths <= linear.half_widths * 1.01).all()


DEPENDENT = Budget("X = a; Y = 2*a + 0*b; Z = 3 + 0*b", [quantity("a", 1, 0.1), quantity("b", 1, 0.1)])


def test_outputs_that_follow_from_each_other_have_no_ellipsoid():
    for result in (DEPENDENT.first_order(), DEPENDENT.monte_carlo(trials=1000)):
        with pytest.raises(InputError, match="follows exactly"):
            ellipsoid(result)


def test_a_box_may_have_a_side_of_no_width():
    found = box(DEPENDENT.monte_carlo(trials=100_000))
    assert found.half_widths == pytest.approx([0.196, 0.392, 0], rel=0.02)


@pytest.mark.parametrize("region", [box, ellipsoid])
@pytest.mark.parametrize("p", [-1, 0, 1, 2, float("nan")])
def test_a_probability_lies_between_0_and_1(region, p):
    for result in (BUDGET.first_order(), BUDGET.monte_carlo(trials=1000)):
        with pytest.raises(InputError, match="between 0 and 1"):
            region(result, p)
