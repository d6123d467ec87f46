"""Several comparisons in one: laboratories that took part in more than one tie them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.comparison.equivalence import Degree
from hengliang.metrology.comparison.errors import DisconnectedLinking, TooFewResults, UnknownLaboratory, require


@dataclass(frozen=True, slots=True)
class Reading:
    """A laboratory's result for the artefact of one comparison.

    `u` covers what is new in each comparison (repeatability, the artefact); what stays with the laboratory
    goes into `systematic` of `link`.
    """

    laboratory: str
    comparison: str
    value: float
    u: float


@dataclass(frozen=True, slots=True)
class Linked:
    """Every laboratory's degree of equivalence on one scale, and the artefacts' values."""

    degrees: tuple[Degree, ...]
    artefacts: dict[str, float]
    chi_squared: float
    degrees_of_freedom: int


def link(
    readings: Sequence[Reading],
    weights: Mapping[str, float],
    *,
    systematic: Mapping[str, float] | None = None,
    k: float = 2.0,
) -> Linked:
    """Degrees of equivalence by least squares on x = artefact + bias + error, with sum(w bias) = 0.

    weights : share of each laboratory in the key comparison's reference value (normalised here); the bias
        scale is that of this reference value
    systematic : standard uncertainty of what each laboratory carries from one comparison to the next

    Raises TooFewResults, BadNumber, DisconnectedLinking, UnknownLaboratory.

    Source: White, CPEM digest (2004); Sutton, Metrologia 41 (2004) 272; JCGM-style propagation of the
    systematic parts through D = (I - 1 w') s.
    """
    _check_numbers(readings, systematic or {}, k)
    laboratories = list(dict.fromkeys(r.laboratory for r in readings))
    comparisons = list(dict.fromkeys(r.comparison for r in readings))
    _check_connected(readings, comparisons)
    share = _share(weights, laboratories)
    bias, artefacts, covariance, chi2 = _solve(readings, laboratories, comparisons, share)
    carried = np.array([(systematic or {}).get(name, 0.0) for name in laboratories])
    project = np.eye(len(laboratories)) - share[None, :]
    total = covariance + project @ np.diag(carried**2) @ project.T
    u = np.sqrt(np.diag(total))
    degrees = tuple(
        Degree(name, float(b), float(s), k * float(s)) for name, b, s in zip(laboratories, bias, u, strict=True)
    )
    freedom = len(readings) - len(laboratories) - len(comparisons) + 1
    return Linked(degrees, dict(zip(comparisons, artefacts.tolist(), strict=True)), chi2, freedom)


def _share(weights: Mapping[str, float], laboratories: list[str]) -> Floats:
    for name in weights:
        if name not in laboratories:
            raise UnknownLaboratory(laboratory=name, known=", ".join(laboratories))
        require.not_negative(**{f"the weight of {name}": weights[name]})
    share = np.array([weights.get(name, 0.0) for name in laboratories])
    require.positive(the_sum_of_the_weights=float(share.sum()))
    return np.asarray(share / share.sum())


def _solve(
    readings: Sequence[Reading], laboratories: list[str], comparisons: list[str], share: Floats
) -> tuple[Floats, Floats, Floats, float]:
    """Minimum under the constraint, by the null space of the constraint so that nothing is squared."""
    labs, count = len(laboratories), len(laboratories) + len(comparisons)
    design = np.zeros((len(readings), count))
    for row, r in enumerate(readings):
        design[row, laboratories.index(r.laboratory)] = 1.0
        design[row, labs + comparisons.index(r.comparison)] = 1.0
    u = np.array([r.u for r in readings])
    y = np.array([r.value for r in readings])
    offset = float(y.mean())  # keeps digits: biases are small against the artefacts
    constraint = np.concatenate([share, np.zeros(len(comparisons))])[None, :]
    basis = np.linalg.svd(constraint)[2][1:].T
    q, r_factor = np.linalg.qr((design @ basis) / u[:, None])
    whitened = (y - offset) / u
    found = basis @ np.linalg.solve(r_factor, q.T @ whitened)
    inverse = basis @ np.linalg.inv(r_factor)
    rest = whitened - (design @ found) / u
    covariance = (inverse @ inverse.T)[:labs, :labs]
    return found[:labs], found[labs:] + offset, covariance, float(rest @ rest)


def _check_numbers(readings: Sequence[Reading], systematic: Mapping[str, float], k: float) -> None:
    if not readings:
        raise TooFewResults(method="linking", needed=1, n=0)
    for r in readings:
        require.finite(**{f"the value of {r.laboratory} in {r.comparison}": r.value})
        require.positive(**{f"u of {r.laboratory} in {r.comparison}": r.u})
    for name, u in systematic.items():
        if name not in {r.laboratory for r in readings}:
            raise UnknownLaboratory(laboratory=name, known=", ".join(dict.fromkeys(r.laboratory for r in readings)))
        require.not_negative(**{f"the systematic u of {name}": u})
    require.positive(k=k)


def _check_connected(readings: Sequence[Reading], comparisons: list[str]) -> None:
    reached = {comparisons[0]}
    while True:
        labs = {r.laboratory for r in readings if r.comparison in reached}
        wider = {r.comparison for r in readings if r.laboratory in labs}
        if wider == reached:
            break
        reached = wider
    for name in comparisons:
        if name not in reached:
            raise DisconnectedLinking(first=comparisons[0], second=name)
