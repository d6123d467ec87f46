"""What is missing is bridged, and charged."""

from dataclasses import replace

import numpy as np
import pytest

from hengliang.metrology.balance import BadShape, Gauge, Meter, from_increments, from_registers
from tests.metrology.balance.district import HOUR, MONDAY

METERS = (Meter("a", 0.1), Meter("b", 0.1))


def node(registers, inflow, **more):
    return from_registers(
        node="N", domain="electricity", start=MONDAY, period=HOUR, meters=METERS, registers=registers, inflow=inflow,
        inflow_resolution=0.0, gauge=Gauge(0.005), **more,
    )  # fmt: skip


def test_a_lost_reading_keeps_the_sum_and_follows_the_master():
    registers = np.array([[0, 1, np.nan, 4, 6, 7.0], [0, 2, 4, 6, 8, 10.0]])
    data = node(registers, np.array([0.0, 3, 5, 9, 13, 16]))
    assert data.increments[0] == pytest.approx([1, 1, 2, 2, 1])  # 3 divided as the master's 2 : 4
    assert data.boundary_variance[2] > data.boundary_variance[1] == pytest.approx(2 * 0.1**2 / 12)
    assert data.missing == pytest.approx([1 / 6, 0])


def test_a_longer_gap_is_charged_to_its_periods():
    registers = np.array([[0, 1, np.nan, np.nan, 4, 6.5, 7], [0, 2, 4, 6, 8, 10, 12.0]])
    data = node(registers, None)
    assert data.increments[0, 1:4].sum() == pytest.approx(3)
    assert (data.period_variance > 0).tolist() == [False, True, True, True, False, False]
    assert data.inflow is None


def test_the_rise_of_the_stock_is_no_outflow():
    registers = np.array([[0, 5, 10.0, 10], [0, 5, 10, 10.0]])
    data = node(registers, np.array([0.0, 0, 30, 30]), stock=np.array([100.0, 90, 110, 110]), stock_uncertainty=2.0)
    assert data.inflow == pytest.approx([10, 10, 0])
    assert data.boundary_variance == pytest.approx(4.0 + 2 * 0.1**2 / 12)


def test_a_meter_counts_only_while_it_hangs_here():
    registers = np.array([[np.nan, 1, 2, 3.0], [0, 1, 2, np.nan]])
    data = node(registers, np.array([0.0, 1, 3, 4]), covered=((1, 3), (0, 2)))
    assert data.increments == pytest.approx(np.array([[0, 1, 1], [1, 1, 0.0]]))
    assert data.missing == pytest.approx([0, 0])


def test_interval_data_are_estimated_where_missing():
    data = from_increments(
        node="N", domain="water", start=MONDAY, period=HOUR, meters=METERS,
        increments=np.array([[1, np.nan, 2, 1], [1, 1, 2.0, 1.5]]), inflow=np.array([2, 2, 4, np.nan]),
        gauge=Gauge(0.01),
    )  # fmt: skip
    assert data.increments[0, 1] == pytest.approx(1.0, abs=0.15)
    assert data.inflow_missing == 0.25 and data.period_variance[3] > 0


def test_shapes_are_refused():
    with pytest.raises(BadShape):
        node(np.zeros((3, 4)), None)
    with pytest.raises(BadShape, match="covariate power_square"):
        node(np.zeros((2, 4)), np.zeros(4), covariates={"power_square": np.zeros(9)})


def test_data_are_checked_when_changed():
    data = node(np.zeros((2, 4)), np.zeros(4))
    with pytest.raises(BadShape, match="missing"):
        replace(data, missing=np.zeros(1))
