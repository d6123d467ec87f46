"""Weights by which the districts are scored: the first of two people proposes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import enter
from hengliang.platform.plan.engine import is_computed
from hengliang.platform.plan.models import Plan, PlanTarget, Scoring, ScoringWeight
from hengliang.platform.plan.scoring_states import SCORING
from hengliang.platform.plan.states import CONFIRMED, IN_FORCE
from hengliang.platform.plan.suggestions import every_indicator

WHOLE = Decimal(100)


@dataclass(frozen=True)
class Weighed:
    """A target with its weight; `each` is what a district has to reach where the goal is a number of things."""

    target: PlanTarget
    weight: Decimal
    each: Decimal | None = None


def scoring_enter(*, actor: Actor, plan: Plan, weights: Sequence[Weighed], remark: str = "") -> Scoring:
    """By which weights the districts are to be scored; they hold once a second person has confirmed them.

    Errors: `Blocked` outside a plan in force; `InputRefused` for weights that do not make 100, a target that has no
    figure, or a number of things without what each district has to reach.
    """
    permit(actor, "scoring_enter", region_id=plan.region_id)
    if plan.state != IN_FORCE:
        raise Blocked("scoring_plan", "Districts are scored under a plan in force.")
    _refuse(plan, weights)
    with perform(actor, "scoring_enter", region_id=plan.region_id) as act:
        act.subject = made = Scoring.objects.create(
            act=act, plan=plan, remark=remark.strip(), entered_by=actor.account_id, state="entered"
        )
        enter(SCORING, made, act)
        for one in weights:
            ScoringWeight.objects.create(act=act, scoring=made, target=one.target, weight=one.weight, each=one.each)
        act.content = {
            "weights": [[one.target.pk, str(one.weight), None if one.each is None else str(one.each)]
                        for one in weights]
        }  # fmt: skip
    return made


def _refuse(plan: Plan, weights: Sequence[Weighed]) -> None:
    if not weights or sum(one.weight for one in weights) != WHOLE or any(one.weight <= 0 for one in weights):
        raise InputRefused("weights_whole", "The weights make 100 in all, and each is above 0.", field="remark")
    if len({one.target.pk for one in weights}) != len(weights):
        raise InputRefused("weight_twice", "A target has one weight.", field="remark")
    known = every_indicator()
    for one in weights:
        indicator = known.get(one.target.indicator)
        own = one.target.plan_id == plan.pk and one.target.state == CONFIRMED
        if not own or indicator is None or not is_computed(indicator):
            raise InputRefused(
                "weight_target", "“%(metric)s” has no figure to score by.", metric=one.target.metric, field="remark"
            )
        if indicator.denominator is None and (one.each is None or one.each <= 0):
            raise InputRefused(
                "weight_each", "Say what each district has to reach for “%(metric)s”.",
                metric=one.target.metric, field=f"each_{one.target.pk}",
            )  # fmt: skip
