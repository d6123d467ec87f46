"""The examples of GUM Supplement 1: Monte Carlo beside the law of propagation, first and second order."""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hengliang.metrology.uncertainty import (
    ArcSine,
    Budget,
    Constant,
    CurvilinearTrapezoidal,
    Distribution,
    Input,
    Model,
    MonteCarlo,
    Normal,
    Rectangular,
    StudentT,
    Triangular,
    dof_from_reliability,
    k_normal,
    numerical_tolerance,
    quantity,
)
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped
from hengliang.metrology.validation.tolerance import compared

TRIALS = 4_000_000  # scatter of the ends well below every stated tolerance
_CALL = re.compile(r"^\s*([A-Za-z-]+)(\d*)\s*\(([^)]*)\)\s*$")
_SECTIONS = ("mcm", "guf", "guf1", "guf2")


def _reads(entry: Entry) -> bool:
    expected = entry.data.get("expected")
    if not isinstance(entry.data.get("model"), str) or not isinstance(expected, Mapping):
        return False
    keys = {*expected, *(k for section in _SECTIONS for k in expected.get(section, ()))}
    return any(re.match(r"(shortest|interval|guf_interval)\d*", key) for key in keys)


def _checks(entry: Entry) -> Iterator[Outcome]:
    budget = _budget(entry)
    drawn = budget.monte_carlo(trials=TRIALS, seed=101)
    for name, expected in entry.data["expected"].items():
        if name in _SECTIONS:
            for key, value in expected.items():
                yield from _check(entry, budget, drawn, f"{name}/{key}", value)
        else:
            yield from _check(entry, budget, drawn, name, expected)
    yield from _verdicts(entry, budget)


def _check(entry: Entry, budget: Budget, drawn: MonteCarlo, name: str, expected: Any) -> Iterator[Outcome]:
    section, _, key = name.rpartition("/")
    interval = re.match(r"(guf_interval|interval|shortest)(\d*)$", key)
    if key.endswith("_analytic") and isinstance(expected, str):
        half = float(Model(_formula(expected)).evaluate({})[0])
        yield from _check(entry, budget, drawn, f"{key.removesuffix('_analytic')}", [-half, half])
    elif interval:
        p = float(f"0.{interval[2] or _probability(entry)}")
        ends = _interval(budget, drawn, section or ("guf" if "guf" in key else "mcm"), interval[1], p)
        for end, wanted, computed in zip(("low", "high"), expected, ends, strict=True):
            yield compared(entry, f"{name}/{end}", wanted, computed, "ends")
    elif key.endswith("_analytic") and isinstance(expected, int | float):
        yield Check.to_digits(name, expected, _second(budget)[0 if key[0] == "y" else 1], 9)
    elif key in ("y", "u"):
        yield _figure(entry, budget, drawn, section, key, float(expected))
    else:
        yield Skipped(name, "not a value that can be compared")


def _formula(text: str) -> str:
    """The formula of a symmetric end that is stated as `+-2*sqrt3*(…)`."""
    return "end = " + re.sub(r"sqrt(\d+)", r"sqrt(\1)", text.removeprefix("+-"))


def _figure(entry: Entry, budget: Budget, drawn: MonteCarlo, section: str, key: str, expected: float) -> Check:
    name = f"{section}/{key}" if section else key
    analytic = entry.data["expected"].get(f"{key}_analytic")
    if section.startswith("guf"):
        value, u = _second(budget) if section == "guf2" else _first(budget)
        return compared(entry, name, expected, value if key == "y" else u, key)
    computed = drawn.value if key == "y" else drawn.u
    if analytic is not None and not section:
        # What was printed is itself a Monte Carlo result; the exact value is known.
        return Check.within(name, analytic, computed, 5 * drawn.u / math.sqrt(drawn.trials))
    return compared(entry, name, expected, computed, key)


def _interval(budget: Budget, drawn: MonteCarlo, section: str, kind: str, p: float) -> tuple[float, float]:
    if section == "mcm":
        return drawn.interval(p, "shortest" if kind == "shortest" else "symmetric")
    if section == "guf2":
        value, u = _second(budget)
        return value - k_normal(p) * u, value + k_normal(p) * u
    return budget.first_order().expanded(p=p).interval


def _first(budget: Budget) -> tuple[float, float]:
    result = budget.first_order()
    return result.value, result.u


def _second(budget: Budget) -> tuple[float, float]:
    result = budget.second_order()[0]
    return result.value + result.bias, result.u


def _verdicts(entry: Entry, budget: Budget) -> Iterator[Check]:
    """The verdicts of clause 8 that the entry words: `first order must FAIL … ndig=1 or 2`."""
    text = str(entry.data.get("validation", ""))
    pattern = r"(first|second) order\s+(?:must\s+)?(fail|pass)\w*.*?ndig=(\d(?:\s*or\s*\d)*)"
    for order, verdict, digits in re.findall(pattern, text, re.IGNORECASE):
        for ndig in map(int, re.findall(r"\d", digits)):
            valid = _valid(budget, order, ndig)
            yield Check.equal(f"clause 8/{order} order, {ndig} digit(s)", verdict.lower() == "pass", valid)


def _valid(budget: Budget, order: str, digits: int) -> bool:
    verdict = budget.compare(digits=digits, kind="shortest")
    if order == "first":
        return verdict.valid
    value, u = _second(budget)
    ends = (value - k_normal(0.95) * u, value + k_normal(0.95) * u)
    away = max(abs(a - b) for a, b in zip(ends, verdict.monte_carlo_interval, strict=True))
    return away <= numerical_tolerance(u, digits)


def _budget(entry: Entry) -> Budget:
    model = Model(re.sub(r",\s*(?=\w+\s*=)", "; ", entry.data["model"]))
    inputs = entry.data["inputs"]
    named = _worded(inputs, model.inputs) if isinstance(inputs, str) else inputs
    records = [_input(name, named[name]) for name in model.inputs]
    r = named.get("r", 0) if isinstance(named, Mapping) else 0
    correlations = {(model.inputs[0], model.inputs[1]): float(r)} if r else {}
    return Budget(model, records, correlations=correlations)


def _input(name: str, stated: Any) -> Input:
    if isinstance(stated, int | float):
        return Input(name, Constant(float(stated)))
    if isinstance(stated, list):
        return quantity(name, *map(float, stated))
    distribution = _distribution(stated)
    if isinstance(distribution, CurvilinearTrapezoidal):
        # Limits known to ±d: the reliability of u, hence its degrees of freedom (GUM H.1.6).
        return Input(name, distribution, dof_from_reliability(distribution.d / distribution.half_width))
    return Input(name, distribution, distribution.dof if isinstance(distribution, StudentT) else math.inf)


def _distribution(text: str) -> Distribution:
    """A distribution as the supplement abbreviates it: N, R, t18, U-shaped, CTrap; `R(0,1 sd)` by its sd."""
    match = _CALL.match(text)
    if match is None:
        raise ValueError(f"not a distribution: {text!r}")
    kind, dof, arguments = match.groups()
    by_sd = "sd" in arguments
    a, b, *rest = (_number(part.replace("sd", "")) for part in arguments.split(","))
    if by_sd:
        a, b = a - math.sqrt(3) * b, a + math.sqrt(3) * b
    made: dict[str, Callable[[], Distribution]] = {
        "N": lambda: Normal(a, b),
        "R": lambda: Rectangular(a, b),
        "t": lambda: StudentT(a, b, float(dof)),
        "U-shaped": lambda: ArcSine(a, b),
        "U": lambda: ArcSine(a, b),
        "T": lambda: Triangular(a, b),
        "Tri": lambda: Triangular(a, b),
        "CTrap": lambda: CurvilinearTrapezoidal(a, b, *rest),
    }
    return made[kind]()


def _number(text: str) -> float:
    sign, root, number = re.match(r"^\s*([-+]?)(sqrt)?\(?([^)]*)\)?\s*$", text).groups()  # type: ignore[union-attr]
    value = math.sqrt(float(number)) if root else float(number)
    return -value if sign == "-" else value


def _worded(text: str, names: Sequence[str]) -> dict[str, str]:
    """`each N(0,1)`, or `three R(0,1 sd), X4 rectangular with sd 10`."""
    general = re.search(r"[A-Za-z]+\d*\([^)]*\)", text)
    if general is None:
        raise ValueError(f"not a description of inputs: {text!r}")
    stated = dict.fromkeys(names, general[0])
    for name, sd in re.findall(r"(\w+) rectangular with sd ([\d.]+)", text):
        stated[name] = f"R(0,{sd} sd)"
    return stated


def _probability(entry: Entry) -> str:
    found = re.search(r"(?:interval|shortest)(\d+)", str(entry.data["expected"]))
    return found[1] if found else "95"


ADAPTERS = (Adapter("GUM Supplement 1", _reads, _checks),)
