"""Calibration intervals: published figures, rules by hand, and models recovered from their own data."""

import numpy as np
import pytest

from hengliang.metrology.intervals import (
    black_box,
    drift_model,
    fit_reliability,
    in_use_time,
    incremental_response,
    interval_test,
    simple_response,
    staircase,
)
from hengliang.metrology.intervals.errors import BadTarget, TargetOutOfReach, TooLittleHistory


@pytest.mark.parametrize(
    ("passed", "interval", "expected"),
    [
        (15, 365, (231, 0.9949, 0.6516, 0.8286)),
        (14, 365, (205, 0.9993, 0.6000, 0.7843)),
        (16, 730, (523, 0.9682, 0.7041, 0.8716)),
    ],
)
def test_interval_test_of_the_ncsl_tutorial(passed, interval, expected):
    found = interval_test([True] * passed + [False] * (20 - passed), interval, 0.95)
    assert round(found.proposal.interval) == expected[0]
    printed = (found.rejection_confidence, found.low, found.high)
    assert printed == pytest.approx(expected[1:], abs=5e-5)


def test_a_family_on_target_keeps_its_interval():
    assert interval_test([True] * 19 + [False], 365, 0.95).proposal.interval == pytest.approx(365)


DAYS, CHANGES = [70, 86, 104, 135, 167, 173], [0.1, 0.11, 0.251, 0.299, 0.403, 0.615]


def test_drift_of_the_nasa_handbook():
    model = drift_model(DAYS, CHANGES, order=2, y0=10.03, u0=0.28)
    assert model.fit.coefficients == pytest.approx([1.5741e-4, 1.674e-5], rel=1e-3)
    assert model.interval_for_uncertainty(0.5) == pytest.approx(327.15, abs=0.01)
    assert model.interval_for_limits(low=9, high=11) == pytest.approx(140.1, abs=0.05)
    assert model.interval_for_limits(high=11) == pytest.approx(171.75, abs=0.01)


def test_rules_by_hand():
    assert simple_response([True, False], 100).interval == pytest.approx(100 * 1.1 * 0.45)
    assert incremental_response([True, True, False], 100, 0.9).interval == pytest.approx(100 * 1.1 * 1.1 * 0.55)
    assert staircase([0.5], 1.0, 100).interval == 125
    assert staircase([-0.9], 1.0, 100).interval == 100
    assert staircase([1.1], 1.0, 100).interval == 80
    assert in_use_time(500, 4, longest_days=365).interval == 125
    assert in_use_time(500, 0, longest_days=365).interval == 365
    assert black_box(0.8, 0.7, 365).interval == 0


@pytest.mark.parametrize("model", ["exponential", "Weibull"])
def test_a_model_is_recovered_from_its_own_shares(model):
    t = np.array([4, 8, 13, 26, 39, 52.0])
    shares = np.exp(-t / 60) if model == "exponential" else np.exp(-np.sqrt(t / 60))
    fits = {f.model: f for f in fit_reliability(t, [1000] * 6, shares.tolist(), 0.75)}
    expected = -60 * np.log(0.75) if model == "exponential" else 60 * np.log(0.75) ** 2
    assert fits[model].interval == pytest.approx(expected, rel=1e-3)
    assert fits[model].aic <= min(f.aic for f in fits.values()) + 4


def test_wrong_use_is_refused():
    with pytest.raises(BadTarget):
        interval_test([True], 365, 1.0)
    with pytest.raises(TooLittleHistory):
        staircase([], 1.0, 365)
    with pytest.raises(TooLittleHistory):
        drift_model([1, 2], [0.1, 0.2], order=2, y0=0, u0=1)
    with pytest.raises(TargetOutOfReach):
        drift_model(DAYS, CHANGES, order=2, y0=10.03, u0=0.28).interval_for_uncertainty(0.1)
