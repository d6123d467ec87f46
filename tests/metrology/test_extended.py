"""Extended arithmetic against exact rationals."""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.extended import Extended

NUMBERS = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda v: v == 0 or abs(v) > 1e-12)


def exact(value: Extended) -> Fraction:
    return Fraction(float(value.high)) + Fraction(float(value.low))


def test_text_keeps_the_digits_that_float64_drops():
    value = Extended.of(["10000000.2"])
    error = Fraction(float(value.high[0])) + Fraction(float(value.low[0])) - Fraction("10000000.2")
    assert abs(error) < Fraction(1, 10**24)


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_a_mean_is_exact_to_thirty_digits(values):
    truth = sum(map(Fraction, values)) / len(values)
    scale = max(max(abs(Fraction(v)) for v in values), Fraction(1))
    assert abs(exact(Extended.of(np.array(values)).mean()) - truth) <= scale * Fraction(1, 10**28)


@settings(deadline=None)
@given(NUMBERS, NUMBERS)
def test_a_product_loses_nothing(a, b):
    product = Extended.of(np.array([a])) * Extended.of(np.array([b]))
    truth = Fraction(a) * Fraction(b)
    assert Fraction(float(product.high[0])) + Fraction(float(product.low[0])) == truth or abs(truth) < 1e-280
