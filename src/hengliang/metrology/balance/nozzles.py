"""Whether the nozzles of a station were all set to the same side of zero, each by itself within the limits.

A limit of error is for what can't be helped, not to be used up to the seller's advantage: adjusters set a dispenser
as near to zero as its steps allow. Honest errors scatter to both sides; a station whose nozzles all give short is
told by all of them together, long before one of them fails.

Source: OIML R 117-1:2019, 2.10 (no exploiting of the limits, no systematic favouring of a party).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal

import numpy as np

from hengliang.metrology.balance.errors import TooFewTests
from hengliang.metrology.balance.verdict import Reason, State

FEWEST = 4  # nozzles; with fewer even all on one side happens by chance in one station of eight
RARE = 0.01  # probability of an honest station being called suspect; our choice
USED = 0.5  # of the limit: a mean beyond it is suspect only if the sign test agrees


@dataclass(frozen=True, slots=True)
class Adjustment:
    """The nozzles of a station together."""

    state: State
    reason: Reason
    mean: float
    """Mean error of the nozzles [fraction]; positive: the dispenser shows more than it gives."""
    u_mean: float
    """With the uncertainty common to all nozzles."""
    p_mean: float
    """Probability of a mean so far to the seller's side if they were set to zero."""
    p_signs: float
    """Probability of so many nozzles on the seller's side if each side were as likely."""


def one_sided_adjustment(
    errors: Sequence[float], *, limit: float, common: float = 0.0, step: float = 0.0,
    favours: Literal["positive", "negative"] = "positive",
) -> Adjustment:  # fmt: skip
    """Whether the errors of a station's nozzles lean to the seller's side by more than chance.

    errors : mean error of each nozzle [fraction]; limit : their limit of error; common : standard uncertainty that
    all share (the measure, the temperature, the tank's gauge); step : smallest step of adjustment, half of which
    any honest adjuster may be off; favours : the sign of an error from which the seller gains

    Raises TooFewTests.
    """
    from scipy.stats import t as student

    gain = np.asarray(errors, dtype=float) * (1.0 if favours == "positive" else -1.0)
    k = len(gain)
    if k < FEWEST:
        raise TooFewTests(n=k, needed=FEWEST)
    u = float(np.sqrt(gain.var(ddof=1) / k + common**2 + (step / 2.0) ** 2 / 3.0))
    mean = float(gain.mean())
    p_mean = float(student.sf(mean / u, k - 1)) if u else float(mean <= 0.0)
    p_signs = _signs(int((gain > 0).sum()), int((gain != 0).sum()))
    params = {"mean": mean, "nozzles": k, "positive": int((gain > 0).sum()), "limit": limit}
    state, code = _state(p_mean, p_signs, mean, u, limit)
    return Adjustment(state, Reason(code, params), float(np.mean(errors)), u, p_mean, p_signs)


def _state(p_mean: float, p_signs: float, mean: float, u: float, limit: float) -> tuple[State, str]:
    if p_mean <= RARE and (p_signs <= RARE * FEWEST or mean > USED * limit):
        return "suspect", "one_sided"
    return ("good", "both_sided") if 2.0 * u <= limit else ("undeterminable", "nozzles_too_uncertain")


def _signs(positive: int, n: int) -> float:
    """Probability of at least so many of n on one side, each with one half."""
    return float(sum(comb(n, d) for d in range(positive, n + 1)) / 2**n)
