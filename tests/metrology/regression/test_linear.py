"""Linear fits against published examples and exact rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.regression import fit_linear, fit_polynomial
from hengliang.metrology.regression.errors import (
    NotFinite,
    NotPositiveDefinite,
    RankDeficient,
    ShapeMismatch,
    TooFewPoints,
)

# ISO/TS 28037:2010, clause 6, example: equal uncertainties 0.5.
ISO_X = [1, 2, 3, 4, 5, 6]
ISO_Y = [3.3, 5.6, 7.1, 9.3, 10.7, 12.1]


def test_iso_28037_equal_uncertainties():
    fit = fit_polynomial(ISO_X, ISO_Y, 1, u=[0.5] * 6)
    assert fit.coefficients == pytest.approx([1.867, 1.757], abs=5e-4)
    assert fit.u == pytest.approx([0.465, 0.120], abs=5e-4)
    assert fit.covariance[0, 1] == pytest.approx(-0.050, abs=5e-4)
    assert fit.rss == pytest.approx(1.665, abs=5e-4)


def test_gum_h3_thermometer_calibration():
    t = [21.521, 22.012, 22.512, 23.003, 23.507, 23.999, 24.513, 25.002, 25.503, 26.010, 26.511]
    b = [-0.171, -0.169, -0.166, -0.159, -0.164, -0.165, -0.156, -0.157, -0.159, -0.161, -0.160]
    fit = fit_linear([[1] * 11, [v - 20 for v in t]], b)
    assert fit.coefficients == pytest.approx([-0.1712, 0.00218], abs=5e-5)
    assert fit.u == pytest.approx([0.0029, 0.00067], abs=5e-5)
    assert fit.covariance[0, 1] / fit.u.prod() == pytest.approx(-0.930, abs=5e-4)
    value, u = fit.at([1, 10])
    assert (value[0], u[0]) == pytest.approx((-0.1494, 0.0041), abs=5e-5)


def test_full_covariance_agrees_with_weights_when_diagonal():
    u = np.array([0.3, 0.5, 0.2, 0.4, 0.6, 0.5])
    weighted = fit_polynomial(ISO_X, ISO_Y, 1, u=u)
    full = fit_polynomial(ISO_X, ISO_Y, 1, covariance=np.diag(u**2))
    assert full.coefficients == pytest.approx(weighted.coefficients, rel=1e-12)
    assert full.covariance == pytest.approx(weighted.covariance, rel=1e-12)


def test_a_common_error_widens_the_intercept_only():
    # A shared additive error of u = 1 adds 1 to the variance of b0 and nothing elsewhere.
    own = np.eye(6) * 0.25
    alone = fit_polynomial(ISO_X, ISO_Y, 1, covariance=own)
    shared = fit_polynomial(ISO_X, ISO_Y, 1, covariance=own + 1.0)
    assert shared.coefficients == pytest.approx(alone.coefficients, rel=1e-9)
    assert shared.covariance - alone.covariance == pytest.approx(np.array([[1.0, 0], [0, 0]]), abs=1e-9)


def test_an_ill_conditioned_polynomial_keeps_its_digits():
    """Degree 9 on [-9, -3] (condition number above 1e13 after scaling), against exact normal equations."""
    x = [f"{-9 + 0.15 * i:.2f}" for i in range(40)]
    y = [f"{0.8 + 0.001 * ((i * 7919) % 97):.3f}" for i in range(40)]
    truth = _exact(x, y, 9)
    fit = fit_polynomial(x, y, 9)
    assert fit.coefficients == pytest.approx(truth, rel=1e-13)


def _exact(x, y, degree):
    rows = [[Fraction(v) ** j for j in range(degree + 1)] for v in x]
    size = degree + 1
    a = [
        [sum(r[i] * r[j] for r in rows) for j in range(size)]
        + [sum(r[i] * Fraction(v) for r, v in zip(rows, y, strict=True))]
        for i in range(size)
    ]
    for i in range(size):
        a[i] = [v / a[i][i] for v in a[i]]
        for k in range(size):
            if k != i:
                a[k] = [p - a[k][i] * q for p, q in zip(a[k], a[i], strict=True)]
    return [float(row[-1]) for row in a]


@settings(deadline=None)
@given(st.floats(1e-6, 1e6), st.permutations(range(6)))
def test_units_and_order_do_not_matter(scale, order):
    base = fit_polynomial(ISO_X, ISO_Y, 1)
    moved = fit_polynomial([ISO_X[i] for i in order], np.array([ISO_Y[i] for i in order]) * scale, 1)
    assert moved.coefficients == pytest.approx(base.coefficients * scale, rel=1e-12)
    assert moved.u == pytest.approx(base.u * scale, rel=1e-10)


@pytest.mark.parametrize(
    ("error", "terms", "y", "more"),
    [
        (TooFewPoints, [[1, 1], [0, 1]], [1, 2], {}),
        (ShapeMismatch, [[1, 1, 1], [0, 1]], [1, 2, 3], {}),
        (NotFinite, [[1, 1, 1], [0, 1, 2]], np.array([1, np.nan, 3]), {}),
        (RankDeficient, [[1, 1, 1], [2, 2, 2]], [1, 2, 4], {}),
        (NotPositiveDefinite, [[1, 1, 1], [0, 1, 2]], [1, 2, 4], {"covariance": np.ones((3, 3))}),
        (NotPositiveDefinite, [[1, 1, 1], [0, 1, 2]], [1, 2, 4], {"u": [1, 0, 1]}),
    ],
)
def test_wrong_use_is_refused(error, terms, y, more):
    with pytest.raises(error):
        fit_linear(terms, y, **more)
