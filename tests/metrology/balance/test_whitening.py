"""Whitening against dense linear algebra."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengliang.metrology.balance.whitening import factor, register_norms, whiten


def dense(diagonal: np.ndarray, neighbour: np.ndarray) -> np.ndarray:
    return np.diag(diagonal) + np.diag(neighbour[1:], -1) + np.diag(neighbour[1:], 1)


def test_the_factor_is_that_of_cholesky():
    diagonal, neighbour = np.array([[2.0, 3.0, 4.0]]), np.array([[0.0, -1.0, -1.5]])
    held = factor(diagonal, neighbour)
    root = np.linalg.cholesky(dense(diagonal[0], neighbour[0]))
    assert held.diagonal[0] == pytest.approx(np.diag(root))
    assert held.below[0, 1:] == pytest.approx(np.diag(root, -1))


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 12), st.integers(1, 3), st.integers(0, 10_000))
def test_white_columns_have_the_inverse_covariance(m: int, weeks: int, seed: int):
    rng = np.random.default_rng(seed)
    boundary = rng.uniform(0.0, 2.0, (weeks, m + 1))
    diagonal = rng.uniform(0.1, 1.0, (weeks, m)) + boundary[:, :-1] + boundary[:, 1:]
    neighbour = -boundary[:, :-1]
    x = rng.standard_normal((weeks, m, 3))
    white = x.copy()
    whiten(factor(diagonal, neighbour), white)
    for w in range(weeks):
        expected = x[w].T @ np.linalg.solve(dense(diagonal[w], neighbour[w]), x[w])
        assert white[w].T @ white[w] == pytest.approx(expected)


def test_the_trace_of_a_register_by_hand():
    """Two periods of variance 1, no common boundary: each difference of two boundaries has variance 2."""
    held = factor(np.ones((1, 2)), np.zeros((1, 2)))
    assert register_norms(held).sum(axis=1)[0] == pytest.approx(4.0)
