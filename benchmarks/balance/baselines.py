"""What others use, on the same columns: least squares, ridge, Huber, recursive least squares, Student-t prior."""

from collections.abc import Callable

import numpy as np

from hengliang.metrology.balance import NodeData
from hengliang.metrology.balance.design import design

HUBER = 1.345
FORGETTING = 0.998
DEGREES = 4.0
ROUNDS = 8


def projected(data: NodeData) -> tuple[np.ndarray, np.ndarray]:
    """(T, n) columns and (T,) residual with constant loss coefficients projected out."""
    both = design(data)
    losses = np.column_stack([term.values for term in data.losses if term.name != "clock"])
    q, _ = np.linalg.qr(losses)
    both = both - q @ (q.T @ both)
    return both[:, :-1], both[:, -1]


def ols(x: np.ndarray, r: np.ndarray) -> np.ndarray:
    """Least squares, of least norm where there are too few periods."""
    return np.linalg.lstsq(x, r, rcond=None)[0]


def ridge(x: np.ndarray, r: np.ndarray, weight: np.ndarray | None = None) -> np.ndarray:
    """Ridge with the ratio of greatest marginal likelihood (empirical Bayes)."""
    w = np.ones(len(r)) if weight is None else weight
    values, vectors = np.linalg.eigh((x * w[:, None]).T @ x)
    values = np.maximum(values, 0.0)
    moment = vectors.T @ (x.T @ (w * r))
    square = float(r @ (w * r))
    best, chosen = -np.inf, 0.0
    for ratio in np.logspace(-9, 3, 49) / max(values.mean(), 1e-300):
        rest = square - float((ratio * moment**2 / (1 + ratio * values)).sum())
        score = -len(r) * np.log(max(rest, 1e-300)) - float(np.log1p(ratio * values).sum())
        if score > best:
            best, chosen = score, ratio
    return vectors @ (moment * chosen / (1 + chosen * values))


def huber(x: np.ndarray, r: np.ndarray) -> np.ndarray:
    """Huber's weights on the periods over ridge."""
    delta = ridge(x, r)
    for _ in range(ROUNDS // 2):
        rest = r - x @ delta
        scale = 1.4826 * float(np.median(np.abs(rest - np.median(rest)))) or 1.0
        weight = np.minimum(1.0, HUBER * scale / np.maximum(np.abs(rest), 1e-12))
        delta = ridge(x, r, weight)
    return delta


def rls(x: np.ndarray, r: np.ndarray) -> np.ndarray:
    """Recursive least squares with a forgetting factor."""
    n = x.shape[1]
    delta, p = np.zeros(n), np.eye(n) * 1e-2 / max(float(np.mean(r**2)), 1e-12)
    for row, value in zip(x, r, strict=True):
        pushed = p @ row
        gain = pushed / (FORGETTING + float(row @ pushed))
        delta = delta + gain * (value - float(row @ delta))
        p = (p - np.outer(gain, pushed)) / FORGETTING
    return delta


def student(x: np.ndarray, r: np.ndarray) -> np.ndarray:
    """Student-t prior by iterated weights on the meters."""
    gram, moment, square = x.T @ x, x.T @ r, float(r @ r)
    delta, sigma2, scale2 = np.zeros(x.shape[1]), square / len(r), 0.005**2
    weight = np.ones(len(delta))
    for _ in range(ROUNDS):
        spread = np.linalg.inv(gram / sigma2 + np.diag(weight / scale2))
        delta = spread @ (moment / sigma2)
        second = delta**2 + spread.diagonal()
        weight = (DEGREES + 1) / (DEGREES + second / scale2)
        scale2 = float(np.mean(weight * second))
        rest = square - 2 * float(moment @ delta) + float(delta @ gram @ delta)
        sigma2 = max(rest + float(np.sum(gram * spread)), 1e-300) / len(r)
    return delta


METHODS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "OLS": ols, "ridge (EB)": ridge, "Huber + ridge": huber, "RLS 0.998": rls, "Student-t prior": student,
}  # fmt: skip
