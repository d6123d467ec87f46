"""Reading the cells of a record: numbers, choices, yes and no, in the wanted unit and range."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, NamedTuple

from hengliang.metrology.judge.amounts import Evaluator, constant, evaluator
from hengliang.metrology.judge.errors import CellProblem
from hengliang.metrology.judge.model import Cell

YES = frozenset({"yes", "true", "1", "合格", "符合", "是"})
NO = frozenset({"no", "false", "0", "不合格", "不符合", "否"})
LONGEST_NUMBER = 40  # characters; a longer "number" is a slip or an attack, never a reading
WIDEST_EXPONENT = 30  # powers of ten; beyond that arithmetic would lose digits or overflow
LOWEST, HIGHEST = Decimal("-Infinity"), Decimal("Infinity")
# What nearly every reading looks like; anything else is looked at more closely.
_plain = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?").fullmatch


class CellReader(NamedTuple):
    """A cell made ready: bounds that are numbers are compared at once, others are functions.

    `words` says what each usual answer means; it is None for a number. `free`: any number is possible.
    """

    id: str
    words: Mapping[str, Any] | None
    free: bool
    low: Decimal
    high: Decimal
    bounds: tuple[Evaluator | None, Evaluator | None] | None
    cell: Cell


def cell_readers(cells: tuple[Cell, ...]) -> tuple[CellReader, ...]:
    """Cells made ready for reading."""
    return tuple(_reader(cell) for cell in cells)


def _reader(cell: Cell) -> CellReader:
    low, high = constant(cell.low), constant(cell.high)
    fixed = (cell.low is None or low is not None) and (cell.high is None or high is not None)
    bounds = tuple(None if side is None else evaluator(side) for side in (cell.low, cell.high))
    return CellReader(
        id=cell.id,
        words=_words(cell),
        free=cell.low is None and cell.high is None,
        low=LOWEST if low is None else low,
        high=HIGHEST if high is None else high,
        bounds=None if fixed else (bounds[0], bounds[1]),
        cell=cell,
    )


def _words(cell: Cell) -> Mapping[str, Any] | None:
    if cell.kind == "number":
        return None
    return {"yes": True, "no": False} if cell.kind == "check" else {choice: choice for choice in cell.choices}


@lru_cache(maxsize=16_384)
def _usual_number(text: str) -> Decimal | None:
    """The number in a usual reading. Readings repeat (loads, flows, temperatures), so they are kept."""
    return Decimal(text) if _plain(text) else None


class Reader:
    """Reads cells and gathers what is wrong with them, so that one look shows every fault."""

    def __init__(self) -> None:
        self.problems: list[CellProblem] = []

    def refuse(self, path: str, code: str, template: str, **params: Any) -> None:
        """Note one faulty cell."""
        self.problems.append(CellProblem(path, code, params, template))

    def read(self, cells: tuple[CellReader, ...], given: Mapping[str, Any], into: dict[str, Any], path: str) -> None:
        """Read every one of `cells` from `given` into the quantities `into`; refuse names that are none."""
        expected = len(given)
        for reader in cells:
            name, words, free, low, high, bounds, _ = reader
            entry = given.get(name)
            if entry is not None:
                expected -= 1
                # The short way for what nearly every cell holds; `_closely` decides all the rest.
                if entry.__class__ is str:
                    if words is not None:
                        value = words.get(entry)
                        possible = value is not None
                    else:
                        value = _usual_number(entry)
                        possible = value is not None and (
                            free or (low <= value <= high if bounds is None else _within(bounds, value, into))
                        )
                    if possible:
                        into[name] = value
                        continue
            read = self._closely(reader, entry, into, path)
            if read is not None:
                into[name] = read
        if expected:
            self._unknown(cells, given, path)

    def _unknown(self, cells: tuple[CellReader, ...], given: Mapping[str, Any], path: str) -> None:
        known = {cell.id for cell in cells}
        for name in given:
            if name not in known:
                self.refuse(f"{path}.{name}", "unknown_cell", "the procedure has no such cell; remove it")

    def _closely(self, reader: CellReader, entry: Any, quantities: Mapping[str, Any], path: str) -> Any:
        cell = reader.cell
        if isinstance(entry, Mapping):
            entry, refused = self._without_unit(cell, entry, path)
            if refused:
                return None
        if entry is None or entry == "":
            return self._absent(cell, path)
        if cell.kind == "number":
            return self._number(reader, entry, quantities, path)
        text = ("yes" if entry else "no") if isinstance(entry, bool) else str(entry).strip()
        if cell.kind == "check":
            return self._check(cell, text, path)
        if text in cell.choices:
            return text
        listed = ", ".join(cell.choices)
        self.refuse(f"{path}.{cell.id}", "not_a_choice", "{text!r} is none of {choices}", text=text, choices=listed)
        return None

    def _absent(self, cell: Cell, path: str) -> Any:
        if cell.default is not None:
            return Decimal(cell.default) if cell.kind == "number" else cell.default
        if not cell.optional:
            template = "nothing is entered; enter the reading [{unit}]"
            self.refuse(f"{path}.{cell.id}", "missing", template, unit=cell.unit)
        return None

    def _without_unit(self, cell: Cell, entry: Mapping[str, Any], path: str) -> tuple[Any, bool]:
        unit = entry.get("unit", cell.unit)
        if unit == cell.unit:
            return entry.get("value"), False
        template = "the unit is {unit}, the procedure wants {wanted}; convert the reading"
        self.refuse(f"{path}.{cell.id}", "wrong_unit", template, unit=unit, wanted=cell.unit)
        return None, True

    def _check(self, cell: Cell, text: str, path: str) -> bool | None:
        if text.lower() in YES:
            return True
        if text.lower() in NO:
            return False
        self.refuse(f"{path}.{cell.id}", "not_yes_or_no", "{text!r} is neither yes nor no", text=text)
        return None

    def _number(self, reader: CellReader, entry: Any, quantities: Mapping[str, Any], path: str) -> Decimal | None:
        cell, number = reader.cell, decimal_of(entry)
        if number is None:
            template = "{text!r} is not a number; enter digits with a point, without unit"
            self.refuse(f"{path}.{cell.id}", "not_a_number", template, text=str(entry)[:LONGEST_NUMBER])
        elif not _possible(reader, number, quantities):
            template = "{number} {unit} is not possible here; check the reading"
            low, high = _edges(reader, quantities)
            self.refuse(f"{path}.{cell.id}", "impossible", template, number=number, unit=cell.unit, low=low, high=high)
        else:
            return number
        return None


def _possible(reader: CellReader, number: Decimal, quantities: Mapping[str, Any]) -> bool:
    if reader.bounds is None:
        return reader.low <= number <= reader.high
    return _within(reader.bounds, number, quantities)


def _edges(reader: CellReader, quantities: Mapping[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """What is possible for a cell, for the message that something is not; None where it is open."""
    if reader.bounds is None:
        return (None if reader.low == LOWEST else reader.low, None if reader.high == HIGHEST else reader.high)
    low, high = (_edge(bound, quantities) for bound in reader.bounds)
    return low, high


def _edge(bound: Evaluator | None, quantities: Mapping[str, Any]) -> Decimal | None:
    try:
        return None if bound is None else bound(quantities)
    except (KeyError, ArithmeticError):  # it hangs on a reading that is itself faulty and already named
        return None


def _within(bounds: tuple[Evaluator | None, Evaluator | None], number: Decimal, quantities: Mapping[str, Any]) -> bool:
    low, high = bounds
    try:
        return (low is None or number >= low(quantities)) and (high is None or number <= high(quantities))
    except (KeyError, ArithmeticError):  # what it is compared with is itself faulty and already named
        return True


def decimal_of(entry: Any) -> Decimal | None:
    """The number that stands in a cell, exactly as written; None if it is no finite number."""
    if isinstance(entry, bool):
        return None
    text = entry.strip() if isinstance(entry, str) else str(entry)
    if len(text) > LONGEST_NUMBER or "_" in text or not text.isascii():
        return None
    try:
        number = Decimal(text)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= WIDEST_EXPONENT else None
