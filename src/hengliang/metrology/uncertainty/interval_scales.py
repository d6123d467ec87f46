"""°C and °F in a model: readings of a scale whose zero is a choice can be subtracted and averaged, nothing else.

20 °C - 15 °C is 5 K whatever the zero; 2 W/K times 5 °C is 10 W if a difference was meant and 556 W if a
temperature was. The units can't tell, so the model is refused and the author says which.

Each expression carries how many zeros it holds: 1 for a reading, 0 for a difference, 2 for a sum of two readings.
An input in plain K may be a temperature or a difference, and makes the count loose.
"""

from collections.abc import Mapping
from typing import NamedTuple, NoReturn

from hengliang.metrology.uncertainty.errors import UnitsDoNotFit
from hengliang.metrology.uncertainty.expression import Node, reachable
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.units.read import read_unit
from hengliang.metrology.units.unit import Unit

_ROUNDING = 1e-9
_KELVIN = read_unit("K").exponents
_WORDS = {"mul": "a product", "div": "a quotient", "pow": "a power", "minimum": "min", "maximum": "max"}


class _Zeros(NamedTuple):
    """How often the zero of °C or °F is held in a value; `loose` where a unit in kelvins leaves it open."""

    held: float
    loose: bool

    def fits(self, wanted: float) -> bool:
        """Whether it can be given out with `wanted` zeros: 1 for a reading, 0 for a difference."""
        return self.loose or abs(self.held - wanted) <= _ROUNDING


_NONE = _Zeros(0.0, False)


def require_sound_scales(model: Model, inputs: Mapping[str, Unit], outputs: Mapping[str, Unit]) -> None:
    """Raises UnitsDoNotFit where a reading in °C or °F is multiplied, added to another, or given out as another.

    inputs, outputs : units by name

    Source: of our own; that a difference of Celsius temperatures is one in kelvins: SI brochure, 9th edition, 2.3.1.
    """
    if not any(map(_has_own_zero, (*inputs.values(), *outputs.values()))):
        return
    found: dict[int, _Zeros] = {}
    for node in reachable(model.expressions):
        found[node.index] = _zeros(node, [found[a.index] for a in node.args], inputs)
    for name, node in zip(model.outputs, model.expressions, strict=True):
        unit, zeros = outputs[name], found[node.index]
        if not (zeros.fits(1.0) or (zeros.fits(0.0) and not _has_own_zero(unit))):
            _refuse(name, "a difference or a sum" if zeros.held != 1 else "°C", unit.symbol)


def _has_own_zero(unit: Unit) -> bool:
    return unit.single is not None and unit.single.zero is not None


def _zeros(node: Node, args: list[_Zeros], inputs: Mapping[str, Unit]) -> _Zeros:
    if node.op == "input":
        unit = inputs[node.name]
        return _Zeros(float(_has_own_zero(unit)), unit.exponents == _KELVIN and not _has_own_zero(unit))
    if node.op in ("add", "sub"):
        sign = 1 if node.op == "add" else -1
        return _Zeros(args[0].held + sign * args[1].held, args[0].loose or args[1].loose)
    if node.op == "neg":
        return _Zeros(-args[0].held, args[0].loose)
    if node.op in ("minimum", "maximum") and args[0].fits(args[1].held):
        return args[0]
    if node.op in ("mul", "div"):
        return _scaled(node, args)
    return _apart(node, args)


def _scaled(node: Node, args: list[_Zeros]) -> _Zeros:
    left, right = node.args
    if right.is_constant() and right.value:
        factor = right.value if node.op == "mul" else 1 / right.value
        return _Zeros(args[0].held * factor, args[0].loose)
    if node.op == "mul" and left.is_constant():
        return _Zeros(args[1].held * left.value, args[1].loose)
    return _apart(node, args)


def _apart(node: Node, args: list[_Zeros]) -> _Zeros:
    if not all(zeros.fits(0.0) for zeros in args):
        _refuse(_WORDS.get(node.op, node.op), "°C", "K")
    return _NONE


def _refuse(operation: str, left: str, right: str) -> NoReturn:
    remedy = (
        "Readings in °C or °F can be subtracted and averaged, not multiplied or added up: "
        "write a temperature in K, and a difference of temperatures in K."
    )
    raise UnitsDoNotFit(operation=operation, left=left, right=right, remedy=remedy)
