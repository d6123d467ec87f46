"""Which uncertainty budgets of a body can state the uncertainty of what a rule measures: those of the same quantity."""

from collections.abc import Mapping
from typing import Any

from hengliang.metrology.judge import Procedure
from hengliang.metrology.units import Unit, UnitError, read_unit, same_quantity
from hengliang.platform.parties.models import Organisation
from hengliang.platform.standards.models import BudgetVersion


def fitting_budgets(body: Organisation, procedure: Procedure) -> list[int]:
    """The versions of the body's budgets that fit a rule, by their keys."""
    units = [unit for text in _measured(procedure) if (unit := _read(text)) is not None]
    rows = BudgetVersion.objects.filter(budget__organisation=body).values_list("pk", "content__budget")
    return [pk for pk, budget in rows if _fits(_unit_of(budget), units)]


def _measured(procedure: Procedure) -> set[str]:
    """The units of what is judged and of what is read: an error in per cent hangs on volumes in litres."""
    cells = [cell for item in procedure.items for cell in (*item.cells, *item.run_cells)]
    return {item.unit for item in procedure.items} | {cell.unit for cell in cells}


def _fits(unit: Unit | None, units: list[Unit]) -> bool:
    """A relative budget may be of anything; so may any where the rule's units are unknown. One that names no unit fits
    nothing that has one: the certificate would print its U as a bare number beside values in a unit.
    """
    if not units or (unit is not None and not any(unit.exponents)):
        return True
    if unit is None:
        return False
    return any(same_quantity(unit, one) for one in units)


def _unit_of(budget: Mapping[str, Any] | None) -> Unit | None:
    units = (budget or {}).get("units") or {}
    return _read(next(iter(units.values()), ""))


def _read(text: str) -> Unit | None:
    """The unit; None where none is named, which is not the unit one."""
    try:
        return read_unit(text) if text else None
    except UnitError:
        return None
