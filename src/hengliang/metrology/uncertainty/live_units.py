"""Units through a model: checked once on the traced expressions, converted at the edges.

Every input is brought into base units, every output back into the unit asked for, as part of the expression;
so sensitivities stay in the units as written, and nothing is checked again while drawing.
"""

from collections.abc import Mapping, Sequence
from typing import NoReturn

from hengliang.metrology.uncertainty.errors import UnitsDoNotFit
from hengliang.metrology.uncertainty.expression import Graph, Node, copied, reachable
from hengliang.metrology.uncertainty.inputs import Input
from hengliang.metrology.uncertainty.interval_scales import require_sound_scales
from hengliang.metrology.uncertainty.model import Model
from hengliang.metrology.units.convert import dimension_text
from hengliang.metrology.units.read import read_unit
from hengliang.metrology.units.table import Exponents
from hengliang.metrology.units.unit import Unit

NONE: Exponents = (0, 0, 0, 0, 0, 0, 0)
_SAME = {"add", "sub", "minimum", "maximum", "arctan2"}
_KEPT = {"neg", "abs"}


def model_in_units(model: Model, inputs: Sequence[Input], units: Mapping[str, str]) -> Model:
    """The model with conversions: inputs in their own units, outputs in `units`.

    An input without a unit is a number. Raises UnitsDoNotFit where the model adds, compares or outputs
    unlike dimensions or multiplies readings in °C, and UnitError for a unit that can't be read.
    """
    stated = {i.name: read_unit(i.unit or "1") for i in inputs}
    dimensions = _dimensions(model, stated)
    wanted = {name: read_unit(units.get(name, "1")) for name in model.outputs}
    require_sound_scales(model, stated, wanted)
    graph = Graph()
    starts = {name: _into_base(graph.input(name), unit) for name, unit in stated.items()}
    outputs = dict(zip(model.outputs, copied(model.expressions, graph, starts), strict=True))
    for name, node in zip(model.outputs, model.expressions, strict=True):
        unit = wanted[name]
        if dimensions[node.index] != unit.exponents:
            _refuse(name, dimensions[node.index], unit.exponents, "Check the model and the units.")
        outputs[name] = _from_base(outputs[name], unit)
    return model.rebuilt(outputs)


def _into_base(node: Node, unit: Unit) -> Node:
    row = unit.single
    if row is not None and row.decades is not None:
        return float(unit.scale) * 10.0 ** (node * float(row.decades))
    scaled = node * float(unit.scale)
    return scaled + float(row.zero) if row is not None and row.zero is not None else scaled


def _from_base(node: Node, unit: Unit) -> Node:
    row = unit.single
    if row is not None and row.decades is not None:
        return node.graph.apply("log10", node / float(unit.scale)) / float(row.decades)
    if row is not None and row.zero is not None:
        node = node - float(row.zero)
    return node / float(unit.scale)


def _dimensions(model: Model, stated: Mapping[str, Unit]) -> dict[int, Exponents]:
    """The exponents of every node of the model."""
    found: dict[int, Exponents] = {}
    for node in reachable(model.expressions):
        found[node.index] = _dimension(node, [found[a.index] for a in node.args], stated)
    return found


def _dimension(node: Node, args: list[Exponents], stated: Mapping[str, Unit]) -> Exponents:
    if node.op == "input":
        return stated[node.name].exponents
    if node.op == "const":
        return NONE
    if node.op in _SAME:
        return _same(node, *args)
    if node.op in _KEPT:
        return args[0]
    if node.op in ("mul", "div"):
        sign = 1 if node.op == "mul" else -1
        return _exponents([a + sign * b for a, b in zip(*args, strict=True)])
    if node.op in ("pow", "sqrt"):
        return _power(node, args)
    if node.op == "sign":
        return NONE
    if args[0] != NONE:
        _refuse(node.op, args[0], NONE, "Its argument must be a pure number: divide by a reference value.")
    return NONE


def _same(node: Node, left: Exponents, right: Exponents) -> Exponents:
    # Zero is zero in every unit.
    if left != right and not any(a.is_constant(0) for a in node.args):
        remedy = "Give a number that stands for a quantity a name and a unit of its own."
        _refuse({"add": "a sum", "sub": "a difference"}.get(node.op, node.op), left, right, remedy)
    return NONE if node.op == "arctan2" else left


def _power(node: Node, args: list[Exponents]) -> Exponents:
    if args[0] == NONE and (node.op == "sqrt" or args[1] == NONE):
        return NONE
    if node.op == "pow" and not node.args[1].is_constant():
        _refuse("a power", args[0], NONE, "Only a fixed exponent can act on a quantity with a unit.")
    exponent = 0.5 if node.op == "sqrt" else node.args[1].value
    raised = [a * exponent for a in args[0]]
    if any(x != round(x) for x in raised):
        _refuse("a root", args[0], NONE, "The exponents of the unit must stay whole numbers.")
    return _exponents([round(x) for x in raised])


def _exponents(values: Sequence[int]) -> Exponents:
    m, kg, s, a, k, mol, cd = values
    return m, kg, s, a, k, mol, cd


def _refuse(operation: str, left: Exponents, right: Exponents, remedy: str) -> NoReturn:
    raise UnitsDoNotFit(operation=operation, left=dimension_text(left), right=dimension_text(right), remedy=remedy)
