"""An order ends because what it asked for was done, and something shows it."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.rights import Actor, permit
from hengliang.platform.core.services import attachment_add
from hengliang.platform.core.transitions import move
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.services.issue import tell_end
from hengliang.platform.supervision.states import ORDER


def order_close(*, actor: Actor, order: Order, reason: str, evidence: "Sequence[File[Any]]" = ()) -> None:
    """Close an order. A rectification order needs at least one file of evidence; the reason says what it shows.

    Errors: `InputRefused` without evidence, or for a file that is none.
    """
    permit(actor, "order_close", region_id=order.region_id)
    if order.kind == Order.Kind.RECTIFICATION and not evidence:
        raise InputRefused("evidence_missing", "A rectification order is closed on evidence: attach it.", field="file")
    ORDER.target("order_close", order.state)
    with perform(actor, "order_close", subject=order, reason=reason, region_id=order.region_id) as act:
        files = [attachment_add(act=act, subject=order, file=file) for file in evidence]
        move(ORDER, order, act)
        act.content = {"order": order.pk, "evidence": [file.sha256 for file in files]}
        tell_end(actor, order, act, "order.closed")
