"""Budgets as tables (EA-4/02, CITAC, CODATA): u from contributions, y from the model where it is complete."""

from collections.abc import Iterator, Mapping
from typing import Any

from hengliang.metrology.uncertainty import (
    Budget,
    FirstOrder,
    Model,
    UncertaintyError,
    k_rectangular,
    k_trapezoidal,
    quantity,
)
from hengliang.metrology.validation.adapter import Adapter, Entry, Outcome
from hengliang.metrology.validation.checks import Check, Skipped, last_printed_place
from hengliang.metrology.validation.tolerance import compared


def _reads(entry: Entry) -> bool:
    inputs, expected = entry.data.get("inputs"), entry.data.get("expected")
    if not isinstance(entry.data.get("model"), str) or not isinstance(expected, Mapping) or "u" not in expected:
        return False
    table = isinstance(inputs, list) and all(isinstance(i, Mapping) and "c" in i for i in inputs)
    return table or (isinstance(inputs, Mapping) and set(expected) <= {"y", "u", "U", "k", "note"})


def _checks(entry: Entry) -> Iterator[Outcome]:
    traced = _traced(entry)
    table = _table(entry) if isinstance(entry.data["inputs"], list) else None
    result = traced or table
    if result is None:
        yield Skipped("u", "the model names inputs that the table does not give")
        return
    expected = entry.data["expected"]
    if traced is None:
        yield Skipped("y", "the table does not give every input of the model; u is from its contributions")
    elif "y" in expected:
        yield compared(entry, "y", expected["y"], traced.value, "y")
    yield compared(entry, "u", expected["u"], result.u, "u")
    if "U" in expected:
        yield from _expanded(entry, result)


def _traced(entry: Entry) -> FirstOrder | None:
    """The result of the model, if every name in it is an input of the table."""
    model = Model(entry.data["model"])
    stated = entry.data["inputs"]
    if isinstance(stated, list):
        stated = {i["name"]: [i["value"], i["u"]] for i in stated}
    if set(model.inputs) - set(stated) or set(stated) - set(model.inputs):
        return None
    try:
        return Budget(model, [_input(name, stated[name]) for name in model.inputs]).first_order()
    except UncertaintyError:
        return None


def _input(name: str, stated: Any) -> Any:
    value, u = stated if isinstance(stated, list) else (stated, 0.0)
    return quantity(name, float(value), float(u))


def _table(entry: Entry) -> FirstOrder:
    """The sum of the contributions c u of the table."""
    rows = entry.data["inputs"]
    names = [f"x{n}" for n in range(len(rows))]
    inputs = [quantity(n, 0.0, abs(row["c"] * row["u"])) for n, row in zip(names, rows, strict=True)]
    return Budget(Model(lambda *x: sum(x[1:], x[0]), inputs=names), inputs).first_order()


def _expanded(entry: Entry, result: FirstOrder) -> Iterator[Check]:
    expected = entry.data["expected"]
    k = _coverage_factor(str(expected.get("note", "")), result)
    yield Check.printed("k", expected["k"], k)
    # U is printed rounded, sometimes upwards: one unit of its last digit.
    yield Check.within("U", expected["U"], k * result.u, last_printed_place(expected["U"]))


def _coverage_factor(note: str, result: FirstOrder) -> float:
    """k = 2, or that of the distribution that dominating contributions give. Source: EA-4/02, S9, S10."""
    if "rectangular-dominated" in note:
        return k_rectangular(0.95)
    if "trapezoidal-dominated" in note:
        second, first = sorted(abs(c.contribution) for c in result.contributions())[-2:]
        return k_trapezoidal(0.95, (first - second) / (first + second))
    return 2.0


ADAPTERS = (Adapter("budget table", _reads, _checks),)
