"""NIST Statistical Reference Datasets: univariate, ANOVA, linear, nonlinear from both starts."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from hengliang.metrology.regression import LinearFit, fit_linear, fit_nonlinear, fit_polynomial
from hengliang.metrology.regression.univariate import one_way_anova, summarise
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped
from hengliang.metrology.validation.formula import compile_formula

LINEAR_DIGITS = 9.0
NONLINEAR_DIGITS = 6.0
# Residuals below this share of the readings are rounding: float64 can't hold 6 digits of their square.
_ROUNDING = 1e-9


def _univariate(entry: Entry) -> Iterator[Outcome]:
    found = summarise(entry.data["data_text"])
    computed = {"mean": found.mean, "sd": found.sd, "r1": found.autocorrelation}
    for name, expected in entry.data["expected"].items():
        yield Check.to_digits(name, expected, computed[name], LINEAR_DIGITS)


def _anova(entry: Entry) -> Iterator[Outcome]:
    found = one_way_anova(entry.data["groups_text"])
    for name, expected in entry.data["expected"].items():
        yield Check.to_digits(name, expected, getattr(found, name.lower()), LINEAR_DIGITS)


def _linear(entry: Entry) -> Iterator[Outcome]:
    columns = list(zip(*entry.data["rows_text"], strict=True))
    y, terms = columns[0], columns[1:]
    fit = _fit_linear(entry.data["model"], y, terms, intercept="B0" in entry.data["expected"]["params"])
    yield from _compare(entry.data["expected"], fit, "", LINEAR_DIGITS, LINEAR_DIGITS)


def _fit_linear(model: str, y: Any, terms: list[Any], *, intercept: bool) -> LinearFit:
    if model.startswith("polynomial degree"):
        return fit_polynomial(terms[0], y, int(model.split()[-1]))
    constant = [["1"] * len(y)] if intercept else []
    return fit_linear([*constant, *terms], y, intercept=intercept)


def _nonlinear(entry: Entry) -> Iterator[Outcome]:
    rows = np.array(entry.data["rows"], dtype=float)
    left, right = (part.strip() for part in entry.data["model"].split("="))
    names = tuple(entry.data["expected"]["params"])
    y = compile_formula(left)({"y": rows[:, 0]})
    predictors = {"x": rows[:, 1]} | {f"x{j}": rows[:, j] for j in range(1, rows.shape[1])}
    formula = compile_formula(right)

    def model(x: dict[str, Any], b: Any) -> Any:
        """The certified model with its parameters by position, as the fit asks for it."""
        return formula(x | dict(zip(names, b, strict=True)))

    for start in (key for key in ("start1", "start2") if key in entry.data):
        fit = fit_nonlinear(model, predictors, y, [entry.data[start][name] for name in names], names=names)
        noise = fit.residual_sd < _ROUNDING * float(np.abs(y).max())
        second = None if noise else NONLINEAR_DIGITS
        yield from _compare(entry.data["expected"], fit, f"{start}/", NONLINEAR_DIGITS, second)


def _compare(
    expected: dict[str, Any], fit: LinearFit, where: str, first: float, second: float | None
) -> Iterator[Outcome]:
    """Parameters to `first` digits; what rests on the residuals to `second`, unless they are rounding."""
    for (name, value), computed in zip(expected["params"].items(), fit.coefficients.tolist(), strict=True):
        yield Check.to_digits(f"{where}{name}", value, computed, first)
    if second is None:
        yield Skipped(f"{where}sd, rss", "the residuals are of the size of float64 rounding")
        return
    for (name, value), computed in zip(expected["sd"].items(), fit.u.tolist(), strict=True):
        yield Check.to_digits(f"{where}sd({name})", value, computed, second)
    for name, computed in (("rss", fit.rss), ("residual_sd", fit.residual_sd), ("r_squared", fit.r_squared)):
        if name in expected:
            yield Check.to_digits(f"{where}{name}", expected[name], computed, second)


def _kind(kind: str) -> Any:
    return lambda entry: entry.data.get("kind") == kind


ADAPTERS = (
    Adapter("StRD univariate", _kind("univariate"), _univariate),
    Adapter("StRD one-way ANOVA", _kind("one_way_anova"), _anova),
    Adapter("StRD linear", _kind("linear_regression"), _linear),
    Adapter("StRD nonlinear", _kind("nonlinear_regression"), _nonlinear),
)
