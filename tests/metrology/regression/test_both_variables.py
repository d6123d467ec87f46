"""Fits with uncertain x: York's data, and the limits that must agree with ordinary fits."""

import numpy as np
import pytest

from hengliang.metrology.regression import fit_both_variables, fit_polynomial
from hengliang.metrology.regression.errors import NotPositiveDefinite, ShapeMismatch

# Pearson's points with York's weights: York, Can. J. Phys. 44 (1966) 1079;
# solution: Reed, Am. J. Phys. 57 (1989) 642.
X = [0.0, 0.9, 1.8, 2.6, 3.3, 4.4, 5.2, 6.1, 6.5, 7.4]
Y = [5.9, 5.4, 4.4, 4.6, 3.5, 3.7, 2.8, 2.8, 2.4, 1.5]
U_X = 1 / np.sqrt([1000, 1000, 500, 800, 200, 80, 60, 20, 1.8, 1.0])
U_Y = 1 / np.sqrt([1, 1.8, 4, 8, 20, 20, 70, 70, 100, 500])


def test_pearson_york():
    fit = fit_both_variables(X, Y, u_x=U_X, u_y=U_Y)
    assert fit.coefficients == pytest.approx([5.47991022, -0.480533407], rel=1e-8)
    assert fit.chi_squared == pytest.approx(11.8663531941, rel=1e-9)
    assert fit.consistent()


def test_iso_28037_clause_7():
    x, y = [1.2, 1.9, 2.9, 4.0, 4.7, 5.9], [3.4, 4.4, 7.2, 8.5, 10.8, 13.5]
    fit = fit_both_variables(x, y, u_x=[0.2] * 6, u_y=[0.2, 0.2, 0.2, 0.4, 0.4, 0.4])
    assert fit.coefficients == pytest.approx([0.5788, 2.1597], abs=5e-5)
    assert np.sqrt(np.diag(fit.covariance)) == pytest.approx([0.4764, 0.1355], abs=5e-5)
    assert fit.chi_squared == pytest.approx(2.743, abs=5e-4)


def test_exact_x_is_ordinary_weighted_least_squares():
    ordinary = fit_polynomial(X, Y, 2, u=U_Y)
    fit = fit_both_variables(X, Y, 2, u_x=[1e-7] * 10, u_y=U_Y)
    assert fit.coefficients == pytest.approx(ordinary.coefficients, rel=1e-6)
    assert fit.covariance == pytest.approx(ordinary.covariance, rel=1e-5)


def test_exchanging_the_axes_inverts_the_line():
    direct = fit_both_variables(X, Y, u_x=U_X, u_y=U_Y).coefficients
    mirrored = fit_both_variables(Y, X, u_x=U_Y, u_y=U_X).coefficients
    assert mirrored == pytest.approx([-direct[0] / direct[1], 1 / direct[1]], rel=1e-7)


def test_wrong_use_is_refused():
    with pytest.raises(ShapeMismatch):
        fit_both_variables(X, Y, u_x=U_X)
    with pytest.raises(NotPositiveDefinite):
        fit_both_variables(X, Y, covariance=np.ones((20, 20)))
