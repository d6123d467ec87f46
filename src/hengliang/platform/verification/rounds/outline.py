"""A procedure as a device takes it along: the form, and with it formulas, limits and rounding of one regime.

What a device judges by it is provisional. The platform judges again, by the same rule, when the results arrive.
"""

from typing import Any

from hengliang.metrology.judge import Procedure, form_of
from hengliang.metrology.judge.formulas import FORMULAS
from hengliang.metrology.judge.model import Amount, Item, LimitTable


def outline_of(procedure: Procedure, regime: str) -> dict[str, Any]:
    """The form of a regime with what is needed to judge by it, as JSON values; every number as text."""
    form = form_of(procedure, regime)
    items = {item.id: item for item in procedure.items}
    form["items"] = [one | _judging(items[one["id"]], regime) for one in form["items"]]
    used = {item.limit.table for item in items.values() if item.limit}
    form["tables"] = {key: _table(procedure.tables[key], regime) for key in sorted(used)}
    return form


def _judging(item: Item, regime: str) -> dict[str, Any]:
    formula = FORMULAS[item.formula]
    return {
        "arguments": [[name, item.arguments.get(name, name)] for name in formula.arguments],
        "defaults": {name: str(value) for name, value in formula.defaults.items()},
        "combine": item.combine,
        "failures_allowed": item.failures_allowed,
        "limit": {"table": item.limit.table, "mode": item.limit.mode, "times": str(item.limit.times)}
        if item.limit
        else None,
        "rounding": {"by": item.rounding.by, "steps": {k: _terms(v) for k, v in item.rounding.steps.items()}}
        if item.rounding
        else None,
        "asked": regime in item.regimes,
    }


def _table(table: LimitTable, regime: str) -> dict[str, Any]:
    return {
        "unit": table.unit,
        "over": _terms(table.over),
        "closed": table.closed,
        "per": table.per,
        "factor": str(table.factors.get(regime, 1)),
        "rows": [
            {
                "when": {name: sorted(allowed) for name, allowed in row.when.items()},
                "brackets": [[_terms(side) for side in (b.start, b.end, b.low, b.high)] for b in row.brackets],
            }
            for row in table.rows
        ],
    }


def _terms(amount: Amount | None) -> Any:
    """Always as terms: a device then has one way to work an amount out."""
    if amount is None:
        return None
    return [{"times": f"{term.times:f}", "of": list(term.of), "over": list(term.over)} for term in amount]
