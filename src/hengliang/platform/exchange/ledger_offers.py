"""What exchange adds to the pages of lower apps: at an instrument and at a proof whether it went out, to which system,
and what came back; in the ledger the way to an instrument by its number in another system."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hengliang.platform.certificates.models import Certificate
from hengliang.platform.core.pages.looks import state_tag
from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.core.pages.table import TextFilter
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.looks import receipt_look
from hengliang.platform.exchange.models import Dispatch, DispatchRow, OutsideId
from hengliang.platform.exchange.outbound import results_to_send
from hengliang.platform.exchange.rights import SEES
from hengliang.platform.exchange.selectors import links_of, sent_proofs, sent_rows, system_list, waiting_list
from hengliang.platform.registry.models import Instrument, InstrumentState

LATEST = 5


def proofs(request: Request, instrument: Instrument) -> SafeString | HttpResponseBase:
    """How other systems know the instrument, what waits to be settled, and what was sent last."""
    lines = [
        Fact(link.system.name, link.value, note=_("since %(day)s") % {"day": link.valid_from})
        for link in links_of(instrument, request.actor)
    ]
    if request.actor.has(*SEES):
        lines += [
            Fact(one.system.name, one.get_kind_display(), url=reverse("exchange:discrepancy", args=[one.pk]))
            for one in waiting_list(request.actor).filter(instrument=instrument)
        ]
    lines += _sent(request.actor, sent_rows(instrument)[:LATEST], with_number=True)
    return facts(*lines, title=_("In other systems")) if lines else SafeString("")


def of_proof(request: Request, proof: Certificate) -> SafeString:
    """Whether a proof went out, to which system, when, and what came back; and where it waits to be sent."""
    lines = _sent(request.actor, sent_proofs(proof), with_number=False)
    lines += [
        Fact(link.system.name, link.value, note=_("its number there"))
        for link in OutsideId.objects.known().filter(certificate=proof, valid_to=None).select_related("system")
    ]
    if request.actor.has(*SEES):
        lines += [
            Fact(system.name, state_tag("receipt.unsent"), url=reverse("exchange:system", args=[system.pk]))
            for system in system_list(request.actor).filter(state="active")
            if results_to_send(system, request.actor, request.actor.today).filter(pk=proof.pk).exists()
        ]
    return facts(*lines, title=_("In other systems")) if lines else SafeString("")


def _sent(actor: Actor, rows: Iterable[DispatchRow], *, with_number: bool) -> list[Fact]:
    """Who may see an object may know where it was sent; the sheet itself is for those who exchange."""
    rows = list(rows)
    sheets = Dispatch.objects.visible_to(actor).filter(pk__in={row.dispatch_id for row in rows})
    seen = set(sheets.values_list("pk", flat=True))
    return [
        Fact(
            f"{row.system.name} · {_what(row)}" if with_number else row.system.name, state_tag(receipt_look(row)),
            note=" · ".join(filter(None, (_("sent on %(day)s") % {"day": row.dispatch.act.on}, row.receipt_reason))),
            url=reverse("exchange:dispatch", args=[row.dispatch_id]) if row.dispatch_id in seen else "",
        )
        for row in rows
    ]  # fmt: skip


def _what(row: DispatchRow) -> str:
    return row.certificate.number if row.certificate else _("Entry of the ledger")


def found_by_number(actor: Actor, number: str) -> "QuerySet[Instrument]":
    """The instruments of the actor that a number of another system names."""
    seen = InstrumentState.objects.visible_to(actor).current().values("instrument")
    named = _named(number)
    return Instrument.objects.filter(pk__in=named).filter(pk__in=seen).select_related("item")


def _named(number: str) -> Any:
    links = OutsideId.objects.known().filter(kind=OutsideId.Kind.INSTRUMENT, value=number.strip(), valid_to=None)
    return links.values("instrument")


def _narrow(rows: Any, number: str) -> Any:
    return rows.filter(instrument__in=_named(number))


NUMBER = TextFilter("outside", gettext_lazy("Number in another system"), narrow_by=_narrow, more=True)
