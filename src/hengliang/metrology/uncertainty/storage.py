"""Budgets as JSON: stored, signed, versioned, and computed again with the same digits.

The format is `hengliang-budget`, version 1. Infinite degrees of freedom are stored as null.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

from hengliang.metrology.uncertainty.budget import Budget
from hengliang.metrology.uncertainty.distribution_kinds import distribution_from_dict
from hengliang.metrology.uncertainty.errors import StoredFormError
from hengliang.metrology.uncertainty.inputs import Input, Share
from hengliang.metrology.uncertainty.model import Model

FORMAT, VERSION = "hengliang-budget", 1


def budget_to_dict(budget: Budget) -> dict[str, Any]:
    """The budget as plain data."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "title": budget.title,
        "model": budget.model.formula,
        "outputs": list(budget.model.outputs),
        "units": dict(budget.units),
        "inputs": [input_to_dict(i) for i in budget.inputs],
        "correlations": [[a, b, float(r)] for (a, b), r in budget.correlations.items()],
    }


def budget_to_json(budget: Budget) -> str:
    """The budget as JSON text."""
    return json.dumps(budget_to_dict(budget), ensure_ascii=False, indent=2, allow_nan=False)


def budget_from_dict(stored: Mapping[str, Any]) -> Budget:
    """The budget that `budget_to_dict` gave. Raises StoredFormError for anything else."""
    require_format(stored, FORMAT, VERSION)
    try:
        inputs = [input_from_dict(i) for i in stored["inputs"]]
        names = [i.name for i in inputs]
        outputs = [_text(name) for name in stored["outputs"]]
        model = Model(_text(stored["model"]), inputs=names, outputs=outputs)
        if list(model.outputs) != outputs:
            raise ValueError(f"its outputs are {outputs}, those of its model {list(model.outputs)}")
        correlations = {(str(a), str(b)): float(r) for a, b, r in stored["correlations"]}
        units = {str(name): _text(unit) for name, unit in stored["units"].items()}
        return Budget(model, inputs, correlations=correlations, unit=units or None, title=_text(stored["title"]))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise StoredFormError(what="budget", reason=f"{type(error).__name__}: {error}") from None


def budget_from_json(text: str) -> Budget:
    """The budget stored as JSON. Raises StoredFormError, and what is wrong with its model or inputs."""
    return budget_from_dict(read_json(text, "budget"))


def input_to_dict(one: Input) -> dict[str, Any]:
    """An input record as plain data."""
    stored = {
        "name": one.name,
        "distribution": one.distribution.to_dict(),
        "dof": _finite(one.dof),
        "unit": one.unit,
        "evaluation": one.evaluation,
        "source": one.source,
        "description": one.description,
        "key": one.key,
    }
    if one.shares:
        stored["shares"] = {key: [float(share.u), _finite(share.dof)] for key, share in one.shares.items()}
    return stored


def input_from_dict(stored: Mapping[str, Any]) -> Input:
    """The input record that `input_to_dict` gave."""
    shares = {key: Share(float(u), _dof(dof)) for key, (u, dof) in stored.get("shares", {}).items()}
    return Input(
        name=str(stored["name"]),
        distribution=distribution_from_dict(stored["distribution"]),
        dof=_dof(stored["dof"]),
        unit=stored["unit"],
        evaluation=stored["evaluation"],
        source=stored["source"],
        description=stored["description"],
        key=stored["key"],
        shares=shares,
    )


def read_json(text: str, what: str) -> Mapping[str, Any]:
    """A JSON object. Raises StoredFormError."""
    try:
        stored = json.loads(text, object_pairs_hook=_once_each)
    except RecursionError:
        raise StoredFormError(what=what, reason="nested too deeply") from None
    except ValueError as error:  # not JSON, not UTF-8, or a key twice
        raise StoredFormError(what=what, reason=f"not JSON ({error})") from None
    if not isinstance(stored, dict):
        raise StoredFormError(what=what, reason="an object is expected")
    return stored


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def require_format(stored: Mapping[str, Any], name: str, version: int) -> None:
    """Raises StoredFormError unless the stored form is `name` in a version this code reads."""
    if stored.get("format") != name or stored.get("version") != version:
        found = f"{stored.get('format')!r} version {stored.get('version')!r}"
        raise StoredFormError(what=name, reason=f"expected {name!r} version {version}, found {found}")


def _text(stored: object) -> str:
    if not isinstance(stored, str):
        raise TypeError(f"text is expected, got {stored!r}"[:80])
    return stored


def _finite(dof: float) -> float | None:
    return None if math.isinf(dof) else float(dof)


def _dof(stored: float | None) -> float:
    return math.inf if stored is None else float(stored)
