"""Lots: how many meters to draw, and what follows for the lot, from the sample alone and with the balance.

The sample alone is judged by a plan of limiting quality, exact for the lot, as ISO 2859-2 means it. The balance of
the same meters in service is a belief in the share beyond the limit; together with it a smaller sample leaves the
same risk. Both are always stated. A sample that the balance would not have let one expect sets the balance aside.

Source: GB/T 2828.2-2008 (ISO 2859-2); MessEV (DE) section 35; for belief and sample together Klauenberg and Elster,
Metrologia 54 (2017) 59, whose reliability over time is not used here.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from hengliang.metrology.balance.belief import Belief, at_most, surprise
from hengliang.metrology.balance.errors import BadValue
from hengliang.metrology.balance.verdict import LotState, Reason
from hengliang.metrology.sampling import Plan, characteristic, limiting_quality_plan, single
from hengliang.metrology.sampling.errors import PlanOutOfReach

MOST_AC = 30  # a plan that allows more takes a sample that nobody draws
STEPS, REACH = 8, 3  # points of the characteristics in a quality, and qualities that they reach
CONTRADICTION = 0.01  # probability of the sample by the belief at which the balance is set aside; our choice


@dataclass(frozen=True, slots=True)
class LotRule:
    """What a regulation asks of a lot; all numbers come from norms."""

    quality: float
    """Largest share beyond the limit: a lot at it is accepted with `risk` at most [fraction]."""
    risk: float
    """The consumer's [fraction]."""
    producer_risk: float
    """Of a lot as it is expected to be, of being refused [fraction]."""
    producer_quality: float
    """Share beyond the limit that is expected where no balance tells it [fraction]."""
    least: float
    """Part of the plain plan's sample that must be drawn, whatever the balance says [fraction]."""
    most: float
    """What the balance may be worth at most, in samples of the plain plan [fraction]."""

    def __post_init__(self) -> None:
        for what in ("quality", "risk", "producer_risk", "producer_quality"):
            if not 0.0 < getattr(self, what) < 1.0:
                raise BadValue(what=what.replace("_", " "), value=getattr(self, what), expected="between 0 and 1")
        if not 0.0 <= self.least <= 1.0:
            raise BadValue(what="the least sample", value=self.least, expected="from 0 to 1")
        if self.most < 0.0:
            raise BadValue(what="the worth of the balance", value=self.most, expected="not negative")


@dataclass(frozen=True, slots=True)
class Point:
    """Operating characteristics at one share beyond the limit: probability of acceptance."""

    share: float
    plain: float | None
    """By the sample alone; None where no plan can be drawn."""
    fused: float | None
    """With the balance as it is; None without one."""


@dataclass(frozen=True, slots=True)
class LotPlan:
    """What to draw from a lot."""

    lot: int
    rule: LotRule
    belief: Belief
    plain: Plan | None
    """By the sample alone; None where the lot is expected so bad that no sample would clear it."""
    fused: Plan | None
    """With the balance; None without a balance, or where it expects too bad a lot."""
    characteristics: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class LotVerdict:
    """What follows for a lot."""

    state: LotState
    reason: Reason
    share: float
    """Expected share of the lot beyond the limit, sample and balance together [fraction]."""
    probability_worse: float
    """That more of the lot than the quality allows lies beyond."""
    plain: LotState
    """By the sample alone."""
    contradiction: bool
    """Whether the sample contradicts the balance, which then does not count."""


def plan_lot(lot: int, rule: LotRule, belief: Belief | None = None) -> LotPlan:
    """The samples that would clear a lot of `lot` meters, alone and with the balance. Raises BadValue."""
    if lot < 1:
        raise BadValue(what="the size of the lot", value=lot, expected="at least 1")
    known = _bounded(lot, rule, belief or Belief())
    expected = known.mean if known.worth else rule.producer_quality
    plain = _smallest(lot, rule, expected, lambda ac: _plain(lot, rule, ac))
    fused = None
    if known.worth:
        least = math.ceil(rule.least * plain.n) if plain else 1
        fused = _smallest(lot, rule, expected, lambda ac: _fused(lot, rule, known, ac, least))
    return LotPlan(lot, rule, known, plain, fused, _points(lot, rule, plain, fused))


def _bounded(lot: int, rule: LotRule, belief: Belief) -> Belief:
    """The belief, worth no more than the rule lets it be."""
    usual = _smallest(lot, rule, rule.producer_quality, lambda ac: _plain(lot, rule, ac))
    return belief.bounded(rule.most * (usual.n if usual else lot))


def judge_lot(plan: LotPlan, n: int, beyond: int) -> LotVerdict:
    """The verdict on a lot of which `beyond` of n meters drawn at random lie beyond the limit. Raises BadValue."""
    if not 0 <= beyond <= n <= plan.lot:
        raise BadValue(what="the meters beyond the limit", value=beyond, expected=f"0 to {n}, of a lot of {plan.lot}")
    plain = _verdict(plan, Belief(), n, beyond)
    contradiction = bool(plan.belief.worth) and surprise(plan.belief, n, beyond) < CONTRADICTION
    believed = Belief() if contradiction else plan.belief
    state = _verdict(plan, believed, n, beyond)
    if state == "accept" and n < _least(plan):
        state = "undeterminable"
    worse = _worse(plan.lot, plan.rule, believed, n, beyond)
    share = (beyond + (plan.lot - n) * believed.after(n, beyond).mean) / plan.lot
    params = {"n": n, "beyond": beyond, "limit": plan.rule.quality, "probability": worse, "share": share}
    code = "lot_contradiction" if contradiction and state == "undeterminable" else f"lot_{state}"
    if state == "undeterminable" and n < _least(plan):
        code, params = "lot_sample_small", {"n": n, "least": _least(plan)}
    return LotVerdict(state, Reason(code, params), share, worse, plain, contradiction)


def _least(plan: LotPlan) -> int:
    """Meters that must be drawn in any case: the rule's part of the smallest sample that could clear the lot alone."""
    smallest = _plain(plan.lot, plan.rule, 0)
    return math.ceil(plan.rule.least * smallest.n) if smallest else plan.lot


def _verdict(plan: LotPlan, belief: Belief, n: int, beyond: int) -> LotState:
    """Without a balance the exact plan of limiting quality decides, else the belief after the sample."""
    allowed = int(plan.rule.quality * plan.lot)
    if beyond > allowed:
        return "reject"
    if beyond + plan.lot - n <= allowed:
        return "accept"
    if not belief.worth:
        return _counted(plan, n, beyond)
    worse = _worse(plan.lot, plan.rule, belief, n, beyond)
    if worse <= plan.rule.risk:
        return "accept"
    return "reject" if worse >= 1.0 - plan.rule.risk else "undeterminable"


def _counted(plan: LotPlan, n: int, beyond: int) -> LotState:
    """By the sample alone: a lot at the quality must be accepted, or refused, with the risk at most."""
    if n == 0:
        return "undeterminable"
    at_quality = _accept_at(plan.lot, plan.rule.quality, n, beyond)
    if at_quality <= plan.rule.risk:
        return "accept"
    fewer = _accept_at(plan.lot, plan.rule.quality, n, beyond - 1)
    return "reject" if fewer >= 1.0 - plan.rule.risk else "undeterminable"


def _accept_at(lot: int, quality: float, n: int, ac: int) -> float:
    """Probability that a lot just at the quality shows at most `ac` among n."""
    return characteristic(single(n, ac), quality, lot=lot).accept if ac >= 0 else 0.0


def _worse(lot: int, rule: LotRule, belief: Belief, n: int, beyond: int) -> float:
    """Probability that more than the quality allows of the whole lot lie beyond."""
    return 1.0 - at_most(belief.after(n, beyond), lot - n, int(rule.quality * lot) - beyond)


def _smallest(lot: int, rule: LotRule, expected: float, plan_of: Callable[[int], Plan | None]) -> Plan | None:
    """The plan of the fewest allowed that accepts a lot as expected with the producer's risk at most."""
    for ac in range(min(MOST_AC, lot) + 1):
        plan = plan_of(ac)
        if plan is not None and characteristic(plan, expected, lot=lot).accept >= 1.0 - rule.producer_risk:
            return plan
    return None


def _plain(lot: int, rule: LotRule, ac: int) -> Plan | None:
    try:
        return limiting_quality_plan(lot, rule.quality, ac, beta=rule.risk).plan
    except PlanOutOfReach:
        return None


def _fused(lot: int, rule: LotRule, belief: Belief, ac: int, least: int) -> Plan | None:
    """The smallest sample of at least `least` after which, with `ac` or more beyond, the risk is kept.

    Its acceptance number is the largest that keeps the risk, so that its characteristics are those of the verdict.
    """
    low, high = max(ac, least, 1) - 1, lot
    if _worse(lot, rule, belief, high, ac) > rule.risk:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _worse(lot, rule, belief, middle, ac) > rule.risk else (low, middle)
    if not _accepts(lot, rule, belief, high, ac):
        return None
    while ac < high and _accepts(lot, rule, belief, high, ac + 1):
        ac += 1
    return single(high, ac)


def _accepts(lot: int, rule: LotRule, belief: Belief, n: int, beyond: int) -> bool:
    """Whether the belief and a sample, that does not contradict it, clear the lot."""
    return _worse(lot, rule, belief, n, beyond) <= rule.risk and surprise(belief, n, beyond) >= CONTRADICTION


def _points(lot: int, rule: LotRule, plain: Plan | None, fused: Plan | None) -> tuple[Point, ...]:
    shares = [rule.quality * part / STEPS for part in range(REACH * STEPS + 1)]
    return tuple(Point(share, _accept(plain, share, lot), _accept(fused, share, lot)) for share in shares if share < 1)


def _accept(plan: Plan | None, share: float, lot: int) -> float | None:
    return None if plan is None else characteristic(plan, share, lot=lot).accept
