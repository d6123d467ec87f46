from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import Comparator, Mode, PlanTarget
from hengliang.platform.plan.states import TARGET
from hengliang.platform.plan.suggestions import every_indicator


@dataclass(frozen=True)
class Demand:
    """What the document demands, as a person reads it."""

    metric: str
    mode: str
    firmness: str = PlanTarget.Firmness.FIRM
    comparator: str = ""
    goal: Decimal | None = None
    goal_upper: Decimal | None = None
    unit: str = ""
    deadline: date | None = None
    indicator: str = ""
    within_id: int | None = None


def target_confirm(*, actor: Actor, target: PlanTarget, demand: Demand, seen: str | None = None) -> PlanTarget:
    """What the document demands is so, with whatever had to be corrected; what was before stands in the history.

    `seen` is the target's `stamp` as the person had it before the eyes; without it nothing is compared.
    Errors: `InputRefused` for what does not hang together; `StaleWrite` if somebody else has acted on it meanwhile.
    """
    plan = target.plan
    permit(actor, "target_confirm", region_id=plan.region_id)
    _check(target, demand)
    return _written(actor, target, demand, seen)


@transaction.atomic
def _written(actor: Actor, target: PlanTarget, demand: Demand, seen: str | None) -> PlanTarget:
    plan, told = target.plan, asdict(demand)
    now = PlanTarget.objects.select_for_update().get(pk=target.pk)
    if seen is not None and now.stamp != seen:
        raise StaleWrite(
            "target_moved", "Somebody else has acted on this target meanwhile: it now says “%(demand)s”. Look again.",
            demand=f"{now.metric} {now.comparator} {_plain(now.goal) or ''} {now.unit}".strip(),
        )  # fmt: skip
    with perform(actor, "target_confirm", subject=target, region_id=plan.region_id) as act:
        act.content = {"changes": {name: [_plain(getattr(target, name)), _plain(new)] for name, new in told.items()
                                   if getattr(target, name) != new}}  # fmt: skip
        for name, new in told.items():
            setattr(target, name, new)
        target.save(update_fields=list(told))
        move(TARGET, target, act)
    return target


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _check(target: PlanTarget, demand: Demand) -> None:
    if demand.indicator and demand.indicator not in every_indicator():
        raise InputRefused("unknown_indicator", "There is no such indicator.", field="indicator")
    if demand.within_id is not None:
        outer = PlanTarget.objects.filter(pk=demand.within_id, plan_id=target.plan_id).exclude(pk=target.pk).first()
        if outer is None or outer.within_id == target.pk:
            raise InputRefused("milestone", "A milestone lies within another target of the same plan.", field="within")
    if demand.mode == Mode.QUALITATIVE:
        return
    if demand.goal is None or not demand.comparator:
        raise InputRefused("goal_missing", "Say what is to be reached, or call it a qualitative goal.", field="goal")
    if (demand.comparator == Comparator.RANGE) != (demand.goal_upper is not None):
        raise InputRefused("range", "A range needs its upper end, and nothing else has one.", field="goal_upper")
    if demand.goal_upper is not None and demand.goal_upper < demand.goal:
        raise InputRefused("range_order", "The upper end lies below the goal.", field="goal_upper")
