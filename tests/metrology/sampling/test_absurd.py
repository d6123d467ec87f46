"""Questions about plans that make no sense are refused in words, at once."""

import math

import pytest

from hengliang.metrology.sampling import characteristic, limiting_quality_plan, single, two_point_plan, variables_plan
from hengliang.metrology.sampling.errors import BadArgument, PlanOutOfReach


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: limiting_quality_plan(0, 0.1, 1), "the lot is 0"),
        (lambda: limiting_quality_plan(10**12, 0.1, 1), "the lot is"),
        (lambda: limiting_quality_plan(100, math.nan, 1), "the limiting quality is nan"),
        (lambda: limiting_quality_plan(100, 2, 1), "a share between 0 and 1"),
        (lambda: limiting_quality_plan(100, 0.1, -1), "the acceptance number is -1"),
        (lambda: two_point_plan(0.1, 0.01), "smaller than the consumer's, 0.01"),
        (lambda: two_point_plan(math.nan, 0.1), "the producer's quality is nan"),
        (lambda: two_point_plan(0.01, 0.1, largest=10**9), "the largest sample"),
        (lambda: variables_plan(0, 0.1), "the producer's quality is 0"),
        (lambda: characteristic(single(10**9, 1), 0.1), "the sample is 1000000000"),
        (lambda: characteristic(single(50, 1), 0.1, lot=10), "between 0 and 10"),
        (lambda: characteristic(single(5, 1), 7), "a share from 0 to 1"),
    ],
)
def test_absurd_arguments(ask, says):
    with pytest.raises(BadArgument) as refused:
        ask()
    assert says in str(refused.value)


@pytest.mark.parametrize("qualities", [(0.01, 0.0100001), (1e-9, 1e-8)])
def test_a_plan_out_of_reach_is_known_quickly(qualities):
    with pytest.raises(PlanOutOfReach):
        two_point_plan(*qualities)
