"""Makers, models and years: batches of one maker are more alike than others, as far as the data show it."""

from collections.abc import Sequence

import numpy as np

from hengliang.metrology.arrays import Floats
from hengliang.metrology.balance.node import Batch

ROUNDS = 8  # of EM for the variances of makers, models and batches
FIRST = 0.003  # standard deviation of makers, models and years to begin with [fraction]; our choice
ALL = 0.05  # standard deviation of the mean of all meters [fraction]: so wide that only the data speak
WORTH = 2.0  # groups that it is worth


def pooled(information: Floats, score: Floats, batches: Sequence[Batch]) -> tuple[Floats, Floats]:
    """(B,) means and (B, B) covariance of the batches' means, each pulled towards its model's and maker's.

    information : (B, B) and score : (B,) from the data; what they say of a batch alone is theirs, the rest is shared

    Source: Gelman and Hill, Data Analysis Using Regression and Multilevel Models, 12; variances by EM.
    """
    levels = [_groups([key(batch) for batch in batches]) for key in (_all, _maker, _model, _batch)]
    members = np.concatenate(levels, axis=1)
    cuts = np.cumsum([level.shape[1] for level in levels])[:-1]
    variances = np.array([ALL**2] + [FIRST**2] * (len(levels) - 1))
    inside = members.T @ information @ members
    for _ in range(ROUNDS):
        prior = np.repeat(1.0 / variances, [level.shape[1] for level in levels])
        covariance = np.linalg.inv(inside + np.diag(prior))
        effects = covariance @ (members.T @ score)
        second = np.split(effects**2 + covariance.diagonal(), cuts)
        learnt = [(part.sum() + WORTH * FIRST**2) / (len(part) + WORTH) for part in second[1:]]
        variances = np.array([ALL**2, *learnt])
    return members @ effects, members @ covariance @ members.T


def _groups(names: Sequence[object]) -> Floats:
    """(B, groups) one where a batch is in the group."""
    order = {name: k for k, name in enumerate(dict.fromkeys(names))}
    out = np.zeros((len(names), len(order)))
    out[np.arange(len(names)), [order[name] for name in names]] = 1.0
    return out


def _all(_: Batch) -> object:
    return None


def _maker(batch: Batch) -> object:
    return batch.maker


def _model(batch: Batch) -> object:
    return batch.maker, batch.model


def _batch(batch: Batch) -> object:
    return batch
