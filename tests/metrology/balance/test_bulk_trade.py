"""Main against check."""

import numpy as np
import pytest

from hengliang.metrology.balance import BadShape, MeteringPoint, TooFewTests, compare_main_check


def compare(main, check, **how):
    given = {"points": (MeteringPoint(), MeteringPoint()), "limit": 0.002, "tan_phi": 0.3, "resolution": (0.001, 0.001)}
    return compare_main_check(main, check, **{**given, **how})


@pytest.fixture
def energy():
    return 1000 + 100 * np.sin(np.arange(60.0))


def test_the_combined_error_by_hand():
    """10' at tan phi 0.75: 10 * 2.9089e-4 * 0.75 = 2.1817e-3; the voltage's displacement counts against it."""
    point = MeteringPoint(0.001, -0.0005, 0.0002, 10.0, 4.0, -0.0003)
    assert point.combined_error(0.75) == pytest.approx(0.0004 - 6 * 2.9089e-4 * 0.75, rel=1e-4)


def test_agreement_disagreement_and_too_near(energy):
    assert compare(energy, energy).reason.code == "check_agrees"
    assert compare(energy * 1.004, energy).reason.code == "check_disagrees"
    near = (MeteringPoint(uncertainty=0.0003), MeteringPoint(uncertainty=0.0003))
    assert compare(energy * 1.0018, energy, points=near).reason.code == "check_undecided"


def test_known_errors_are_taken_off(energy):
    points = (MeteringPoint(meter=0.004), MeteringPoint())
    found = compare(energy * 1.004, energy, points=points)
    assert found.state == "good" and found.difference == pytest.approx(0, abs=1e-12)


def test_an_uncertain_point_decides_nothing(energy):
    points = (MeteringPoint(uncertainty=0.002), MeteringPoint())
    assert compare(energy, energy, points=points).reason.code == "check_too_uncertain"


def test_a_drift_is_suspect_before_the_mean_is_beyond(energy):
    drifting = energy * (1 + np.linspace(-0.0015, 0.0015, 60))
    assert compare(drifting, energy).reason.code == "check_drifts"


def test_without_energy_or_periods(energy):
    assert compare(np.zeros(20), np.zeros(20)).reason.code == "no_energy"
    with pytest.raises(TooFewTests):
        compare(energy[:5], energy[:5])
    with pytest.raises(BadShape):
        compare(energy, energy[:5])
