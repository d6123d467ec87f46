"""Each kind of node closes with its own losses."""

import numpy as np
import pytest

from hengliang.metrology.balance import DOMAINS, Gauge, Meter, evaluate, from_registers, statistics
from tests.metrology.balance.district import HOUR, MONDAY, loads, registers

LOSSES = {
    "electricity": {"power_square": 0.02},
    "ev_station": {"power_square": 0.02},
    "fuel_tank": {"expansion": 0.01},
    "water": {"leakage_pressure": 0.03},
    "gas": {"pressure_change": 0.01, "volume_temperature": 0.01},
    "heat": {"temperature_over_ground": 0.05},
}


@pytest.mark.parametrize("name", DOMAINS)
def test_a_wrong_meter_is_found_in(name):
    rng = np.random.default_rng(3)
    n, periods = 8, 168 * 4
    flow = loads(rng, n, periods)
    total = flow.sum(axis=0)
    hour = np.arange(periods) / 24
    shapes = {
        "power_square": total**2 / total.mean(),
        "expansion": np.sin(hour * 2 * np.pi) * total.mean(),
        "leakage_pressure": (1 + 0.3 * np.sin(hour * 2 * np.pi)) * total.mean(),
        "pressure_change": rng.standard_normal(periods) * total.mean(),
        "volume_temperature": np.cos(hour * 2 * np.pi) * total.mean(),
        "temperature_over_ground": (1 + 0.2 * np.cos(hour / 9)) * total.mean(),
    }
    lost = sum(size * shapes[key] for key, size in LOSSES[name].items())
    error = np.zeros(n)
    error[2] = 0.08
    inflow = (total + lost) * (1 + 3e-4 * rng.standard_normal(periods))
    data = from_registers(
        node="N", domain=name, start=MONDAY, period=HOUR, meters=tuple(Meter(f"m{j}", 0.001) for j in range(n)),
        registers=registers(flow * (1 + error[:, None]), 0.001), inflow=np.r_[0.0, np.cumsum(inflow)],
        inflow_resolution=0.001, gauge=Gauge(0.003), covariates={key: shapes[key] for key in DOMAINS[name].covariates},
    )  # fmt: skip
    found = evaluate(statistics(data), limit=0.03)
    assert [m.meter for m in found.meters if m.state == "suspect"] == ["m2"]
    assert found.meters[2].error == pytest.approx(0.08, abs=0.006)
    assert sum(m.state == "good" for m in found.meters) == n - 1


def test_without_covariates_stand_ins_serve():
    inflow = np.array([1.0, 2.0, 3.0])
    names = {name: [term.name for term in DOMAINS[name].losses("N", inflow, 3, {})] for name in DOMAINS}
    assert names["electricity"] == ["fixed", "copper"]
    assert names["fuel_tank"] == ["fixed"]
    assert names["heat"] == ["pipes"]
    copper = DOMAINS["electricity"].losses("N", inflow, 3, {})[1]
    assert copper.values == pytest.approx(inflow**2 / 2) and copper.varying


def test_holes_in_a_covariate_are_filled_by_its_course_not_by_its_mean():
    inflow = np.array([1.0, 2.0, 3.0, 10.0])
    square = np.array([2.0, 8.0, 18.0, np.nan])  # twice the square of the inflow
    copper = DOMAINS["electricity"].losses("N", inflow, 4, {"power_square": square})[1]
    assert copper.values == pytest.approx([2.0, 8.0, 18.0, 200.0])
    pressure = np.array([1.0, np.nan, 3.0, np.nan])
    (leakage,) = DOMAINS["water"].losses("N", inflow, 4, {"leakage_pressure": pressure})
    assert leakage.values == pytest.approx([1.0, 2.0, 3.0, 3.0])


def test_a_covariate_of_holes_alone_was_not_collected():
    nothing = np.full(3, np.nan)
    (leakage,) = DOMAINS["water"].losses("N", np.ones(3), 3, {"leakage_pressure": nothing})
    assert leakage.values == pytest.approx(np.ones(3))
    assert [t.name for t in DOMAINS["fuel_tank"].losses("N", np.ones(3), 3, {"expansion": nothing})] == ["fixed"]
