"""Net content of a lot of prepackages: the mean and the single packages (JJF 1070, OIML R 87).

PrepackageError
├── NoRow          the tables don't cover the lot or the nominal content
└── WrongSample    the sample is not of the size that the plan asks for
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hengliang.metrology.arrays import ArrayLike
from hengliang.metrology.conformity import Fail, Pass
from hengliang.metrology.errors import MetrologyError


class PrepackageError(MetrologyError):
    """A lot of prepackages that can't be judged."""


class NoRow(PrepackageError):
    """The tables don't cover the lot or the nominal content."""

    template = "The table has no row for {what} {value:g}; it ends outside, so take the edition that covers it."


class WrongSample(PrepackageError):
    """The sample is not of the size that the plan asks for."""

    template = "A lot of {lot} needs {needed} packages and {n} were measured; measure exactly those drawn."


@dataclass(frozen=True, slots=True)
class DeficiencyBand:
    """Tolerable deficiency for nominal contents above `over` up to `to`, percent of it or absolute."""

    over: float
    to: float
    percent: float | None
    absolute: float | None


@dataclass(frozen=True, slots=True)
class DeficiencyTable:
    """Bands of one measure (mass or volume, length, area, count), with the rounding of T."""

    bands: tuple[DeficiencyBand, ...]
    fine_step: float = 0.0
    """Step of T for nominal contents up to `fine_up_to`; 0 for no rounding."""
    coarse_step: float = 0.0
    fine_up_to: float = math.inf
    round_up: bool = False

    def at(self, nominal: float) -> float:
        """T for a nominal content, in its unit. Raises NoRow."""
        for band in self.bands:
            if band.over < nominal <= band.to:
                raw = band.absolute if band.absolute is not None else nominal * (band.percent or 0.0) / 100
                return self._rounded(raw, self.fine_step if nominal <= self.fine_up_to else self.coarse_step)
        raise NoRow(what="the nominal content", value=nominal)

    def _rounded(self, value: float, step: float) -> float:
        if step == 0.0:
            return value
        # Nine digits first: 4.5 % of 150 is 6.749999999999999 in binary and must count as 6.75.
        steps = float(f"{value / step:.9g}")
        whole = math.ceil(steps) if self.round_up else math.floor(steps + 0.5)
        return float(f"{whole * step:.12g}")


@dataclass(frozen=True, slots=True)
class PlanRow:
    """Plan for lots of `low` to `high` packages (None: no end)."""

    low: int
    high: int | None
    n: int | None
    """Packages to draw; None for all of them."""
    factor: float | None
    """lambda, or the sample correction factor; None where the mean is not tested."""
    allowed: int
    """Packages that may lie between one and two T short."""
    allowed_double: int
    """Packages that may lie more than two T short."""


@dataclass(frozen=True, slots=True)
class PrepackageVerdict:
    """The verdict with all figures it rests on, in the unit of the nominal content."""

    decision: Pass | Fail
    n: int
    mean: float
    sd: float
    mean_limit: float | None
    """Least mean that passes, nominal - factor * s; None where the mean is not tested."""
    deficiency: float
    """T, the tolerable deficiency."""
    short: int
    """Packages between one and two T short."""
    very_short: int
    """Packages more than two T short."""
    row: PlanRow

    @property
    def mean_passes(self) -> bool:
        """Whether the mean test is passed, or does not apply."""
        return self.mean_limit is None or self.mean >= self.mean_limit - 1e-9 * abs(self.mean_limit)


def plan_row(rows: Sequence[PlanRow], lot: int) -> PlanRow:
    """The row for a lot. Raises NoRow."""
    for row in rows:
        if lot >= row.low and (row.high is None or lot <= row.high):
            return row
    raise NoRow(what="a lot of", value=lot)


def judge_lot(
    contents: ArrayLike,
    nominal: float,
    lot: int,
    rows: Sequence[PlanRow],
    table: DeficiencyTable,
    *,
    source: str,
) -> PrepackageVerdict:
    """Whether a lot passes: the corrected mean reaches the nominal content, and few packages are short.

    contents : (n,) actual contents of the packages drawn, in the unit of the nominal content
    source : document and clause, for the decision

    Raises NoRow, WrongSample.

    Source: JJF 1070-2005, 4.3 and appendix A: mean >= Qn - lambda s; of D = Qn - q, T < D <= 2T is counted
    against `allowed`, D > 2T against `allowed_double`. OIML R 87:2016, 4 (mean error + SCF s >= 0) is alike.
    """
    x = np.asarray(contents, dtype=float)
    row = plan_row(rows, lot)
    needed = lot if row.n is None else row.n
    if len(x) != needed:
        raise WrongSample(lot=lot, needed=needed, n=len(x))
    t = table.at(nominal)
    slack = 1e-9 * nominal  # a package short by exactly T is not short
    deficiency = nominal - x
    very_short = int(np.sum(deficiency > 2 * t + slack))
    short = int(np.sum(deficiency > t + slack)) - very_short
    sd = float(x.std(ddof=1)) if len(x) > 1 else 0.0
    limit = None if row.factor is None else nominal - row.factor * sd
    mean = float(x.mean())
    passes = limit is None or mean >= limit - slack
    good = passes and short <= row.allowed and very_short <= row.allowed_double
    kind, status = (Pass, "合格") if good else (Fail, "不合格")
    decision = kind(status, "mean and single packages", source)
    return PrepackageVerdict(decision, len(x), mean, sd, limit, t, short, very_short, row)
