"""What exchange tells: systems, batches with their rows, what was sent, differences, webhooks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, DateField, F, Min, Q, QuerySet, Value

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.models import (
    Discrepancy,
    Dispatch,
    DispatchRow,
    InboundBatch,
    InboundRow,
    OutsideId,
    OutsideSystem,
    Webhook,
    WebhookDelivery,
)
from hengliang.platform.exchange.rights import SEES
from hengliang.platform.exchange.states import IGNORED, OPEN
from hengliang.platform.registry.models import Instrument


def system_list(actor: Actor) -> "QuerySet[OutsideSystem]":
    """The systems that the actor may see; with how many differences wait, since when."""
    waiting = Q(discrepancies__state="open") | Q(
        discrepancies__state="ignored", discrepancies__ignored_until__lte=actor.today
    )
    rows = OutsideSystem.objects.visible_to(actor) if actor.has(*SEES) else OutsideSystem.objects.none()
    return (
        rows.select_related("owner")
        .annotate(
            waiting=Count("discrepancies", filter=waiting), oldest=Min("discrepancies__since", filter=waiting)
        )
        .order_by("name", "pk")
    )  # fmt: skip


def batch_list(actor: Actor) -> "QuerySet[InboundBatch]":
    """What came, newest first."""
    return InboundBatch.objects.visible_to(actor).select_related("system", "organisation").order_by("-pk")


def dispatch_list(actor: Actor) -> "QuerySet[Dispatch]":
    """What was sent, newest first; without its bytes."""
    rows = Dispatch.objects.visible_to(actor).select_related("system", "organisation").defer("content")
    return rows.annotate(
        accepted=Count("lines", filter=Q(lines__receipt="accepted")),
        refused=Count("lines", filter=Q(lines__receipt="refused")),
    ).order_by("-pk")  # fmt: skip


def row_list(batch: InboundBatch) -> "QuerySet[InboundRow]":
    """The rows of a batch in the order of the file."""
    return InboundRow.objects.filter(batch=batch).select_related("instrument", "proposed").order_by("number")


def refusals(batch: InboundBatch, most: int = 12) -> list[tuple[str, dict[str, Any], int]]:
    """Why rows were turned away, the most frequent reason first: its code, what it speaks of, how many rows."""
    rows = InboundRow.objects.filter(batch=batch, outcome=InboundRow.Outcome.REFUSED).values_list("code", "params")
    found = rows.annotate(n=Count("pk")).order_by("-n", "code")[:most]
    return [(code, params, n) for code, params, n in found if code]


def sent_list(dispatch: Dispatch) -> "QuerySet[DispatchRow]":
    """The rows of a sheet that was sent, in its order."""
    rows = DispatchRow.objects.filter(dispatch=dispatch)
    return rows.select_related("instrument", "certificate", "discrepancy").order_by("number")


# Of `discrepancy_list`: open, or left until a day that has come.
WAITING = Q(state=OPEN) | Q(state=IGNORED, ignored_until__lte=F("today"))


def discrepancy_list(actor: Actor) -> "QuerySet[Discrepancy]":
    """The differences that the actor may see, the oldest first."""
    rows = Discrepancy.objects.visible_to(actor).select_related("system", "instrument", "proposed")
    return rows.alias(today=Value(actor.today, DateField())).order_by("since", "pk")


def waiting_list(actor: Actor) -> "QuerySet[Discrepancy]":
    """The differences that wait to be settled today, the oldest first."""
    rows = Discrepancy.objects.visible_to(actor).waiting(actor.today)
    return rows.select_related("system", "instrument").order_by("since", "pk")


@dataclass(frozen=True)
class Waiting:
    """How many differences wait to be settled, and since when the oldest does."""

    count: int
    oldest: date | None


def waiting(actor: Actor) -> Waiting:
    """What the desk of an authority says of differences."""
    found = Discrepancy.objects.visible_to(actor).waiting(actor.today).aggregate(n=Count("pk"), since=Min("since"))
    return Waiting(found["n"], found["since"])


def links_of(instrument: Instrument, actor: Actor) -> "QuerySet[OutsideId]":
    """The numbers by which other systems know an instrument today, of the systems that the actor may see."""
    systems = system_list(actor).order_by().values("pk")
    rows = OutsideId.objects.known().filter(instrument=instrument, system__in=systems, valid_to=None)
    return rows.select_related("system").order_by("system__name")


def answers(system: OutsideSystem, actor: Actor) -> dict[str, int]:
    """Of what was sent to a system and stands: how many rows have no receipt yet, how many were refused there."""
    rows = DispatchRow.objects.filter(
        system=system, again_by=None, dispatch__in=Dispatch.objects.visible_to(actor).values("pk")
    )  # fmt: skip
    return rows.aggregate(open=Count("pk", filter=Q(receipt="")), refused=Count("pk", filter=Q(receipt="refused")))


def sent_rows(instrument: Instrument) -> "QuerySet[DispatchRow]":
    """What was sent of an instrument, newest first."""
    return _sent(DispatchRow.objects.filter(instrument=instrument))


def sent_proofs(proof: Certificate) -> "QuerySet[DispatchRow]":
    """Where a proof was sent, newest first."""
    return _sent(DispatchRow.objects.filter(certificate=proof))


def _sent(rows: "QuerySet[DispatchRow]") -> "QuerySet[DispatchRow]":
    return rows.select_related("system", "certificate", "dispatch__act").defer("dispatch__content").order_by("-pk")


def webhook_list(actor: Actor) -> "QuerySet[Webhook]":
    """The webhooks of the actor's organisations, with how many deliveries wait or were given up."""
    counts = {
        state: Count("deliveries", filter=Q(deliveries__state=state)) for state in ("waiting", "delivered", "dead")
    }
    return Webhook.objects.visible_to(actor).select_related("organisation").annotate(**counts).order_by("pk")


def delivery_list(actor: Actor) -> "QuerySet[WebhookDelivery]":
    """The deliveries of the actor's webhooks, newest first."""
    rows = WebhookDelivery.objects.filter(webhook__in=Webhook.objects.visible_to(actor))
    return rows.select_related("webhook__organisation").order_by("-sequence", "-pk")
