"""The closed form against the augmented least squares that it is."""

import numpy as np
import pytest

from hengliang.metrology.balance.closed_form import add_day, closed_form, empty_sums, solve, unpacked


@pytest.fixture
def columns():
    rng = np.random.default_rng(4)
    x = rng.gamma(2.0, 1.0, (120, 10))
    losses = np.column_stack([np.ones(120), x.sum(axis=1) ** 2 / 20])
    r = x @ rng.normal(0, 0.02, 10) + losses @ [0.1, 0.02] + 0.05 * rng.standard_normal(120)
    return np.column_stack([losses, x, r])


def test_it_is_ridge_with_free_losses(columns):
    found = closed_form(columns, 2, 0.02)
    weight = np.sqrt(found.sigma2) / 0.02
    design = np.vstack([columns[:, :12], np.column_stack([np.zeros((10, 2)), weight * np.eye(10)])])
    expected = np.linalg.lstsq(design, np.r_[columns[:, 12], np.zeros(10)], rcond=None)[0]
    assert found.delta == pytest.approx(expected[2:], abs=1e-10)
    spread = np.sqrt(found.sigma2 * np.linalg.inv(design.T @ design).diagonal())[2:]
    assert found.uncertainty == pytest.approx(spread, rel=1e-8)


def test_days_added_one_by_one_are_the_whole(columns):
    sums = empty_sums(columns.shape[1])
    for row in columns:
        sums = add_day(sums, row)
    assert unpacked(sums) == pytest.approx(columns.T @ columns)
    assert solve(unpacked(sums), 120, 2, 0.02).delta == pytest.approx(closed_form(columns, 2, 0.02).delta)
