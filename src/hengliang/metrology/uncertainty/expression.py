"""The expression graph a model is traced into: a closed set of operations, each node stored once."""

import math
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, Self

from hengliang.metrology.uncertainty.errors import NotTraceable
from hengliang.metrology.uncertainty.operations import FLOAT

UNARY = frozenset(
    [
        "neg",
        "abs",
        "sign",
        "sqrt",
        "exp",
        "expm1",
        "log",
        "log1p",
        "log10",
        "log2",
        "sin",
        "cos",
        "tan",
        "arcsin",
        "arccos",
        "arctan",
        "sinh",
        "cosh",
        "tanh",
    ]
)
BINARY = frozenset(["add", "sub", "mul", "div", "pow", "arctan2", "minimum", "maximum"])

# How numpy's functions, applied to a node, are called here.
_UFUNCS = {
    **{name: name for name in UNARY - {"neg", "abs"} | BINARY - {"sub", "mul", "div", "pow"}},
    "negative": "neg",
    "absolute": "abs",
    "fabs": "abs",
    "subtract": "sub",
    "multiply": "mul",
    "divide": "div",
    "true_divide": "div",
    "power": "pow",
    "float_power": "pow",
}


class Graph:
    """Nodes in order of creation, so every node stands after its arguments; equal nodes are one node."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self._known: dict[tuple[Any, ...], Node] = {}

    def input(self, name: str) -> "Node":
        """The node of a named input."""
        return self._node("input", (), name=name)

    def constant(self, value: float) -> "Node":
        """The node of a number."""
        return self._node("const", (), value=float(value))

    def apply(self, op: str, *args: "Node") -> "Node":
        """The node of `op` on `args`; trivial operations (x + 0, 1 * x, numbers only) are folded away."""
        folded = _folded(self, op, args)
        return self._node(op, args) if folded is None else folded

    def lift(self, value: Any) -> "Node":
        """A node for `value`: itself, or a constant. Raises NotTraceable for anything but numbers."""
        if isinstance(value, Node):
            return value
        try:
            return self.constant(float(value))
        except (TypeError, ValueError):
            raise NotTraceable(what=f"a {type(value).__name__}") from None

    def _node(self, op: str, args: tuple["Node", ...], value: float = 0.0, name: str = "") -> "Node":
        key = (op, *(a.index for a in args), math.copysign(1.0, value), value, name)
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = Node(self, op, args, value, name)
            self.nodes.append(node)
        return node


class Node:
    """A quantity inside a traced model; behaves like a number under + - * / ** and numpy's functions."""

    __slots__ = ("args", "graph", "index", "name", "op", "value")

    def __init__(self, graph: Graph, op: str, args: tuple["Node", ...], value: float, name: str) -> None:
        self.graph, self.op, self.args, self.value, self.name = graph, op, args, value, name
        self.index = len(graph.nodes)

    def is_constant(self, value: float | None = None) -> bool:
        """Whether this is a number (the number `value`, if given)."""
        return self.op == "const" and (value is None or self.value == value)

    def _with(self, op: str, other: Any, swapped: bool = False) -> "Node":
        other = self.graph.lift(other)
        return self.graph.apply(op, other, self) if swapped else self.graph.apply(op, self, other)

    def __add__(self, other: Any) -> "Node":
        return self._with("add", other)

    def __radd__(self, other: Any) -> "Node":
        return self._with("add", other, swapped=True)

    def __sub__(self, other: Any) -> "Node":
        return self._with("sub", other)

    def __rsub__(self, other: Any) -> "Node":
        return self._with("sub", other, swapped=True)

    def __mul__(self, other: Any) -> "Node":
        return self._with("mul", other)

    def __rmul__(self, other: Any) -> "Node":
        return self._with("mul", other, swapped=True)

    def __truediv__(self, other: Any) -> "Node":
        return self._with("div", other)

    def __rtruediv__(self, other: Any) -> "Node":
        return self._with("div", other, swapped=True)

    def __pow__(self, other: Any) -> "Node":
        return self._with("pow", other)

    def __rpow__(self, other: Any) -> "Node":
        return self._with("pow", other, swapped=True)

    def __neg__(self) -> "Node":
        return self.graph.apply("neg", self)

    def __pos__(self) -> Self:
        return self

    def __abs__(self) -> "Node":
        return self.graph.apply("abs", self)

    def __array_ufunc__(self, ufunc: Any, method: str, *args: Any, **kwargs: Any) -> "Node":
        op = _UFUNCS.get(ufunc.__name__)
        if op is None or method != "__call__" or kwargs:
            raise NotTraceable(what=f"numpy.{ufunc.__name__}")
        return self.graph.apply(op, *(self.graph.lift(a) for a in args))

    def _needs_number(self, *_: Any) -> NoReturn:
        raise NotTraceable(what="a comparison, a branch or a conversion")

    __bool__ = __float__ = __int__ = __index__ = __complex__ = __round__ = _needs_number
    __lt__ = __le__ = __gt__ = __ge__ = __iter__ = __len__ = _needs_number


def reachable(outputs: Iterable[Node]) -> list[Node]:
    """The nodes that `outputs` need, each after its arguments."""
    seen: dict[int, Node] = {}
    waiting = list(outputs)
    while waiting:
        node = waiting.pop()
        if node.index not in seen:
            seen[node.index] = node
            waiting.extend(node.args)
    return [seen[index] for index in sorted(seen)]


def copied(outputs: Iterable[Node], graph: Graph, inputs: dict[str, Node]) -> list[Node]:
    """The same expressions in another graph, with `inputs` put in the place of the named inputs."""
    outputs = list(outputs)
    twins: dict[int, Node] = {}
    for node in reachable(outputs):
        if node.op == "input":
            twins[node.index] = inputs[node.name]
        elif node.op == "const":
            twins[node.index] = graph.constant(node.value)
        else:
            twins[node.index] = graph.apply(node.op, *(twins[a.index] for a in node.args))
    return [twins[node.index] for node in outputs]


def _folded(graph: Graph, op: str, args: tuple[Node, ...]) -> Node | None:
    if all(a.is_constant() for a in args):
        return graph.constant(_number(op, *(a.value for a in args)))
    rule = _FOLDS.get(op)
    return rule(graph, *args) if rule else None


def _fold_add(graph: Graph, a: Node, b: Node) -> Node | None:
    if a.is_constant(0):
        return b
    return a if b.is_constant(0) else None


def _fold_sub(graph: Graph, a: Node, b: Node) -> Node | None:
    if b.is_constant(0):
        return a
    return graph.apply("neg", b) if a.is_constant(0) else None


def _fold_mul(graph: Graph, a: Node, b: Node) -> Node | None:
    for one, other in ((a, b), (b, a)):
        if one.is_constant(0):
            return one
        if one.is_constant(1):
            return other
        if one.is_constant(-1):
            return graph.apply("neg", other)
    return None


def _fold_div(graph: Graph, a: Node, b: Node) -> Node | None:
    if b.is_constant(1) or a.is_constant(0):
        return a
    return None


def _fold_pow(graph: Graph, a: Node, b: Node) -> Node | None:
    if b.is_constant(0):
        return graph.constant(1)
    return a if b.is_constant(1) else None


def _fold_neg(graph: Graph, a: Node) -> Node | None:
    return a.args[0] if a.op == "neg" else None


_FOLDS: dict[str, Callable[..., Node | None]] = {
    "add": _fold_add,
    "sub": _fold_sub,
    "mul": _fold_mul,
    "div": _fold_div,
    "pow": _fold_pow,
    "neg": _fold_neg,
}


def _number(op: str, *values: float) -> float:
    try:
        return FLOAT[op](*values)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan
