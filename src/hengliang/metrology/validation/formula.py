"""A formula of a vector file, read by a closed grammar: numbers, names, + - * / **, and a few functions."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "exp": np.exp, "log": np.log, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "tan": np.tan,
    "arctan": np.arctan, "atan": np.arctan,
}  # fmt: skip
_CONSTANTS = {"pi": np.pi}


def compile_formula(text: str) -> Callable[[Mapping[str, Any]], Any]:
    """A function from values by name (numbers or arrays, real or complex) to the formula's value.

    Raises ValueError, quoting the part that is outside the grammar.

    >>> compile_formula("2*x**2")({"x": 3.0})
    18.0
    """
    body = ast.parse(text.strip(), mode="eval").body
    _check(body)
    return lambda names: _value(body, names)


def _check(node: ast.AST) -> None:
    for part in ast.walk(node):
        allowed = (ast.BinOp, ast.UnaryOp, ast.Call, ast.Name, ast.Constant, ast.Load, *_OPERATORS)
        if not isinstance(part, allowed):
            raise ValueError(f"a formula can't contain {ast.unparse(part)!r}")


def _value(node: ast.AST, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    if isinstance(node, ast.Name):
        return names[node.id] if node.id in names else _CONSTANTS[node.id]
    if isinstance(node, ast.UnaryOp):
        return _OPERATORS[type(node.op)](_value(node.operand, names))
    if isinstance(node, ast.BinOp):
        return _OPERATORS[type(node.op)](_value(node.left, names), _value(node.right, names))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        return _FUNCTIONS[node.func.id](*(_value(a, names) for a in node.args))
    raise ValueError(f"a formula can't contain {ast.unparse(node)!r}")
