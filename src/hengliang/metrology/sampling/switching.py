"""Switching between normal, tightened and reduced inspection, lot after lot."""

from dataclasses import dataclass, replace

from hengliang.metrology.sampling.scheme import Inspection

_SCORE_FOR_REDUCED = 30


@dataclass(frozen=True, slots=True)
class Series:
    """Where a series of lots stands; begins with normal inspection."""

    inspection: Inspection = "normal"
    recent: tuple[bool, ...] = ()
    """Verdicts of the last lots under the present inspection, at most five."""
    score: int = 0
    """Switching score; counts under normal inspection only."""
    not_accepted_tightened: int = 0
    """Lots not accepted since tightened inspection began."""
    discontinued: bool = False


@dataclass(frozen=True, slots=True)
class LotOutcome:
    """What original inspection of a lot gave."""

    accepted: bool
    ac: int
    """Acceptance number of the single plan used."""
    accepted_one_step_tighter: bool = False
    """Whether it would also have been accepted at the next smaller AQL (asked for when Ac >= 2)."""
    accepted_at_first_sample: bool = True
    """For double and multiple plans: decided by the first (third) sample at the latest."""


def advance(series: Series, lot: LotOutcome, *, steady: bool = True, reduced_allowed: bool = True) -> Series:
    """The series after one more lot submitted for the first time.

    Normal to tightened: two of five or fewer consecutive lots not accepted. Tightened to normal: five in a
    row accepted; discontinued after five not accepted. Normal to reduced: switching score 30, steady
    production and the authority's leave. Reduced to normal: a lot not accepted, or production unsteady.

    Source: ISO 2859-1:1999, 9.3 and 9.4; GB/T 2828.1-2012, 9.3.

    >>> bad = LotOutcome(accepted=False, ac=1)
    >>> advance(advance(Series(), bad), bad).inspection
    'tightened'
    """
    recent = (*series.recent, lot.accepted)[-5:]
    if series.inspection == "normal":
        return _from_normal(series, lot, recent, may_reduce=steady and reduced_allowed)
    if series.inspection == "tightened":
        return _from_tightened(series, lot, recent)
    if not lot.accepted or not steady or not reduced_allowed:
        return Series()
    return replace(series, recent=recent)


def _from_normal(series: Series, lot: LotOutcome, recent: tuple[bool, ...], *, may_reduce: bool) -> Series:
    if recent.count(False) >= 2:
        return Series("tightened")
    score = _score(series.score, lot)
    if score >= _SCORE_FOR_REDUCED and may_reduce:
        return Series("reduced")
    return replace(series, recent=recent, score=score)


def _from_tightened(series: Series, lot: LotOutcome, recent: tuple[bool, ...]) -> Series:
    if len(recent) == 5 and all(recent):
        return Series()
    failed = series.not_accepted_tightened + (not lot.accepted)
    return replace(series, recent=recent, not_accepted_tightened=failed, discontinued=failed >= 5)


def _score(score: int, lot: LotOutcome) -> int:
    """Source: ISO 2859-1:1999, 9.3.3.2: 3 for Ac >= 2 when also good one step tighter, 2 for Ac 0 or 1."""
    if not lot.accepted or not lot.accepted_at_first_sample:
        return 0
    if lot.ac >= 2:
        return score + 3 if lot.accepted_one_step_tighter else 0
    return score + 2
