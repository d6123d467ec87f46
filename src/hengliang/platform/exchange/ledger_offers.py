"""What exchange adds to an instrument's page: its numbers in other systems, what was sent of it and its receipt."""

from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.looks import state_tag
from hengliang.platform.core.pages.objects import Fact, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange.looks import receipt_look
from hengliang.platform.exchange.rights import SEES
from hengliang.platform.exchange.selectors import links_of, sent_of, waiting_list
from hengliang.platform.registry.models import Instrument

LATEST = 5


def proofs(request: Request, instrument: Instrument) -> SafeString | HttpResponseBase:
    """How other systems know the instrument, what waits to be settled, and what was sent last."""
    if not request.actor.has(*SEES):
        return SafeString("")
    lines = [
        Fact(link.system.name, link.value, note=_("since %(day)s") % {"day": link.valid_from})
        for link in links_of(instrument, request.actor)
    ]
    lines += [
        Fact(one.system.name, one.get_kind_display(), url=reverse("exchange:discrepancy", args=[one.pk]))
        for one in waiting_list(request.actor).filter(instrument=instrument)
    ]
    lines += [
        Fact(
            row.certificate.number if row.certificate else _("Entry of the ledger"), state_tag(receipt_look(row)),
            note=" · ".join(filter(None, (row.system.name, row.dispatch.act.on.isoformat(), row.receipt_reason))),
            url=reverse("exchange:dispatch", args=[row.dispatch_id]),
        )
        for row in sent_of(instrument, request.actor)[:LATEST]
    ]  # fmt: skip
    return facts(*lines, title=_("In other systems")) if lines else SafeString("")
