"""What each operation of a traced model does to one number, and to an array."""

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

_MATH: dict[str, Callable[..., Any]] = {
    "exp": math.exp,
    "expm1": math.expm1,
    "log": math.log,
    "log1p": math.log1p,
    "log10": math.log10,
    "log2": math.log2,
    "sqrt": math.sqrt,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "arcsin": math.asin,
    "arccos": math.acos,
    "arctan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "arctan2": math.atan2,
    "abs": abs,
    "minimum": min,
    "maximum": max,
}
_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
}


def _sign(x: float) -> float:
    return math.copysign(1.0, x) if x else 0.0


FLOAT: dict[str, Callable[..., float]] = {**_ARITHMETIC, **_MATH, "pow": math.pow, "sign": _sign}
ARRAY: dict[str, Callable[..., Any]] = {
    **_ARITHMETIC,
    **{name: getattr(np, "absolute" if name == "abs" else name) for name in _MATH},
    "pow": operator.pow,
    "sign": np.sign,
}
# The same as numpy's own functions, which can write into an array that is there already.
INTO: dict[str, Callable[..., Any]] = {
    **{name: ARRAY[name] for name in _MATH},
    "add": np.add,
    "sub": np.subtract,
    "mul": np.multiply,
    "div": np.divide,
    "neg": np.negative,
    "pow": np.power,
    "sign": np.sign,
}
