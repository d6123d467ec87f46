"""Reading the cells of a record: numbers, choices, yes and no, in the wanted unit and range."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from hengliang.metrology.judge.amounts import amount
from hengliang.metrology.judge.errors import CellProblem
from hengliang.metrology.judge.model import Cell

YES = frozenset({"yes", "true", "1", "合格", "符合", "是"})
NO = frozenset({"no", "false", "0", "不合格", "不符合", "否"})
LONGEST_NUMBER = 40  # characters; a longer "number" is a slip or an attack, never a reading
WIDEST_EXPONENT = 30  # powers of ten; beyond that arithmetic would lose digits or overflow


class Reader:
    """Reads cells and gathers what is wrong with them, so that one look shows every fault."""

    def __init__(self) -> None:
        self.problems: list[CellProblem] = []

    def refuse(self, path: str, code: str, template: str, **params: Any) -> None:
        """Note one faulty cell."""
        self.problems.append(CellProblem(path, code, params, template))

    def read(
        self,
        cells: Iterable[Cell],
        given: Mapping[str, Any],
        into: dict[str, Any],
        path: str,
        extra: str = "",
    ) -> None:
        """Read every one of `cells` from `given` into the quantities `into`; refuse names that are not cells.

        `extra` is one further key that may stand in `given` (the runs of a row).
        """
        expected = 0
        for cell in cells:
            if cell.id in given:
                expected += 1
            value = self._value(cell, given.get(cell.id), into, path)
            if value is not None:
                into[cell.id] = value
        if len(given) != expected:
            known = {cell.id for cell in cells}
            for name in given:
                if name not in known and name != extra:
                    self.refuse(f"{path}.{name}", "unknown_cell", "the procedure has no such cell; remove it")

    def _value(self, cell: Cell, entry: Any, quantities: Mapping[str, Any], path: str) -> Any:
        if entry is None or entry == "":
            return self._absent(cell, path)
        if isinstance(entry, dict):
            entry = self._without_unit(cell, entry, path)
            if entry is None:
                return None
        if cell.kind == "number":
            return self._number(cell, entry, quantities, path)
        text = _text(entry)
        if cell.kind == "check":
            return self._check(cell, text, path)
        if text in cell.choices:
            return text
        choices = ", ".join(cell.choices)
        self.refuse(
            f"{path}.{cell.id}", "not_a_choice", "{text!r} is none of {choices}", text=text, choices=choices
        )
        return None

    def _absent(self, cell: Cell, path: str) -> Any:
        if cell.default is not None:
            return Decimal(cell.default) if cell.kind == "number" else cell.default
        if not cell.optional:
            self.refuse(
                f"{path}.{cell.id}",
                "missing",
                "nothing is entered; enter the reading [{unit}]",
                unit=cell.unit,
            )
        return None

    def _without_unit(self, cell: Cell, entry: Mapping[str, Any], path: str) -> Any:
        unit = entry.get("unit", cell.unit)
        if unit != cell.unit:
            template = "the unit is {unit}, the procedure wants {wanted}; convert the reading"
            self.refuse(f"{path}.{cell.id}", "wrong_unit", template, unit=unit, wanted=cell.unit)
            return None
        if entry.get("value") is None:
            return self._absent(cell, path)
        return entry["value"]

    def _check(self, cell: Cell, text: str, path: str) -> bool | None:
        if text.lower() in YES:
            return True
        if text.lower() in NO:
            return False
        self.refuse(f"{path}.{cell.id}", "not_yes_or_no", "{text!r} is neither yes nor no", text=text)
        return None

    def _number(self, cell: Cell, entry: Any, quantities: Mapping[str, Any], path: str) -> Decimal | None:
        number = decimal_of(entry)
        if number is None:
            template = "{text!r} is not a number; enter digits with a point, without unit"
            self.refuse(f"{path}.{cell.id}", "not_a_number", template, text=str(entry)[:LONGEST_NUMBER])
            return None
        if (cell.low is not None or cell.high is not None) and not self._possible(cell, number, quantities):
            template = "{number} {unit} is not possible here; check the reading"
            self.refuse(f"{path}.{cell.id}", "impossible", template, number=number, unit=cell.unit)
            return None
        return number

    def _possible(self, cell: Cell, number: Decimal, quantities: Mapping[str, Any]) -> bool:
        try:
            return not (
                (cell.low is not None and number < amount(cell.low, quantities))
                or (cell.high is not None and number > amount(cell.high, quantities))
            )
        except KeyError:  # the quantity it is compared with is itself faulty and already named
            return True


def decimal_of(entry: Any) -> Decimal | None:
    """The number that stands in a cell, exactly as written; None if it is no finite number."""
    if isinstance(entry, bool):
        return None
    text = entry.strip() if isinstance(entry, str) else str(entry)
    if len(text) > LONGEST_NUMBER or "_" in text:
        return None
    try:
        number = Decimal(text)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= WIDEST_EXPONENT else None


def _text(entry: Any) -> str:
    if isinstance(entry, bool):
        return "yes" if entry else "no"
    return str(entry).strip()
