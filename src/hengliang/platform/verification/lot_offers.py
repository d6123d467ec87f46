"""What lots add to the page of an instrument: its results from benches, also of lots issued before it was filed."""

from django.db.models import Q
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import is_permitted
from hengliang.platform.registry.models import Instrument, InstrumentState
from hengliang.platform.verification.models import LotResult
from hengliang.platform.verification.tables.lots import VERDICTS


def results(request: Request, instrument: Instrument) -> SafeString | HttpResponseBase:
    """The results of an instrument: those linked to it, and those that bear its serial number, maker and model."""
    found = results_of_instrument(instrument)
    if not found:
        return SafeString("")
    entry = InstrumentState.objects.on(request.actor.today).filter(instrument=instrument).first()
    owners = [entry.owner_id] if entry else []
    rows = [
        (one, VERDICTS[one.verdict], getattr(one, "link", None),
         is_permitted(request.actor, "lot_result_take", organisations=[one.lot.body_id, *owners]))
        for one in found
    ]  # fmt: skip
    context = {"rows": rows, "instrument": instrument}
    return SafeString(render_to_string("verification/lot_results_of.html", context, request=request))


def results_of_instrument(instrument: Instrument) -> list[LotResult]:
    """The results of issued and void lots that are, or may be, of this instrument; the newest first."""
    linked = Q(link__instrument=instrument)
    same = Q(serial=instrument.serial_number, group__maker__iexact=instrument.manufacturer, link=None)
    if instrument.model:
        same &= Q(group__model="") | Q(group__model__iexact=instrument.model)
    rows = LotResult.objects.filter(lot__state__in=["issued", "void"])
    keys = set(rows.filter(linked).values_list("pk", flat=True)[:50])
    if instrument.serial_number and instrument.manufacturer:
        keys |= set(rows.filter(same, lot__state="issued").values_list("pk", flat=True)[:50])
    shown = LotResult.objects.filter(pk__in=keys).select_related("lot", "group", "link")
    return list(shown.defer("lot__tree", "lot__headers").order_by("-group__verified_on", "-pk"))
