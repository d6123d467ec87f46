"""Nonlinear fits: models made up here, hard starts, and models that break."""

import numpy as np
import pytest

from hengliang.metrology.regression import fit_linear, fit_nonlinear
from hengliang.metrology.regression.errors import NotConverged, NotFinite, RankDeficient


def rise(x, b):
    return b[0] * (1 - np.exp(-b[1] * x))


def test_a_linear_model_gives_the_linear_answer():
    x = np.array([0.0, 1, 2, 3, 5])
    y = np.array([1.1, 2.9, 5.2, 6.8, 11.1])
    linear = fit_linear([np.ones(5), x], y)
    fit = fit_nonlinear(lambda x, b: b[0] + b[1] * x, x, y, [0, 0])
    assert fit.coefficients == pytest.approx(linear.coefficients, rel=1e-12)
    assert fit.covariance == pytest.approx(linear.covariance, rel=1e-10)


def test_a_start_where_the_slope_has_vanished():
    """Oxygen demand (Bates and Watts, A4.1): from (1, 1) the first way loses the rate constant."""
    x = np.array([1.0, 2, 3, 5, 7, 10])
    y = np.array([109.0, 149, 149, 191, 213, 224])
    far, near = fit_nonlinear(rise, x, y, [1, 1]), fit_nonlinear(rise, x, y, [100, 0.75])
    assert far.coefficients == pytest.approx(near.coefficients, rel=1e-9)
    assert far.rss < 1200


def test_a_model_without_complex_numbers_still_fits():
    x = np.linspace(0.5, 5, 10)
    fit = fit_nonlinear(lambda x, b: np.real(rise(x, np.real(b))), x, rise(x, [3.0, 0.7]), [1, 1])
    assert fit.coefficients == pytest.approx([3.0, 0.7], rel=1e-7)


def test_uncertainties_of_the_readings_weigh():
    x = np.linspace(0.5, 5, 10)
    y = rise(x, [3.0, 0.7])
    y[-1] += 1
    u = np.full(10, 0.01)
    u[-1] = 100
    assert fit_nonlinear(rise, x, y, [1, 1], u=u).coefficients == pytest.approx([3.0, 0.7], rel=1e-5)


def test_wrong_use_is_refused():
    x = np.arange(4.0)
    with pytest.raises(NotFinite):
        fit_nonlinear(lambda x, b: np.log(x) * b[0], x, x, [1])
    with pytest.raises((RankDeficient, NotConverged)):
        fit_nonlinear(lambda x, b: (b[0] + b[1]) * x, x, x * 2 + 0.1 * x**2, [1, 1])
