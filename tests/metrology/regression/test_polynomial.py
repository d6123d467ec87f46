"""Reading a calibration curve forwards and backwards."""

import numpy as np
import pytest

from hengliang.metrology.regression import calibration_curve, choose_degree, fit_polynomial
from hengliang.metrology.regression.errors import AmbiguousInverse, BadDegree, NoInverse, NotFinite, NotPositiveDefinite

X = [1, 2, 3, 4, 5, 6]
Y = [3.3, 5.6, 7.1, 9.3, 10.7, 12.1]


def test_inverse_prediction_of_a_straight_line():
    """ISO/TS 28037, 11.2: u(x)^2 = [u(y)^2 + u(a)^2 + x^2 u(b)^2 + 2 x cov(a, b)] / b^2, written out."""
    curve = calibration_curve(fit_polynomial(X, Y, 1, u=[0.5] * 6), X)
    x, u = curve.inverse(10.5, 0.5)
    a, b = curve.coefficients
    c = curve.covariance
    assert x == pytest.approx((10.5 - a) / b)
    assert u == pytest.approx(np.sqrt(0.25 + c[0, 0] + x**2 * c[1, 1] + 2 * x * c[0, 1]) / b)


def test_the_inverse_undoes_the_curve():
    x = np.linspace(0, 10, 21)
    curve = calibration_curve(fit_polynomial(x, 1 + 2 * x + 0.05 * x**2, 2, u=np.full(21, 0.01)), x)
    value, _ = curve.at(3.7)
    assert curve.inverse(float(value))[0] == pytest.approx(3.7, abs=1e-9)


def test_a_reading_outside_the_range_is_refused():
    with pytest.raises(NoInverse):
        calibration_curve(fit_polynomial(X, Y, 1), X).inverse(100.0)


def test_a_curve_that_turns_is_ambiguous():
    x = np.linspace(-2, 2, 9)
    curve = calibration_curve(fit_polynomial(x, x**2, 2), x)
    with pytest.raises(AmbiguousInverse):
        curve.inverse(1.0)


def test_the_degree_chosen_is_that_of_the_data():
    x = np.linspace(-1, 1, 40)
    y = 1 + x - 2 * x**2 + 0.05 * np.cos(37 * np.arange(40))  # scatter that no low power follows
    assert choose_degree(x, y, 6) == 2


@pytest.mark.parametrize("degree", [-1, 1.5, float("nan")])
def test_a_degree_is_a_whole_number(degree):
    with pytest.raises(BadDegree):
        fit_polynomial([0, 1, 2], [0, 1, 2], degree)
    with pytest.raises(BadDegree):
        choose_degree([0, 1, 2], [0, 1, 2], degree)


def test_a_curve_is_asked_with_numbers():
    curve = calibration_curve(fit_polynomial([0, 1, 2], [0, 1, 2.1], 1), [0, 1, 2])
    with pytest.raises(NotFinite):
        curve.at([1.0, float("nan")])
    with pytest.raises(NotPositiveDefinite, match="negative"):
        curve.inverse(1.0, -0.1)
