"""An order should not have been given, or no longer stands."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.transitions import move
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.services.issue import tell_end
from hengliang.platform.supervision.states import ORDER


def order_withdraw(*, actor: Actor, order: Order, reason: str) -> None:
    """Withdraw an order, with the reason why."""
    permit(actor, "order_withdraw", region_id=order.region_id)
    with perform(actor, "order_withdraw", subject=order, reason=reason, region_id=order.region_id) as act:
        move(ORDER, order, act)
        act.content = {"order": order.pk}
        tell_end(actor, order, act, "order.withdrawn")
