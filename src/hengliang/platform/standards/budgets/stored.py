"""A budget as it is stored: what was typed, how it is stated, what came of it. It can be computed again from this.

The form is `hengliang-evaluation`, version 1; the budget in it is that of `hengliang.metrology` (`hengliang-budget`).
"""

import math
from collections.abc import Mapping
from typing import Any

from hengliang import __version__
from hengliang.metrology.uncertainty import Budget, Comparison
from hengliang.metrology.uncertainty.errors import StoredFormError
from hengliang.metrology.uncertainty.storage import budget_from_dict, budget_to_dict, read_json, require_format
from hengliang.platform.standards.budgets.evaluation import Evaluation, Terms

FORMAT, VERSION = "hengliang-evaluation", 1


def content_of(found: Evaluation) -> dict[str, Any]:
    """The evaluation as plain data."""
    terms = found.terms
    return {
        "format": FORMAT,
        "version": VERSION,
        "software": f"hengliang {__version__}",
        "budget": budget_to_dict(found.budget),
        "terms": {"k": terms.k, "p": terms.p, "digits": terms.digits, "rule": terms.rule},
        "computed": {
            "stated": found.stated,
            "value": found.expanded.value,
            "u": found.linear.u,
            "U": found.expanded.U,
            "k": found.expanded.k,
            "dof": found.expanded.dof if math.isfinite(found.expanded.dof) else None,
            "monte_carlo": _drawn(found.comparison) if found.comparison else None,
        },
    }


def _drawn(found: Comparison) -> dict[str, Any]:
    drawn, (low, high) = found.monte_carlo, found.monte_carlo_interval
    return {
        "value": drawn.value,
        "u": drawn.u if math.isfinite(drawn.u) else None,
        "p": found.p,
        "low": low,
        "high": high,
        "trials": drawn.trials,
        "seed": drawn.seed,
        "stable": drawn.stable,
        "valid": found.valid if drawn.stable else None,
        "tolerance": found.tolerance,
    }


def budget_of(content: Mapping[str, Any]) -> tuple[Budget, Terms]:
    """The budget and its terms from what was stored. Raises StoredFormError."""
    require_format(content, FORMAT, VERSION)
    try:
        return budget_from_dict(content["budget"]), _terms(content["terms"])
    except (KeyError, TypeError) as error:
        raise StoredFormError(what="evaluation", reason=f"{type(error).__name__}: {error}") from None


def budget_of_file(text: str) -> tuple[Budget, Terms]:
    """The budget in a file that somebody brought: an evaluation, or a budget alone. Raises StoredFormError."""
    content = read_json(text, "evaluation")
    if content.get("format") == FORMAT:
        return budget_of(content)
    return budget_from_dict(content), Terms(k=2)


def _terms(stored: Mapping[str, Any]) -> Terms:
    k, p = (None if stored[name] is None else float(stored[name]) for name in ("k", "p"))
    return Terms(k=k, p=p, digits=int(stored["digits"]), rule="up" if stored["rule"] == "up" else "even")
