import numpy as np
import pytest

from hengliang.metrology.uncertainty import Budget, Model, propagate_batch, quantity
from hengliang.metrology.uncertainty.errors import CorrelationError, CorrelationNotPositive, InputError, InputsMismatch

MODEL = Model("R = V/I*cos(phi); P = V*I")
RNG = np.random.default_rng(2)
N = 9001  # not a multiple of the chunk
VALUES = {"V": RNG.uniform(1, 9, N), "I": RNG.uniform(0.1, 1, N), "phi": 0.3}
U = {"V": RNG.uniform(0.01, 0.1, N), "I": 0.001, "phi": RNG.uniform(0, 0.01, N)}
DOF = {"V": 5.0, "I": RNG.uniform(3, 30, N)}


@pytest.mark.parametrize("correlations", [{}, {("V", "I"): -0.4}])
def test_every_point_equals_its_own_budget(correlations):
    batch = propagate_batch(MODEL, VALUES, U, dof=DOF, correlations=correlations)
    for n in (0, 4095, 4096, N - 1):
        inputs = [
            quantity("V", VALUES["V"][n], U["V"][n], dof=5.0),
            quantity("I", VALUES["I"][n], 0.001, dof=DOF["I"][n]),
            quantity("phi", 0.3, U["phi"][n]),
        ]
        one = Budget(MODEL, inputs, correlations=correlations).first_order()
        for name in ("R", "P"):
            assert batch[name].value[n] == pytest.approx(one[name].value, rel=1e-12)
            assert batch[name].u[n] == pytest.approx(one[name].u, rel=1e-12)
            if not correlations:
                assert batch[name].dof[n] == pytest.approx(one[name].dof, rel=1e-12)


def test_points_outside_the_domain_are_nan_not_an_error():
    batch = propagate_batch(Model("y = sqrt(a)"), {"a": np.array([4.0, -1.0])}, {"a": 0.1})["y"]
    assert batch.value[0] == 2
    assert batch.u[0] == pytest.approx(0.025)
    assert np.isnan(batch.value[1])
    assert np.isinf(batch.dof[0])


def test_names_are_checked():
    with pytest.raises(InputsMismatch):
        propagate_batch(MODEL, {"V": 1.0}, {})
    with pytest.raises(CorrelationError):
        propagate_batch(MODEL, VALUES, U, correlations={("V", "nothing"): 0.1})


def test_an_uncertainty_of_an_unknown_input_is_not_passed_over():
    """Else a mistyped name would make the input exact."""
    for wrong in ({"u": {"v": 0.1}}, {"u": {}, "dof": {"v": 5}}):
        with pytest.raises(InputsMismatch, match="'v'"):
            propagate_batch(MODEL, VALUES, **wrong)


def test_columns_are_checked():
    with pytest.raises(InputError, match="as many of each"):
        propagate_batch(MODEL, {"V": [1, 2], "I": [1, 2, 3], "phi": 0}, {})
    with pytest.raises(InputError, match="not negative"):
        propagate_batch(MODEL, VALUES, {"V": -0.1})
    with pytest.raises(InputError, match="positive"):
        propagate_batch(MODEL, VALUES, U, dof={"V": 0})
    with pytest.raises(CorrelationNotPositive):
        pairs = {("V", "I"): 0.9, ("I", "phi"): 0.9, ("V", "phi"): -0.9}
        propagate_batch(MODEL, VALUES, U, correlations=pairs)
    with pytest.raises(CorrelationError, match="between -1 and 1"):
        propagate_batch(MODEL, VALUES, U, correlations={("V", "I"): 2})
