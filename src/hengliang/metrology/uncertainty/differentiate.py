"""Exact partial derivatives of a traced model, as further expressions of the same graph (reverse mode)."""

import math
from collections.abc import Callable, Sequence

from hengliang.metrology.uncertainty.expression import Graph, Node, reachable

LN10, LN2 = math.log(10.0), math.log(2.0)


def gradient(output: Node, inputs: Sequence[Node]) -> list[Node]:
    """The derivatives of `output` with respect to each of `inputs`; exact, not by differences."""
    graph = output.graph
    adjoint: dict[int, Node] = {output.index: graph.constant(1)}
    for node in reversed(reachable([output])):
        outer = adjoint.get(node.index)
        if outer is None or not node.args:
            continue
        for argument, partial in zip(node.args, PARTIALS[node.op](graph, *node.args, node), strict=True):
            if not argument.is_constant():
                term = outer * partial
                known = adjoint.get(argument.index)
                adjoint[argument.index] = term if known is None else known + term
    zero = graph.constant(0)
    return [adjoint.get(node.index, zero) for node in inputs]


Partials = Callable[..., tuple[Node, ...]]


def _pow(graph: Graph, a: Node, b: Node, y: Node) -> tuple[Node, Node]:
    if b.is_constant():
        return b * a ** (b.value - 1.0), b
    return b * a ** (b - 1), y * graph.apply("log", a)


def _arctan2(graph: Graph, a: Node, b: Node, y: Node) -> tuple[Node, Node]:
    square = a * a + b * b
    return b / square, -a / square


def _chosen(graph: Graph, a: Node, b: Node, sign: float) -> tuple[Node, Node]:
    # 1 for the argument that is chosen, 0 for the other; none where they are equal, as there is none.
    apart = a - b
    step = apart / graph.apply("abs", apart)
    return 0.5 + 0.5 * sign * step, 0.5 - 0.5 * sign * step


PARTIALS: dict[str, Partials] = {
    "add": lambda g, a, b, y: (g.constant(1), g.constant(1)),
    "sub": lambda g, a, b, y: (g.constant(1), g.constant(-1)),
    "mul": lambda g, a, b, y: (b, a),
    "div": lambda g, a, b, y: (1 / b, -y / b),
    "pow": _pow,
    "arctan2": _arctan2,
    "minimum": lambda g, a, b, y: _chosen(g, a, b, -1.0),
    "maximum": lambda g, a, b, y: _chosen(g, a, b, 1.0),
    "neg": lambda g, a, y: (g.constant(-1),),
    "abs": lambda g, a, y: (a / y,),  # not sign(a): at zero there is no slope, and 0 would pass for one
    "sign": lambda g, a, y: (g.constant(0),),
    "sqrt": lambda g, a, y: (0.5 / y,),
    "exp": lambda g, a, y: (y,),
    "expm1": lambda g, a, y: (y + 1,),
    "log": lambda g, a, y: (1 / a,),
    "log1p": lambda g, a, y: (1 / (1 + a),),
    "log10": lambda g, a, y: (1 / (LN10 * a),),
    "log2": lambda g, a, y: (1 / (LN2 * a),),
    "sin": lambda g, a, y: (g.apply("cos", a),),
    "cos": lambda g, a, y: (-g.apply("sin", a),),
    "tan": lambda g, a, y: (1 + y * y,),
    "arcsin": lambda g, a, y: (1 / g.apply("sqrt", 1 - a * a),),
    "arccos": lambda g, a, y: (-1 / g.apply("sqrt", 1 - a * a),),
    "arctan": lambda g, a, y: (1 / (1 + a * a),),
    "sinh": lambda g, a, y: (g.apply("cosh", a),),
    "cosh": lambda g, a, y: (g.apply("sinh", a),),
    "tanh": lambda g, a, y: (1 - y * y,),
}
