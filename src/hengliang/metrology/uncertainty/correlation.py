"""Correlation between inputs: stated coefficients, and those that follow from shared causes."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.uncertainty.errors import CorrelationError, CorrelationNotPositive
from hengliang.metrology.uncertainty.inputs import Input

_CARRIES = 0.1  # components of the offending eigenvector below this are not worth naming

Pairs = Mapping[tuple[str, str], float]
ROUNDING = 1e-9  # an eigenvalue below -ROUNDING is a contradiction, not a rounding error


def correlation_matrix(inputs: Sequence[Input], pairs: Pairs) -> NDArray[np.float64] | None:
    """The correlation matrix of the inputs, shape (n, n), or None when they are independent.

    Coefficients of ±1 are allowed (a semi-definite matrix). Raises CorrelationError and
    CorrelationNotPositive.
    Source: JCGM 100:2008, 5.2.2, eq. (14); F.1.2.3.
    """
    if not pairs and not any(i.key or i.shares for i in inputs):
        return None
    matrix = np.eye(len(inputs))
    _add_shared(matrix, inputs)
    _add_stated(matrix, inputs, pairs)
    if np.array_equal(matrix, np.eye(len(inputs))):
        return None
    _require_positive(matrix, [i.name for i in inputs])
    return matrix


def _add_shared(matrix: NDArray[np.float64], inputs: Sequence[Input]) -> None:
    causes = [i.causes for i in inputs]
    for row, first in enumerate(inputs):
        for column in range(row):
            common = causes[row].keys() & causes[column].keys()
            if common and first.u and inputs[column].u:
                shared = math.fsum(causes[row][k].u * causes[column][k].u for k in sorted(common))
                matrix[row, column] = matrix[column, row] = shared / (first.u * inputs[column].u)


def _add_stated(matrix: NDArray[np.float64], inputs: Sequence[Input], pairs: Pairs) -> None:
    position = {i.name: n for n, i in enumerate(inputs)}
    seen: set[frozenset[str]] = set()
    for pair, r in pairs.items():
        if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(r, int | float | np.number)):
            raise CorrelationError(first=pair, second=r, reason='write {("V", "I"): -0.36}')
        first, second = pair
        _require_sound(first, second, r, position, seen, inputs)
        a, b = position[first], position[second]
        matrix[a, b] = matrix[b, a] = r


def _require_sound(
    first: str,
    second: str,
    r: float,
    position: Mapping[str, int],
    seen: set[frozenset[str]],
    inputs: Sequence[Input],
) -> None:
    def refuse(reason: str) -> None:
        """Raises CorrelationError that names the pair."""
        raise CorrelationError(first=first, second=second, reason=reason)

    for name in (first, second):
        if name not in position:
            refuse(f"there is no input {name!r}")
        if inputs[position[name]].causes:
            refuse(f"{name!r} is already correlated through its key or shares; state one or the other")
    if first == second or frozenset((first, second)) in seen:
        refuse("stated twice, or of an input with itself")
    if not -1 <= r <= 1:
        refuse(f"a coefficient lies between -1 and 1, got {r}")
    seen.add(frozenset((first, second)))


def _require_positive(matrix: NDArray[np.float64], names: Sequence[str]) -> None:
    eigenvalues, vectors = np.linalg.eigh(matrix)
    if eigenvalues[0] < -ROUNDING:
        carriers = [name for name, part in zip(names, vectors[:, 0], strict=True) if abs(part) > _CARRIES]
        raise CorrelationNotPositive(eigenvalue=float(eigenvalues[0]), names=", ".join(carriers))


def groups(matrix: NDArray[np.float64]) -> list[list[int]]:
    """Positions of inputs that are correlated with each other, directly or through others."""
    n = len(matrix)
    found: list[list[int]] = []
    left = set(range(n))
    while left:
        group, waiting = set[int](), [min(left)]
        while waiting:
            one = waiting.pop()
            if one not in group:
                group.add(one)
                waiting.extend(int(k) for k in np.flatnonzero(matrix[one]) if int(k) not in group)
        left -= group
        found.append(sorted(group))
    return found


def factor(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """A factor A with A Aᵀ = matrix; exists for semi-definite matrices too, where Cholesky's does not."""
    eigenvalues, vectors = np.linalg.eigh(matrix)
    return np.asarray(vectors * np.sqrt(np.clip(eigenvalues, 0.0, None)))
