"""The page of one instrument."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.objects import Action, Content, Crumb, Fact, ObjectPage, facts, history
from hengliang.platform.core.requests import Request
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import Instrument, InstrumentState, TransferOffer
from hengliang.platform.registry.offers import Tab, offers
from hengliang.platform.registry.selectors.dossier import Dossier, dossier
from hengliang.platform.registry.selectors.ledger import entry_list
from hengliang.platform.registry.services import offer_of
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.standing import standing
from hengliang.platform.registry.tables import PartTable, as_of
from hengliang.platform.registry.views.changes import events_of
from hengliang.platform.registry.views.found import found_or_404
from hengliang.platform.registry.views.verbs import verbs_for


@login_required
def instrument(request: Request, code: str) -> HttpResponseBase:
    """One instrument: what it is, where it stands, what was found, what proves it, what happened."""
    found = found_or_404(request, code)
    shown = found.instrument
    if code != shown.code:
        return redirect("registry:instrument", shown.code)
    told = dossier(shown, on=request.actor.today)
    entry = told.entry or shown.states.current().get()
    offer = offer_of(shown)
    page = ObjectPage(
        kind=spoken(shown.item.name),
        name=_name(shown),
        where=entry.place or entry.owner.name,
        state=standing(entry, request.actor.today),
        since=entry.valid_from,
        crumbs=_crumbs(shown),
        actions=[
            *_to_offer(offer),
            *verbs_for(request.actor, shown, entry, offered=offer is not None),
            *(a for verbs in offers.verbs for a in verbs(request, shown)),
        ],
        notice=_notice(shown, offer) or _told_above(request, shown),
        overview=lambda _r: _overview(request, told, entry),
        records=_joined(offers.records, shown),
        proofs=_joined(offers.proofs, shown),
        history=lambda _r: history(events_of(told)),
    )
    return page.respond(request)


def _name(shown: Instrument) -> str:
    part = f" {shown.part_label}" if shown.part_label else ""
    return f"{spoken(shown.name)}{part} {spaced(shown.code)}"


def _crumbs(shown: Instrument) -> list[Crumb]:
    crumbs = [Crumb(_("Ledger"), reverse("registry:list"))]
    if shown.part_of is not None:
        crumbs.append(Crumb(str(shown.part_of), reverse("registry:instrument", args=[shown.part_of.code])))
    return crumbs


def _to_offer(offer: TransferOffer | None) -> list[Action]:
    return [Action(_("Open the offer"), reverse("registry:transfer", args=[offer.pk]))] if offer else []


def _notice(shown: Instrument, offer: TransferOffer | None) -> str:
    if offer is not None:
        return _("Offered to %(receiver)s on %(day)s. Until they accept, %(giver)s stays responsible.") % {
            "receiver": offer.receiver.name,
            "day": offer.offered_on.isoformat(),
            "giver": offer.giver.name,
        }
    if shown.merged_into is None:
        return ""
    return _("This entry was merged into %(code)s.") % {"code": shown.merged_into.code}


def _told_above(request: Request, shown: Instrument) -> str:
    return " ".join(filter(None, (notice(request, shown) for notice in offers.notices)))


def _joined(tabs: list[Tab], shown: Instrument) -> Content | None:
    """What several apps put into one tab, one below the other; a table's own answer goes out as it is."""
    if not tabs:
        return None

    def content(request: HttpRequest) -> SafeString | HttpResponseBase:
        parts = []
        for tab in tabs:
            part = tab(cast("Request", request), shown)
            if isinstance(part, HttpResponseBase):
                return part
            parts.append(part)
        return SafeString("".join(parts))

    return content


def _overview(request: Request, told: Dossier, entry: InstrumentState) -> SafeString | HttpResponseBase:
    parts = as_of(entry_list(request.actor, parts=True), request.actor.today)
    below = PartTable().embed(request, parts.filter(instrument__part_of=told.instrument)) if told.parts else ""
    if isinstance(below, HttpResponseBase):
        return below
    return SafeString(_identity(told.instrument) + _standing(entry) + _codes(told) + below)


def _identity(shown: Instrument) -> SafeString:
    return facts(
        Fact(_("Code"), spaced(shown.code)),
        Fact(_("Catalogue item"), spoken(shown.item.name)),
        Fact(_("Instrument"), spoken(shown.name)),
        Fact(_("Category"), shown.category),
        Fact(_("Model"), shown.model),
        Fact(_("Serial number"), shown.serial_number),
        Fact(_("Manufacturer"), shown.manufacturer),
        Fact(_("Place of origin"), shown.origin),
        Fact(_("Measuring range"), shown.measuring_range),
        Fact(_("Accuracy class"), shown.accuracy_class),
        Fact(_("Number of pieces"), shown.quantity),
        Fact(_("Date of manufacture"), shown.made_on),
        title=_("Particulars"),
    )


def _standing(entry: InstrumentState) -> SafeString:
    return facts(
        Fact(_("User"), entry.owner.name),
        Fact(_("Market"), entry.market.name if entry.market else ""),
        Fact(_("Region"), getattr(entry, "region_name", "")),
        Fact(_("Place of use"), entry.place),
        Fact(_("Purpose"), entry.get_purpose_display()),
        Fact(_("Regime"), entry.get_regime_display()),
        Fact(_("Under mandatory verification"), _("yes") if entry.mandatory else _("no")),
        Fact(_("Verified on site"), _("yes") if entry.on_site else _("no")),
        Fact(_("Verification body"), entry.body.name if entry.body else ""),
        Fact(_("Last verified on"), entry.last_on),
        Fact(_("Last result"), entry.get_last_result_display()),
        Fact(_("Valid until") if _proven(entry) else _("To be verified by"), entry.due_on, note=entry.reason),
        title=_("As it stands"),
    )


def _proven(entry: InstrumentState) -> bool:
    return entry.last_result == InstrumentState.Result.PASS


def _codes(told: Dossier) -> SafeString:
    lines = [
        Fact(
            code.get_kind_display(),
            code.value,
            note=_("until %(day)s") % {"day": code.valid_to} if code.valid_to else "",
        )
        for code in told.codes
    ]
    return facts(*lines, title=_("Codes of others")) if lines else SafeString("")
