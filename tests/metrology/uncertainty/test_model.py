import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.metrology.uncertainty import Model
from hengliang.metrology.uncertainty.buffers import Buffers
from hengliang.metrology.uncertainty.errors import FormulaError, InputsMismatch, ModelError, NotTraceable

FUNCTIONS = "sqrt exp expm1 log log1p log10 log2 sin cos tan arcsin arccos arctan sinh cosh tanh abs"  # in (0, 1)


def test_function_and_formula_are_one_model():
    traced = Model(lambda U, R, phi: U / R * np.cos(phi))
    read = Model("y = U/R*cos(phi)")
    assert traced.inputs == read.inputs == ("U", "R", "phi")
    assert traced.formula == read.formula == "y = U/R*cos(phi)"


@pytest.mark.parametrize("name", FUNCTIONS.split())
def test_derivative_of_each_function(name):
    model = Model(f"y = {name}(x)")
    (value, slope), h = model.jacobian_tape.point([0.4]), 1e-6
    ahead, behind = (model.tape.point([0.4 + s * h])[0] for s in (1, -1))
    assert value == pytest.approx(getattr(np, name)(0.4), rel=1e-15)
    assert slope == pytest.approx((ahead - behind) / (2 * h), rel=1e-8)


@pytest.mark.parametrize(
    "formula", ["a*b", "a/b", "a^b", "a^3", "a^-2", "a^0.5", "arctan2(a, b)", "min(a, b)", "a - b"]
)
def test_derivatives_of_two_arguments(formula):
    model, at, h = Model(f"y = {formula} + 0*a*b"), {"a": 1.3, "b": 0.7}, 1e-6
    point = [at[name] for name in model.inputs]
    slopes = model.jacobian_tape.point(point)[1:]
    for position, slope in enumerate(slopes):
        ends = [[x + s * h * (n == position) for n, x in enumerate(point)] for s in (1, -1)]
        difference = (model.tape.point(ends[0])[0] - model.tape.point(ends[1])[0]) / (2 * h)
        assert slope == pytest.approx(difference, rel=1e-8)


@given(st.floats(0.1, 10), st.floats(0.1, 10))
def test_arrays_and_points_agree(a, b):
    model = Model("y = a^3/b - sqrt(a*b) + exp(-a) + a^(-2)")
    point = model.jacobian_tape.point([a, b])
    arrays = model.jacobian_tape.arrays([np.array([a]), np.array([b])])
    assert [float(np.ravel(x)[0]) for x in arrays] == pytest.approx(point, rel=1e-12)


@given(
    st.recursive(
        st.sampled_from(["a", "b", "2", "0.5"]),
        lambda parts: st.tuples(parts, st.sampled_from(["+", "-", "*", "/", "^"]), parts).map(
            lambda t: f"({t[0]}{t[1]}{t[2]})"
        ),
        max_leaves=8,
    )
)
def test_written_formula_reads_back_as_the_same_model(text):
    try:
        model = Model(f"y = {text} + a + b")
    except FormulaError:  # 0.5/(2 - 2) and the like
        return
    again = Model(model.formula, inputs=model.inputs, outputs=model.outputs)
    assert again.tape.point([1.7, 0.6]) == pytest.approx(model.tape.point([1.7, 0.6]), nan_ok=True)
    assert Model(again.formula).formula == again.formula


def test_several_outputs_share_what_they_have_in_common():
    model = Model("R = Z*cos(phi); X = Z*sin(phi); Z = V/I", outputs=["R", "X", "Z"])
    assert model.outputs == ("R", "X", "Z")
    assert model.formula.splitlines()[0] == "t1 = V/I"
    assert model.evaluate({"V": 10.0, "I": 2.0, "phi": 0.0}) == (5.0, 0.0, 5.0)


@given(st.sampled_from(["a + b*c - d", "a*b + a/c", "d - c*(a - b)^2", "b", "c*3 + exp(a)*exp(a)", "min(d, a) + b"]))
def test_streamed_inputs_give_the_same_as_whole_arrays(formula):
    model = Model(f"y = {formula}; z = a*b", inputs=["a", "b", "c", "d"])
    rng = np.random.default_rng(1)
    values = [rng.random(5) + 1 for _ in range(4)]
    assert np.array_equal(model.tape.streamed((one.copy() for one in values), Buffers(5)), model.tape.arrays(values))


def test_mathematical_typography_is_understood():
    assert Model("y = 2×π·r² − a").evaluate({"r": 1.0, "a": 0.0})[0] == pytest.approx(2 * math.pi)


NO_FORMULA = """y = ¦y = __import__('os')¦y = a.b¦y = a[0]¦y = f(a)¦y = sin(a, b)¦y = 'a'¦y = a if b else c
¦y = lambda: 1¦y = a; y = b¦y = y + 1¦a + b = c¦pi = 3¦y = [a]¦y = a and b¦y = True¦y = sin(x=a)¦y = a := 1
¦y = a + 1/0¦y = a + log(-1)¦y = 9^9^9^9 + a"""


@pytest.mark.parametrize(
    "text",
    ["", *NO_FORMULA.replace("\n", "").split("¦"), f"y = {'(' * 300}a{')' * 300}", "y = a" + "+a" * 20000],
)
def test_what_is_not_a_formula_is_refused(text):
    with pytest.raises(FormulaError):
        Model(text)


def test_deep_formulas_are_refused_not_crashing():
    with pytest.raises(FormulaError):
        Model("y = " + "a+" * 9000 + "a")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        model = Model(text)
    except FormulaError as refused:
        assert refused.parameters["reason"]
    else:
        again = Model(model.formula, outputs=model.outputs)
        assert (again.inputs, again.formula) == (model.inputs, model.formula)


@pytest.mark.parametrize("source", [None, 5, b"y = a", ["a"]])
def test_a_model_is_a_formula_or_a_function(source):
    with pytest.raises(ModelError, match="is a formula or a function, got"):
        Model(source)


@pytest.mark.parametrize("function", [lambda a: [], lambda *, a: a])
def test_functions_that_can_not_be_asked_or_do_not_answer(function):
    with pytest.raises(ModelError, match=r"let the function return one|drop the \*"):
        Model(function)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: math.sin(x),
        lambda x: x if x > 0 else -x,
        lambda x: float(x),
        lambda x: np.heaviside(x, 1),
        lambda *x: x,
    ],
)
def test_untraceable_functions_say_what_to_do(function):
    with pytest.raises(NotTraceable, match="numpy's functions"):
        Model(function)


def test_names_of_inputs_must_match():
    with pytest.raises(InputsMismatch) as caught:
        Model("y = a + b").evaluate({"a": 1, "c": 2})
    assert caught.value.parameters == {"missing": ["b"], "unused": ["c"], "twice": []}
