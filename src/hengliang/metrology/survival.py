"""How long instruments of a maker, model or batch last: Kaplan-Meier and Weibull.

Most instruments still work when we look (right censoring), and most entered the ledger when no longer new
(left truncation): both are counted, or the old would look immortal.

SurvivalError
├── BadNumber      a number that is none, or lists of unlike length
├── NoFailures     too few have failed
└── BadSpan        an instrument leaves before it enters
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from hengliang.metrology.arguments import Require
from hengliang.metrology.arrays import ArrayLike, Booleans, Floats
from hengliang.metrology.errors import MetrologyError


class SurvivalError(MetrologyError):
    """Lives from which nothing can be learnt as asked."""


class BadNumber(SurvivalError):
    """A number that is none, or one that the question can't have."""

    template = "{what} is {value}; it must be {wanted}."


require = Require(BadNumber)


class NoFailures(SurvivalError):
    """Too few have failed."""

    template = "{failures} of {n} instruments have failed, at least {needed} are needed; wait, or pool models."


class BadSpan(SurvivalError):
    """An instrument leaves before it enters."""

    template = "Instrument {index} is seen from age {entry} to {age}; ages must be positive and rising."


@dataclass(frozen=True, slots=True, eq=False)
class KaplanMeier:
    """Share still alive after each age at which something failed."""

    ages: Floats
    survival: Floats
    low: Floats
    high: Floats
    """Confidence limits, log-log."""
    at_risk: Floats
    failed: Floats

    def at(self, age: float) -> float:
        """Survival at an age."""
        place = int(np.searchsorted(self.ages, age, side="right"))
        return float(self.survival[place - 1]) if place else 1.0


def kaplan_meier(
    ages: ArrayLike, failed: ArrayLike, *, entry: ArrayLike | None = None, confidence: float = 0.95
) -> KaplanMeier:
    """The product-limit estimate.

    ages : (n,) age when last seen; failed : (n,) whether it failed then; entry : (n,) age when first seen

    Raises BadNumber, BadSpan, NoFailures.

    Source: Kaplan and Meier, J. Am. Stat. Assoc. 53 (1958) 457; Greenwood's variance, log-log limits
    (Kalbfleisch and Prentice, 1.4); left truncation by counting only those already under observation.
    """
    require.share(confidence=confidence)
    t, d, start = _spans(ages, failed, entry, least=1)
    moments = np.unique(t[d])
    at_risk = np.array([np.sum((start < m) & (t >= m)) for m in moments], dtype=float)
    deaths = np.array([np.sum(d & (t == m)) for m in moments], dtype=float)
    return _product_limit(moments, at_risk, deaths, confidence)


def kaplan_meier_counts(
    ages: ArrayLike, failed: ArrayLike, working: ArrayLike, *, confidence: float = 0.95
) -> KaplanMeier:
    """The product-limit estimate from counts: how many were found failed, and how many working, at each age.

    ages : (n,) ages, each once; failed, working : (n,) counts at that age

    Raises BadNumber, BadSpan, NoFailures.

    Source: as `kaplan_meier`.
    """
    require.share(confidence=confidence)
    columns = {"ages": ages, "failed": failed, "working": working}
    t, d, w = (require.series(what, values) for what, values in columns.items())
    if not t.shape == d.shape == w.shape or (np.minimum(d, w) < 0).any():
        raise BadNumber(what="failed or working", value="not possible", wanted="a count, not below zero, for each age")
    if len(t) and (t <= 0).any():
        raise BadSpan(index=int(np.argmax(t <= 0)), entry=0.0, age=float(t.min()))
    if not d.sum():
        raise NoFailures(n=int((d + w).sum()), failures=0, needed=1)
    order = np.argsort(t)
    t, d, w = t[order], d[order], w[order]
    at_risk = np.cumsum((d + w)[::-1])[::-1]
    dead = d > 0
    return _product_limit(t[dead], at_risk[dead], d[dead], confidence)


def _product_limit(moments: Floats, at_risk: Floats, deaths: Floats, confidence: float) -> KaplanMeier:
    from scipy.special import ndtri

    survival: Floats = np.asarray(np.cumprod(1 - deaths / at_risk), dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(deaths / (at_risk * (at_risk - deaths)))
        spread = float(ndtri((1 + confidence) / 2)) * np.sqrt(greenwood) / np.abs(np.log(survival))
        low, high = survival ** np.exp(spread), survival ** np.exp(-spread)
    low, high = (np.where(survival > 0, limit, 0.0) for limit in (low, high))
    return KaplanMeier(moments, survival, low, high, at_risk, deaths)


@dataclass(frozen=True, slots=True, eq=False)
class Weibull:
    """R(age) = exp(-(age/scale)^shape), with the covariance of (ln shape, ln scale)."""

    shape: float
    scale: float
    """In the unit of the ages."""
    covariance: Floats
    log_likelihood: float

    def at(self, age: ArrayLike) -> Floats:
        """Survival at ages."""
        return np.asarray(np.exp(-np.power(np.asarray(age, dtype=float) / self.scale, self.shape)))

    def quantile(self, failed: float, *, confidence: float = 0.95) -> tuple[float, float, float]:
        """Age by which the share `failed` has failed, with its confidence limits."""
        from scipy.special import ndtri

        require.share(failed=failed, confidence=confidence)
        log_hazard = math.log(-math.log1p(-failed))
        centre = math.log(self.scale) + log_hazard / self.shape
        slope = np.array([-log_hazard / self.shape, 1.0])
        spread = float(ndtri((1 + confidence) / 2)) * math.sqrt(float(slope @ self.covariance @ slope))
        return math.exp(centre), math.exp(centre - spread), math.exp(centre + spread)


def fit_weibull(ages: ArrayLike, failed: ArrayLike, *, entry: ArrayLike | None = None) -> Weibull:
    """Maximum likelihood under right censoring and left truncation.

    log L = sum over failures of ln h(t) - sum of [H(t) - H(entry)]; the scale is solved for, so the search is
    in the shape alone.

    Raises BadNumber, BadSpan, NoFailures (at least two failures at different ages).

    Source: Lawless, Statistical Models and Methods for Lifetime Data, 5.2; IEC 61649:2008.
    """
    from scipy.optimize import minimize_scalar

    t, d, start = _spans(ages, failed, entry, least=2)
    unit = float(t.max())
    t, start = t / unit, start / unit
    found: Any = minimize_scalar(
        lambda log_k: -_profile(math.exp(log_k), t, d, start)[0], bounds=(-4, 4), method="bounded",
        options={"xatol": 1e-11},
    )  # fmt: skip
    shape = math.exp(float(found.x))
    likelihood, scale = _profile(shape, t, d, start)
    information = _information(shape, scale, t, d, start)
    return Weibull(
        shape,
        scale * unit,
        np.asarray(np.linalg.inv(information)),
        likelihood - float(d.sum()) * math.log(unit),
    )


def _profile(shape: float, t: Floats, d: Booleans, start: Floats) -> tuple[float, float]:
    exposure = float(np.sum(t**shape - start**shape))
    deaths = float(d.sum())
    scale = (exposure / deaths) ** (1 / shape)
    log_l = deaths * (math.log(shape) - shape * math.log(scale)) + (shape - 1) * float(np.log(t[d]).sum()) - deaths
    return log_l, scale


def _information(shape: float, scale: float, t: Floats, d: Booleans, start: Floats) -> Floats:
    """Observed information in (ln shape, ln scale), written out."""
    a, b = _moments(t / scale, shape), _moments(start / scale, shape)
    h0, h1, h2 = (x - y for x, y in zip(a, b, strict=True))
    deaths, logs = float(d.sum()), float(np.log(t[d] / scale).sum())
    kk = shape * (h1 + shape * h2) - shape * logs
    ks = -(shape * h0 + shape**2 * h1) + shape * deaths
    ss = shape**2 * h0
    return np.array([[kk, ks], [ks, ss]])


def _moments(z: Floats, shape: float) -> tuple[float, float, float]:
    """Sums of z^k (ln z)^j for j = 0, 1, 2, with 0 where z is 0."""
    positive = z[z > 0]
    logs, powers = np.log(positive), positive**shape
    return float(powers.sum()), float((powers * logs).sum()), float((powers * logs**2).sum())


def _spans(
    ages: ArrayLike, failed: ArrayLike, entry: ArrayLike | None, *, least: int
) -> tuple[Floats, Booleans, Floats]:
    t, d = require.series("ages", ages), require.series("failed", failed).astype(bool)
    start = np.zeros_like(t) if entry is None else require.series("entry", entry)
    if not t.shape == d.shape == start.shape or t.ndim != 1:
        sizes = f"{t.size}, {d.size} and {start.size}"
        raise BadNumber(what="the length of ages, failed and entry", value=sizes, wanted="the same for all")
    bad = ~((start >= 0) & (t > start))
    if bad.any():
        index = int(np.argmax(bad))
        raise BadSpan(index=index, entry=float(start[index]), age=float(t[index]))
    if len(np.unique(t[d])) < least:
        raise NoFailures(n=len(t), failures=int(d.sum()), needed=least)
    return t, d, start
