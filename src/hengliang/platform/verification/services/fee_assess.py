"""What a task costs is assessed: when its application is accepted, or afterwards where no price was known then."""

from collections.abc import Iterable

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Blocked, Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.verification.fees import Price, price_of
from hengliang.platform.verification.models import Fee, Task


def fee_assess(*, actor: Actor, task: Task) -> Fee:
    """Assess what a task costs, by its kind of job, by agreement or by the rule.

    Errors: `Refused` where it stands already, `Blocked` where no price is known.
    """
    permit(actor, "fee_assess", organisations=[task.body_id])
    _refuse_standing(task)
    price = price_of(task, actor.today)
    with perform(actor, "fee_assess", subject=task, organisation_id=task.body_id, region_id=task.region_id) as act:
        Task.objects.select_for_update(no_key=True).get(pk=task.pk)  # of two at once, one finds the fee of the other
        _refuse_standing(task)
        fee = Fee.objects.create(**_row(act, task, price))
        act.content = {"task": task.pk, "basis": fee.basis, "amount": str(fee.amount)}
    return fee


def _refuse_standing(task: Task) -> None:
    if task.fees.filter(standing=True).exists():
        raise Refused("fee_stands", "The fee is assessed already; change it, with the reason.")


def assess_all(act: Act, tasks: Iterable[Task]) -> None:
    """The fees of tasks within another act; one without a known price stays without a fee, and is shown so."""
    rows = []
    for task in tasks:
        try:
            rows.append(Fee(**_row(act, task, price_of(task, act.on))))
        except Blocked:
            continue
    Fee.objects.bulk_create(rows)


def _row(act: Act, task: Task, price: Price) -> dict[str, object]:
    return {
        "act": act, "task": task, "basis": price.basis, "amount": price.amount, "full": price.amount,
        "rule": dict(price.rule), "assessed_on": act.on,
    }  # fmt: skip
