import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.uncertainty import Budget, Input, Model, Normal, Rectangular, quantity
from hengliang.metrology.uncertainty.errors import (
    CorrelationError,
    CorrelationNotPositive,
    DegreesOfFreedomUnknown,
    InputError,
    InputsMismatch,
    NotFiniteAtEstimates,
    NotReachable,
    OneOutputNeeded,
    SeriesDoesNotHold,
)
from tests.metrology.uncertainty.examples_of_budgets import end_gauge


def test_end_gauge():
    """JCGM 100:2008, H.1: u_c = 32 nm, ν_eff = 16, U_99 = 93 nm with k = 2.92; 34 nm with second order."""
    result = end_gauge().first_order()
    expanded = result.expanded(p=0.99)
    assert result.value == 50000838
    assert result.u == pytest.approx(32, abs=0.5)
    assert math.floor(result.dof) == 16
    assert (expanded.k, expanded.U) == pytest.approx((2.92, 93), abs=0.5)
    assert end_gauge().second_order()[0].u == pytest.approx(34, abs=0.5)


def test_against_gtc():
    gtc = pytest.importorskip("GTC", reason="the oracle GTC is not installed")
    ls, d = gtc.ureal(50000623, 25, 18), gtc.ureal(215, 9.7, 25.6)
    da, th = gtc.ureal(0, 0.58e-6, 50), gtc.ureal(-0.1, 0.41)
    a, dt = gtc.ureal(11.5e-6, 1.2e-6), gtc.ureal(0, 0.029, 2)
    length = ls + d - ls * (da * th + a * dt)
    ours = end_gauge().first_order()
    assert (ours.value, ours.u, ours.dof) == pytest.approx((length.x, length.u, length.df), rel=1e-12)


def test_correlated_inputs_by_hand():
    """u² of a + b with r: u_a² + u_b² + 2 r u_a u_b = 9 + 16 + 2·0.5·12 = 37; of a - b: 13."""
    inputs, r = [quantity("a", 1, 3), quantity("b", 2, 4)], {("a", "b"): 0.5}
    assert Budget("a + b", inputs, correlations=r).first_order().u == pytest.approx(math.sqrt(37))
    assert Budget("a - b", inputs, correlations=r).first_order().u == pytest.approx(math.sqrt(13))


def test_fully_correlated_resistors():
    """JCGM 100:2008, 5.2.2, example: ten 1 kΩ resistors, u = 0.1 Ω, r = 1, in series: u = 1 Ω, not 0.32 Ω."""
    names = [f"R{n}" for n in range(10)]
    inputs = [quantity(name, 1000, 0.1) for name in names]
    pairs = {(a, b): 1.0 for n, a in enumerate(names) for b in names[:n]}
    assert Budget(" + ".join(names), inputs, correlations=pairs).first_order().u == pytest.approx(1.0)


def test_shares_of_the_budget_add_up():
    for correlations in ({}, {("theta", "alpha_s"): 0.3, ("ls", "d"): -0.5}):
        rows = end_gauge(correlations=correlations).first_order().contributions()
        assert math.fsum(row.share for row in rows) == pytest.approx(1.0)


def test_outputs_have_a_covariance():
    """X = a + b, Y = a - b with u_a = 3, u_b = 4: cov = 9 - 16 = -7."""
    result = Budget("X = a + b; Y = a - b", [quantity("a", 1, 3), quantity("b", 2, 4)]).first_order()
    assert result.covariance == pytest.approx(np.array([[25, -7], [-7, 25]]))
    assert result["Y"].value == -1
    with pytest.raises(OneOutputNeeded, match="X, Y"):
        _ = result.u


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(0.01, 2), st.floats(0.01, 2), st.floats(-1, 1))
def test_linear_models_are_exact(p, q, u, v, r):
    """u² of p x + q y is p²u² + q²v² + 2 r p q u v, for any signs."""
    inputs = [quantity("x", 1, u), quantity("y", 2, v)]
    model = Model(lambda x, y: p * x + q * y)
    got = Budget(model, inputs, correlations={("x", "y"): r}).first_order().u
    assert got**2 == pytest.approx(p * p * u * u + q * q * v * v + 2 * r * p * q * u * v, rel=1e-9, abs=1e-9)


@given(st.permutations(["ls", "d", "dalpha", "theta", "alpha_s", "dtheta"]))
def test_order_of_the_inputs_does_not_matter(order):
    by_name = {i.name: i for i in end_gauge().inputs}
    shuffled = Budget(end_gauge().model, [by_name[name] for name in order]).first_order()
    assert (shuffled.value, shuffled.u, shuffled.dof) == (
        50000838,
        end_gauge().first_order().u,
        end_gauge().first_order().dof,
    )


def test_degrees_of_freedom_of_correlated_readings():
    """Inputs of the same five readings count as one component with ν = 4."""
    pair = [quantity("a", 1, 0.1, dof=4), quantity("b", 1, 0.2, dof=4)]
    assert Budget("a*b", pair, correlations={("a", "b"): 0.5}).first_order().dof == pytest.approx(4)
    other = [quantity("a", 1, 0.1, dof=4), quantity("b", 1, 0.2, dof=9)]
    result = Budget("a*b", other, correlations={("a", "b"): 0.5}).first_order()
    with pytest.raises(DegreesOfFreedomUnknown, match="give k"):
        result.expanded(p=0.95)
    assert result.expanded(k=2).k == 2


def test_contradictory_correlations_are_refused():
    inputs = [quantity(name, 1, 1) for name in "abc"]
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.9, ("a", "c"): -0.9}
    with pytest.raises(CorrelationNotPositive) as caught:
        Budget("a + b + c", inputs, correlations=pairs).first_order()
    assert caught.value.parameters["eigenvalue"] == pytest.approx(-0.8)  # 1 - 2·0.9


@pytest.mark.parametrize(
    "pairs", [{("a", "z"): 0.1}, {("a", "a"): 1.0}, {("a", "b"): 1.1}, {("a", "b"): 0.1, ("b", "a"): 0.2}]
)
def test_senseless_correlations_are_refused(pairs):
    with pytest.raises(CorrelationError):
        Budget("a + b", [quantity("a", 1, 1), quantity("b", 1, 1)], correlations=pairs).first_order()


def test_missing_and_superfluous_inputs_are_named():
    with pytest.raises(InputsMismatch, match=r"Missing inputs: \['b'\]"):
        Budget("a + b", [quantity("a", 1, 1)])
    with pytest.raises(InputsMismatch, match=r"named twice: \['a'\]"):
        Budget("a + a", [quantity("a", 1, 1), quantity("a", 1, 1)])


def test_no_derivative_at_the_estimate():
    with pytest.raises(NotFiniteAtEstimates, match=r"derivative at the estimates a = 0"):
        Budget("sqrt(a)", [quantity("a", 0, 1)]).first_order()
    with pytest.raises(NotFiniteAtEstimates, match="value"):
        Budget("log(a)", [quantity("a", -1, 1)]).first_order()


def test_required_input_uncertainty():
    """u_c² = 3² + 4²; for u_c = 4.5 the 4 may be √(20.25 - 9) = 3.354; with r the quadratic is solved."""
    budget = Budget("a + b", [quantity("a", 1, 3), quantity("b", 2, 4)])
    assert budget.required_u("b", 4.5) == pytest.approx(math.sqrt(11.25))
    with pytest.raises(NotReachable, match="improve another input first"):
        budget.required_u("b", 2.9)
    related = Budget("a + b", [quantity("a", 1, 3), quantity("b", 2, 4)], correlations={("a", "b"): 0.5})
    wanted = related.required_u("b", 5.0)
    check = Budget("a + b", [quantity("a", 1, 3), quantity("b", 2, wanted)], correlations={("a", "b"): 0.5})
    assert check.first_order().u == pytest.approx(5.0)


def test_second_order_of_a_product():
    """u² of x y at (0, 0): u_x² u_y² exactly; first order gives 0."""
    second = Budget("x*y", [quantity("x", 0, 2), quantity("y", 0, 3)]).second_order()[0]
    assert (second.first.u, second.u, second.bias) == (0.0, pytest.approx(6.0), 0.0)


@pytest.mark.parametrize("r", [0.0, 0.9])
def test_second_order_of_squares_is_exact_for_normal_inputs(r):
    """x² + y² at x = 0.05, u = 0.005: variance 4x²u² + 4u⁴(1 + r²). Own derivation by Isserlis' theorem."""
    inputs = [quantity("x", 0.05, 0.005), quantity("y", 0, 0.005)]
    second = Budget("x^2 + y^2", inputs, correlations={("x", "y"): r}).second_order()[0]
    assert second.u**2 == pytest.approx(4 * 0.05**2 * 0.005**2 + 4 * 0.005**4 * (1 + r * r), rel=1e-12)
    assert second.bias == pytest.approx(2 * 0.005**2)


def test_expanded_needs_no_degrees_of_freedom_for_normal_inputs():
    result = Budget("a", [Input("a", Rectangular(-1, 1))]).first_order()
    assert result.expanded(p=0.95).k == pytest.approx(1.95996, abs=1e-5)
    assert result.expanded().interval == pytest.approx((-2 / math.sqrt(3), 2 / math.sqrt(3)))
    assert Budget("a", [Input("a", Normal(1, 0))]).first_order().u == 0


def test_a_function_is_a_model_too():
    inputs = [quantity("V", 5, 0.01), quantity("R", 0.02, 0.0001)]
    assert Budget(lambda V, R: V / R, inputs).first_order().u == Budget("V/R", inputs).first_order().u


@pytest.mark.parametrize("formula", ["abs(a)", "min(a, b)", "max(a, b)", "abs(a - b)", "max(a, 0)"])
def test_where_there_is_no_slope_none_is_counted_as_zero(formula):
    """|x| at x = 0: the first order would say u = 0, Monte Carlo says √(1 - 2/π)."""
    budget = Budget(Model(f"y = {formula} + 0*b", inputs=["a", "b"]), [quantity("a", 0, 1), quantity("b", 0, 1)])
    with pytest.raises(NotFiniteAtEstimates, match="derivative"):
        budget.first_order()
    assert budget.monte_carlo(trials=50_000).u > 0.5


@given(a=st.floats(0.01, 9), b=st.floats(-9, 9))
def test_slopes_beside_the_edge(a, b):
    at = [quantity("a", a, 0.1), quantity("b", b, 0.2)]
    assert Budget("abs(a) + 0*b", at).first_order().u == pytest.approx(0.1)
    if a != b:
        assert Budget("min(a, b)", at).first_order().u == pytest.approx(0.1 if a < b else 0.2)
    assert Budget("abs(a) + 0*b", at).second_order()[0].u == pytest.approx(0.1)


def test_second_order_refuses_where_the_series_has_no_sense():
    """x^1.5 has a slope at 0 and no curvature; sin x with u = 2 has ν² = u² - u⁴ < 0."""
    with pytest.raises(NotFiniteAtEstimates, match="second or third"):
        Budget("x^1.5", [quantity("x", 0, 0.1)]).second_order()
    with pytest.raises(SeriesDoesNotHold, match="Monte Carlo"):
        Budget("sin(x)", [quantity("x", 0, 2)]).second_order()


@pytest.mark.parametrize("asked", [{"k": 0}, {"k": -2}, {"k": math.nan}, {"k": math.inf}, {"k": 2, "p": 0.95}])
def test_a_coverage_factor_is_positive_and_stands_alone(asked):
    with pytest.raises(InputError, match="k"):
        Budget("a", [quantity("a", 1, 0.1)]).first_order().expanded(**asked)


@pytest.mark.parametrize("target", [0, -0.1, math.nan, math.inf])
def test_a_target_is_an_uncertainty(target):
    with pytest.raises(InputError, match="positive and finite"):
        Budget("a", [quantity("a", 1, 0.1)]).required_u("a", target)


@pytest.mark.parametrize("pairs", [{("a", "b"): "x"}, {("a", "b", "c"): 0.1}, {"ab": 0.1}])
def test_correlations_are_written_as_pairs(pairs):
    with pytest.raises(CorrelationError, match="write"):
        Budget("a + b", [quantity("a", 1, 0.1), quantity("b", 1, 0.1)], correlations=pairs)


@pytest.mark.parametrize("inputs", [None, "a", ["a"], {"a": 1}])
def test_inputs_are_records(inputs):
    with pytest.raises(InputError, match="input record"):
        Budget("a", inputs)


@pytest.mark.parametrize("wrong", [{"unit": 3}, {"source": None}, {"evaluation": "C"}, {"key": []}])
def test_an_input_record_holds_text(wrong):
    with pytest.raises(InputError, match="its "):
        Input("a", Normal(1, 0.1), **wrong)
