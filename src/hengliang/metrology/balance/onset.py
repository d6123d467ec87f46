"""Since when a meter has another error: the week in which a step explains most."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.calendar import start_of
from hengliang.metrology.balance.calibration import scores
from hengliang.metrology.balance.estimator import Estimate
from hengliang.metrology.balance.verdict import Onset

FALSE_ALARM = 0.05  # probability of any false step in a node, over all its meters and weeks
CANDIDATES = 12  # meters of a node whose steps are searched; many more steps at once are another trouble
TAIL = 0.025
LEAST_LEFT = 1e-3  # of a step's own weight, when all others could imitate it


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The step of one meter in δ."""

    onset: Onset
    after: float
    """δ since the step."""
    u_after: float


def steps(estimate: Estimate) -> dict[int, Step]:
    """By place of the meter: steps that are significant over all meters and weeks together.

    Source: score test of an added regressor, Rao, Proc. Camb. Phil. Soc. 44 (1948) 50; Bonferroni over the scan.
    """
    parts, posterior = estimate.normal.weeks, estimate.posterior
    n, weeks = len(posterior.mean), len(parts)
    if weeks < 2:
        return {}
    later = np.cumsum(scores(estimate.normal, posterior.mean)[:, ::-1], axis=1)[:, ::-1][:, 1:]
    threshold = 2.0 * np.log(n * (weeks - 1) / FALSE_ALARM)
    hopeful = np.argsort(-np.abs(later).max(axis=1) / np.sqrt(np.maximum(estimate.normal.a.diagonal(), 1e-300)))
    out = {}
    for j in hopeful[:CANDIDATES]:
        information, weight = _information(estimate, int(j))
        square = later[j] ** 2 / (information * posterior.sigma2)
        if float(square.max()) > threshold:
            out[int(j)] = _step(estimate, int(j), later[j] / information, information, square, weight)
    return out


def _information(estimate: Estimate, j: int) -> tuple[Floats, Floats]:
    """(weeks - 1,) information on a step of meter j at the beginning of each week but the first, and the share of
    the meter's weight that lies after it."""
    normal, posterior = estimate.normal, estimate.posterior
    n = len(posterior.mean)
    rows = np.zeros((len(normal.weeks), n + len(normal.loss_names)))
    for w, part in enumerate(normal.weeks):
        at = np.flatnonzero(part.place == j)
        if len(at):
            rows[w, part.place] = part.gram[at[0]]
            rows[w, j] -= part.own[at[0]]
    after = np.cumsum(rows[::-1], axis=0)[::-1][1:]
    reduced = after[:, :n] + after[:, n:] @ normal.loss_map[:, 1:]
    taken = np.einsum("wi,ij,wj->w", reduced, estimate.covariance, reduced, optimize=True) / posterior.sigma2
    lost = np.einsum("wi,ij,wj->w", after[:, n:], normal.loss_inverse, after[:, n:], optimize=True)
    own, whole = after[:, j] - lost, max(float(rows[:, j].sum()), np.finfo(float).tiny)
    weight = after[:, j] / whole
    told = (weight > LEAST_LEFT) & (weight < 1.0 - LEAST_LEFT) & (own > LEAST_LEFT * after[:, j])
    return np.where(told, np.maximum(own - taken, own * LEAST_LEFT), np.inf), weight


def _step(estimate: Estimate, j: int, size: Floats, information: Floats, square: Floats, weight: Floats) -> Step:
    best = int(np.argmax(square))
    chance = np.exp((square - square[best]) / 2.0)
    chance = np.cumsum(chance / chance.sum())
    first, last = np.searchsorted(chance, (TAIL, 1.0 - TAIL))
    step, u_step = float(size[best]), float(np.sqrt(estimate.posterior.sigma2 / information[best]))
    before = float(estimate.posterior.mean[j]) - step * float(weight[best])
    after = before + step
    u_after = float(np.hypot(u_step * (1.0 - weight[best]), np.sqrt(estimate.posterior.variance[j])))
    weeks: NDArray[np.int64] = np.array([part.week for part in estimate.normal.weeks[1:]])
    onset = Onset(
        start_of(int(weeks[best])), start_of(int(weeks[first])), start_of(int(weeks[min(last, len(weeks) - 1)])),
        -before / (1.0 + before), -after / (1.0 + after), u_step,
    )  # fmt: skip
    return Step(onset, after, u_after)
