"""What supervision tells: entries of the ledger that ask for an act, and open orders."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hengliang.platform.core.rights import Actor
from hengliang.platform.registry.models import InstrumentState, InstrumentStateQuerySet
from hengliang.platform.registry.selectors import due_within, entry_list, overdue
from hengliang.platform.registry.states import IN_USE, RETURNED
from hengliang.platform.supervision.models import Finding, Order
from hengliang.platform.supervision.states import OPEN
from hengliang.platform.verification.delay import with_delay

VIEWS = ("overdue", "failed", "soon", "all")


def watch_list(actor: Actor) -> InstrumentStateQuerySet:
    """The entries of today that the actor may see, in use and under mandatory verification, with their open orders and
    why each that is overdue is so; besides, filings that were returned and are overdue."""
    orders = Order.objects.filter(instrument=OuterRef("instrument"), state=OPEN)
    rows = entry_list(actor).filter(Q(status=IN_USE) | _returned(actor.today), mandatory=True)
    return with_delay(rows, actor.today).annotate(
        reminded=Exists(orders.filter(kind=Order.Kind.REMINDER)),
        ordered=Exists(orders.filter(kind=Order.Kind.RECTIFICATION)),
    )


def _returned(on: date) -> Q:
    return Q(status=RETURNED, due_on__lt=on)


def failed_in_use(rows: InstrumentStateQuerySet) -> InstrumentStateQuerySet:
    """Failed at the last verification, and still in use."""
    return rows.under_control().filter(last_result=InstrumentState.Result.FAIL)


def standing(rows: InstrumentStateQuerySet, view: str, on: date) -> InstrumentStateQuerySet:
    """The entries that stand in one of `VIEWS` on a day; failed ones are no mere overdue ones."""
    if view == "overdue":
        return overdue(rows, on).exclude(last_result=InstrumentState.Result.FAIL)
    if view == "failed":
        return failed_in_use(rows)
    if view == "soon":
        return due_within(rows, on).exclude(last_result=InstrumentState.Result.FAIL)
    return rows


def order_list(actor: Actor) -> "QuerySet[Order]":
    """The orders that the actor may see, the earliest term first."""
    rows = Order.objects.visible_to(actor).select_related("instrument", "owner")
    return rows.order_by(F("due_by").asc(nulls_last=True), "pk")


def finding_list(actor: Actor) -> "QuerySet[Finding]":
    """The findings that the actor may see, the latest day first."""
    return Finding.objects.visible_to(actor).select_related("body").order_by("-speaks_of", "pk")


def may_read_evidence(actor: Actor, key: str) -> bool:
    """Whoever sees an order may take its evidence away."""
    return Order.objects.visible_to(actor).filter(Q(pk=key)).exists()
