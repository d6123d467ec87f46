import math

import numpy as np
import pytest

from hengliang.metrology.uncertainty import (
    Budget,
    Model,
    autocorrelated,
    bessel,
    correlation_of_means,
    evaluate_each,
    pooled,
    range_method,
    with_known_s,
)
from hengliang.metrology.uncertainty.errors import InputError, TooFewReadings

V = [5.007, 4.994, 5.005, 4.990, 4.999]  # JCGM 100:2008, Table H.2
I = [0.019663, 0.019639, 0.019640, 0.019685, 0.019678]  # noqa: E741
PHI = [1.0456, 1.0438, 1.0468, 1.0428, 1.0433]


def test_bessel_on_the_voltage_of_annex_h2():
    """JCGM 100:2008, Table H.2: mean 4.9990 V, s of the mean 0.0032 V."""
    result = bessel(V)
    assert (round(result.mean, 4), round(result.u, 4), result.dof) == (4.999, 0.0032, 4)


def test_range_method():
    """Five readings, range 0.017: s = 0.017/2.33, ν = 3.6. Coefficients: JJF 1059.1-2012, Table 1."""
    result = range_method(V)
    assert (result.s, result.dof) == (pytest.approx(0.017 / 2.33), 3.6)
    with pytest.raises(InputError, match="use bessel"):
        range_method(range(10))


@pytest.mark.parametrize("n", range(2, 10))
def test_range_coefficients_against_simulation(n):
    """C_n is the mean range of n standard normal readings."""
    draws = np.random.default_rng(n).standard_normal((200_000, n))
    expected = float(np.ptp(draws, axis=1).mean())
    assert float(np.ptp([0.0, 1.0])) / range_method([0.0, *[0.5] * (n - 2), 1.0]).s == pytest.approx(expected, abs=0.01)


def test_pooled_counts_all_degrees_of_freedom():
    """Groups (1, 2, 3) and (4, 6): squares 2 + 2, ν = 3, s = √(4/3); mean of two readings: u = s/√2."""
    result = pooled([[1, 2, 3], [4, 6]], [10, 12])
    assert (result.mean, result.dof) == (11, 3)
    assert result.u == pytest.approx(math.sqrt(4 / 3) / math.sqrt(2))


def test_known_s_allows_a_single_reading():
    assert with_known_s([7.0], 0.2, 19).u == 0.2


def test_correlation_of_means():
    """JCGM 100:2008, Table H.2: r(V, I) = -0.36, r(V, φ) = 0.86, r(I, φ) = -0.65."""
    pairs = [(V, I), (V, PHI), (I, PHI)]
    assert [round(correlation_of_means(*p), 2) for p in pairs] == [-0.36, 0.86, -0.65]


def test_simultaneous_readings():
    """JCGM 100:2008, H.2.4: R = 127.732(71), X = 219.847(295), Z = 254.260(236), r -0.588 -0.485 0.993."""
    model = Model("R = V/I*cos(phi); X = V/I*sin(phi); Z = V/I", outputs=["R", "X", "Z"])
    result = evaluate_each(model, {"V": V, "I": I, "phi": PHI})
    assert [round(o.mean, 3) for o in result.outputs.values()] == [127.732, 219.847, 254.260]
    assert [round(o.u, 3) for o in result.outputs.values()] == [0.071, 0.295, 0.236]
    assert result.correlation[np.triu_indices(3, 1)].round(3) == pytest.approx([-0.588, -0.485, 0.993])
    with pytest.raises(InputError):
        evaluate_each(Model("a + b"), {"a": [1, 2, 3], "b": [1, 2]})


def test_autocorrelation_of_a_known_process():
    """AR(1) with φ = 0.7: the variance of the mean is (1 + φ)/(1 - φ) = 5.67 times the naive one, n large."""
    rng, ratios = np.random.default_rng(3), []
    for _ in range(30):
        x = np.zeros(2000)
        noise = rng.standard_normal(2000)
        for k in range(1, 2000):
            x[k] = 0.7 * x[k - 1] + noise[k]
        ratios.append((autocorrelated(x).u / bessel(x).u) ** 2)
    assert np.median(ratios) == pytest.approx(17 / 3, rel=0.35)


def test_independent_readings_are_left_alone():
    x = np.random.default_rng(5).standard_normal(12)
    assert autocorrelated(x).u >= bessel(x).u


@pytest.mark.parametrize(("function", "needed"), [(bessel, 2), (range_method, 2), (autocorrelated, 8)])
def test_too_few_readings(function, needed):
    with pytest.raises(TooFewReadings, match=f"take at least {needed}"):
        function([1.0] * (needed - 1))


def test_a_missing_reading_is_named():
    with pytest.raises(InputError, match="reading 2 of 3"):
        bessel([1.0, math.nan, 3.0])


def test_as_input_of_a_budget():
    budget = Budget("2*a", [bessel([1.0, 2.0, 3.0]).as_input("a", unit="g", source="record 7")])
    result = budget.first_order()
    assert (result.value, result.dof) == (4.0, pytest.approx(2))
    assert budget.inputs[0].evaluation == "A"
