"""A person holds what was read from a document against the document."""

from dataclasses import asdict

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import StaleWrite
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.plan.models import PlanTarget
from hengliang.platform.plan.services.bounds import refuse_in_force
from hengliang.platform.plan.services.demand import Demand, check_demand
from hengliang.platform.plan.states import TARGET
from hengliang.platform.plan.words import demand_words


def target_confirm(*, actor: Actor, target: PlanTarget, demand: Demand, seen: str | None = None) -> PlanTarget:
    """What the document demands is so, with whatever had to be corrected; what was before stands in the history.

    `seen` is the target's `stamp` as the person had it before the eyes; without it nothing is compared.
    Errors: `Blocked` unless the plan is a draft; `InputRefused` for what does not hang together; `StaleWrite` if
    somebody else has acted on it meanwhile.
    """
    permit(actor, "target_confirm", region_id=target.plan.region_id)
    refuse_in_force(target.plan)
    check_demand(target, demand)
    return demand_write(actor, target, demand, seen)


@transaction.atomic
def demand_write(actor: Actor, target: PlanTarget, demand: Demand, seen: str | None = None) -> PlanTarget:
    """Write the demand of a target, and that it is confirmed; the caller has asked whether it may be.

    Errors: `StaleWrite`.
    """
    told = asdict(demand)
    refuse_stale(target, seen)
    with perform(actor, "target_confirm", subject=target, region_id=target.plan.region_id) as act:
        act.content = {"changes": {name: [_plain(getattr(target, name)), _plain(new)] for name, new in told.items()
                                   if getattr(target, name) != new}}  # fmt: skip
        for name, new in told.items():
            setattr(target, name, new)
        target.save(update_fields=list(told))
        move(TARGET, target, act)
    return target


def refuse_stale(target: PlanTarget, seen: str | None) -> None:
    """Refuse to write over what the person has not seen; held until the transaction ends.

    Errors: `StaleWrite` that says what the target demands now.
    """
    now = PlanTarget.objects.select_for_update().get(pk=target.pk)
    if seen is not None and now.stamp != seen:
        raise StaleWrite(
            "target_moved", "Somebody else has acted on this target meanwhile: it now says “%(demand)s”. Look again.",
            demand=f"{now.metric} {demand_words(now)}".strip(),
        )  # fmt: skip


def _plain(value: object) -> str | None:
    return None if value is None else str(value)
