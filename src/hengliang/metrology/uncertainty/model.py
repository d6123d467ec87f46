"""The measurement model: traced once, then evaluated, differentiated and drawn from any number of times."""

import inspect
import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from hengliang.metrology.uncertainty.differentiate import gradient
from hengliang.metrology.uncertainty.errors import FormulaError, InputsMismatch, ModelError, NotTraceable
from hengliang.metrology.uncertainty.expression import Graph, Node, reachable
from hengliang.metrology.uncertainty.formula import Traced, read_formula, write_formula
from hengliang.metrology.uncertainty.tape import Tape


class Model:
    """A measurement model Y = f(X1, …, XN), with one output or several.

    source : a plain Python function of its inputs, or a formula (`"R = V/I*cos(phi)"`). A function is called
        once, with traced quantities; it may use + - * / **, numpy's functions and loops, but no decision on
        a value. It returns one result, a sequence, or a mapping of names to results.
    inputs : names of the inputs, for a function of `*args`; for a formula their order, and unused ones.
    outputs : names of the outputs; by default those of the mapping or formula, else `y` or `y1, y2, …`.

    Raises NotTraceable, FormulaError or ModelError.
    Source: JCGM 100:2008, 4.1.1; JCGM 102:2011, 3.10; JJF 1059.1-2012, 4.2.

    >>> Model("R = V/I").inputs
    ('V', 'I')
    >>> Model(lambda V, I: V / I).formula
    'y = V/I'
    """

    def __init__(
        self,
        source: Callable[..., Any] | str,
        *,
        inputs: Sequence[str] | None = None,
        outputs: Sequence[str] | None = None,
    ) -> None:
        if not (isinstance(source, str) or callable(source)):
            raise ModelError(reason=f"A model is a formula or a function, got {type(source).__name__}.")
        traced = _read(source, inputs, outputs) if isinstance(source, str) else _trace(source, inputs, outputs)
        if not traced.outputs:
            raise ModelError(reason="The model gives no result; let the function return one.")
        self.inputs = traced.inputs
        self.outputs = tuple(traced.outputs)
        self.expressions = tuple(traced.outputs.values())
        if not all(math.isfinite(node.value) for node in reachable(self.expressions)):
            raise FormulaError(reason="a part made of numbers only has no finite value", where=str(source)[:60])

    @property
    def formula(self) -> str:
        """The model as text; `Model(m.formula, outputs=m.outputs)` is the same model again."""
        return write_formula(dict(zip(self.outputs, self.expressions, strict=True)))

    @cached_property
    def tape(self) -> Tape:
        """Instructions for the outputs."""
        return Tape(self.inputs, self.expressions)

    @cached_property
    def gradients(self) -> tuple[tuple[Node, ...], ...]:
        """First partial derivatives as expressions: one row per output, one column per input."""
        nodes = self._input_nodes()
        return tuple(tuple(gradient(output, nodes)) for output in self.expressions)

    @cached_property
    def jacobian_tape(self) -> Tape:
        """Instructions for the outputs, followed by their derivatives row by row."""
        return Tape(self.inputs, [*self.expressions, *(d for row in self.gradients for d in row)])

    @cached_property
    def hessians(self) -> tuple[tuple[tuple[Node, ...], ...], ...]:
        """Second partial derivatives as expressions: `[output][input][input]`."""
        nodes = self._input_nodes()
        return tuple(tuple(tuple(gradient(d, nodes)) for d in row) for row in self.gradients)

    def rebuilt(self, outputs: Mapping[str, Node]) -> "Model":
        """A model of the same inputs with other expressions as outputs."""
        other = object.__new__(Model)
        other.inputs, other.outputs = self.inputs, tuple(outputs)
        other.expressions = tuple(outputs.values())
        return other

    def evaluate(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The outputs at `values` (numbers, or arrays that broadcast)."""
        self.require(values)
        return tuple(self.tape.arrays([values[name] for name in self.inputs]))

    def require(self, names: Mapping[str, Any] | Sequence[str]) -> None:
        """Raises InputsMismatch unless `names` are exactly the model's inputs."""
        given, own = Counter(list(names)), set(self.inputs)
        missing = [name for name in self.inputs if name not in given]
        unused = [name for name in given if name not in own]
        twice = [name for name, count in given.items() if count > 1]
        if missing or unused or twice:
            raise InputsMismatch(missing=missing, unused=unused, twice=twice)

    def _input_nodes(self) -> list[Node]:
        graph = self.expressions[0].graph
        return [graph.input(name) for name in self.inputs]


def _read(formula: str, inputs: Sequence[str] | None, outputs: Sequence[str] | None) -> Traced:
    traced = read_formula(formula, outputs)
    if inputs is None:
        return traced
    missing = [name for name in traced.inputs if name not in inputs]
    if missing:
        raise InputsMismatch(missing=missing, unused=[], twice=[])
    return Traced(tuple(inputs), traced.outputs)


def _trace(function: Callable[..., Any], inputs: Sequence[str] | None, outputs: Sequence[str] | None) -> Traced:
    graph = Graph()
    names = tuple(inputs) if inputs else _parameters(function)
    result = _results(function(*(graph.input(name) for name in names)))
    if outputs:
        result = dict(zip(outputs, result.values(), strict=True))
    return Traced(names, {name: graph.lift(value) for name, value in result.items()})


def _parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    parameters = inspect.signature(function).parameters.values()
    if any(p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD) for p in parameters):
        raise NotTraceable(what="*args without `inputs=` names")
    if any(p.kind == p.KEYWORD_ONLY for p in parameters):
        raise ModelError(reason="The function takes inputs by name only; drop the * among its parameters.")
    return tuple(p.name for p in parameters)


def _results(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, list | tuple):
        return {f"y{number}": item for number, item in enumerate(value, start=1)}
    return {"y": value}
