"""What reminders and rectification orders have in common: one order an instrument, one message an addressee."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from hengliang.platform.core.acts import perform
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import HOLDER_ROLES, Actor, permit
from hengliang.platform.core.services import notify
from hengliang.platform.core.transitions import enter
from hengliang.platform.parties.selectors import accounts_of
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.supervision.models import Order
from hengliang.platform.supervision.states import OPEN, ORDER
from hengliang.platform.verification.delay import OF_USER, with_delay


@dataclass(frozen=True)
class Issued:
    """The orders made, how many instruments had an open one of this kind already, and how many are overdue for a
    reason that is the body's or the authority's."""

    orders: tuple[Order, ...]
    skipped: int
    elsewhere: int = 0


def issue(actor: Actor, act_kind: str, instruments: Sequence[Instrument], reason: str, **facts: Any) -> Issued:
    """Make an order for each instrument whose user is to act and tell each addressee once; all of them or none.

    Who applied and waits for the body, or has nobody to apply to, is ordered nothing.
    """
    with transaction.atomic():
        entries = list(
            with_delay(InstrumentState.objects.current(), actor.today)
            .filter(instrument__in=instruments)
            .select_related("instrument")
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        for region_id in {entry.region_id for entry in entries}:
            permit(actor, act_kind, region_id=region_id)
        standing = set(
            Order.objects.filter(state=OPEN, kind=facts["kind"], instrument__in=instruments).values_list(
                "instrument_id", flat=True
            )
        )
        mine = [entry for entry in entries if _of_user(entry)]
        made = [_order(actor, act_kind, e, reason, facts) for e in mine if e.instrument_id not in standing]
        _tell(actor, made, facts["kind"])
    return Issued(tuple(made), len(standing & {e.instrument_id for e in mine}), len(entries) - len(mine))


def _of_user(entry: Any) -> bool:
    """Whether it is for the user to act: overdue by the user's own doing, not yet overdue, or failed."""
    return entry.delay in (None, *OF_USER) or entry.last_result == InstrumentState.Result.FAIL


def _order(actor: Actor, act_kind: str, entry: InstrumentState, reason: str, facts: dict[str, Any]) -> Order:
    with perform(
        actor, act_kind, subject=entry.instrument, reason=reason, organisation_id=entry.owner_id,
        region_id=entry.region_id,
    ) as act:  # fmt: skip
        order = Order.objects.create(
            act=act, instrument=entry.instrument, owner_id=entry.owner_id, market_id=entry.market_id,
            body_id=entry.body_id, region_id=entry.region_id, reason=reason.strip(), issued_on=act.on,
            state=ORDER.states[0].code, **facts,
        )  # fmt: skip
        enter(ORDER, order, act)
        act.content = {"order": order.pk, "due_by": order.due_by and order.due_by.isoformat()}
    return order


def _tell(actor: Actor, made: Sequence[Order], kind: str) -> None:
    told = Counter(order.owner_id for order in made)
    told.update(order.market_id for order in made if order.market_id and order.market_id != order.owner_id)
    accounts = accounts_of(told, HOLDER_ROLES, actor.today)
    for organisation_id, count in told.items():
        first = next(order for order in made if organisation_id in (order.owner_id, order.market_id))
        single = reverse("supervision:order", args=[first.pk])
        notify(
            accounts=accounts.get(organisation_id, ()),
            kind=f"order.{kind}",
            at=actor.at,
            act=first.act,
            url=single if count == 1 else reverse("supervision:order_list"),
            count=count,
            instrument=f"{first.instrument.name} {first.instrument.code}",
            due_by=first.due_by.isoformat() if first.due_by else "",
            reason=first.reason,
        )


def tell_end(actor: Actor, order: Order, act: Act, kind: str) -> None:
    """Tell the addressees of an order that it ended."""
    ids = [one for one in (order.owner_id, order.market_id) if one]
    for accounts in accounts_of(ids, HOLDER_ROLES, actor.today).values():
        notify(
            accounts=accounts,
            kind=kind,
            at=actor.at,
            act=act,
            url=reverse("supervision:order", args=[order.pk]),
            instrument=f"{order.instrument.name} {order.instrument.code}",
            reason=act.reason,
        )
