"""Offers of transfer: the list, one of them, and how it is answered."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import event_of
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Event, Fact, ObjectPage, facts, history
from hengliang.platform.core.pages.words import Words
from hengliang.platform.core.requests import Request
from hengliang.platform.core.rights import Actor, is_permitted, permit
from hengliang.platform.registry import services
from hengliang.platform.registry.codes import spaced
from hengliang.platform.registry.models import InstrumentState, TransferOffer
from hengliang.platform.registry.selectors.transfers import acts_of_offer
from hengliang.platform.registry.selectors.transfers import transfer_list as offers_of
from hengliang.platform.registry.spoken import spoken
from hengliang.platform.registry.states import OFFERED
from hengliang.platform.registry.tables import TransferTable


@dataclass(frozen=True)
class Answer:
    """One way in which an offer ends: what the page says before it happens."""

    verb: Words
    says: Words
    done: Words
    needs_reason: bool = True
    danger: bool = False


ANSWERS = {
    "transfer_accept": Answer(
        gettext_lazy("Accept"),
        gettext_lazy("It stands in your ledger from today; you answer for its verification from then on."),
        gettext_lazy("Accepted: it is yours from today."),
        needs_reason=False,
    ),
    "transfer_decline": Answer(
        pgettext_lazy("transfer", "Decline"),
        gettext_lazy("It stays with its present user, who is told your reason."),
        gettext_lazy("Declined."),
        danger=True,
    ),
    "transfer_withdraw": Answer(
        pgettext_lazy("transfer", "Withdraw the offer"),
        gettext_lazy("It stays with its present user; the other side is told."),
        gettext_lazy("The offer is withdrawn."),
        danger=True,
    ),
}


@login_required
def transfer_list(request: Request) -> HttpResponseBase:
    """The offers that one made or got, or that were made in one's regions."""
    return TransferTable().respond(request, offers_of(request.actor))


@login_required
def transfer(request: Request, pk: int) -> HttpResponseBase:
    """One offer: what is offered, by whom to whom, and what became of it."""
    shown = get_object_or_404(offers_of(request.actor), pk=pk)
    page = ObjectPage(
        kind=_("Offer of transfer"),
        name=f"{spoken(shown.instrument.name)} {spaced(shown.instrument.code)}",
        where=_("%(giver)s to %(receiver)s") % {"giver": shown.giver.name, "receiver": shown.receiver.name},
        state=f"transfer.{shown.state}",
        since=shown.offered_on,
        crumbs=_crumbs(),
        actions=_actions(request.actor, shown),
        notice=_("Until the other side accepts, %(giver)s stays responsible.") % {"giver": shown.giver.name}
        if shown.state == OFFERED
        else "",
        overview=lambda _r: _overview(request.actor, shown),
        history=lambda _r: history(_events(shown)),
    )
    return page.respond(request)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Ledger"), reverse("registry:list")), Crumb(_("Transfers"), reverse("registry:transfers"))]


def _events(shown: TransferOffer) -> list[Event]:
    return [event_of(act) for act in acts_of_offer(shown)]


def _permitted(actor: Actor, act: str, shown: TransferOffer) -> bool:
    side = shown.giver_id if act == "transfer_withdraw" else shown.receiver_id
    region = shown.region_id if act == "transfer_withdraw" else None
    return is_permitted(actor, act, organisations=[side], region_id=region)


def _actions(actor: Actor, shown: TransferOffer) -> list[Action]:
    if shown.state != OFFERED:
        return []
    return [
        Action(answer.verb, reverse(f"registry:{act}", args=[shown.pk]), act == "transfer_accept", answer.danger)
        for act, answer in ANSWERS.items()
        if _permitted(actor, act, shown)
    ]


def _overview(actor: Actor, shown: TransferOffer) -> SafeString:
    thing = shown.instrument
    entry = thing.states.current().get()
    seen = InstrumentState.objects.visible_to(actor).current().filter(instrument=thing).exists()
    particulars = facts(
        Fact(_("Code"), spaced(thing.code), url=reverse("registry:instrument", args=[thing.code]) if seen else ""),
        Fact(_("Instrument"), spoken(thing.name)),
        Fact(_("Model"), thing.model),
        Fact(_("Serial number"), thing.serial_number),
        Fact(_("Manufacturer"), thing.manufacturer),
        Fact(_("Accuracy class"), thing.accuracy_class),
        title=_("What is offered"),
    )
    sides = facts(
        Fact(_("Present user"), shown.giver.name),
        Fact(_("New user"), shown.receiver.name),
        Fact(_("Offered on"), shown.offered_on),
        Fact(_("Reason"), shown.act.reason),
        title=_("Who to whom"),
    )
    # What became of somebody else's instrument after the offer ended is no business of the receiver's.
    return SafeString(particulars + (_standing(entry) if seen or shown.state == OFFERED else "") + sides)


def _standing(entry: InstrumentState) -> SafeString:
    return facts(
        Fact(_("Place of use"), entry.place),
        Fact(_("Last verified on"), entry.last_on),
        Fact(_("Last result"), entry.get_last_result_display()),
        Fact(_("Due on"), entry.due_on, note=entry.reason),
        title=_("As it stands"),
    )


@login_required
def transfer_act(request: Request, pk: int, act: str) -> HttpResponse:
    """An offer is accepted, declined or withdrawn: what will happen, and then the act."""
    shown = get_object_or_404(offers_of(request.actor), pk=pk)
    answer, back = ANSWERS[act], reverse("registry:transfer", args=[pk])
    if not _permitted(request.actor, act, shown):
        permit(request.actor, act)
    ask = Confirmation(
        title=f"{answer.verb} · {spoken(shown.instrument.name)} {spaced(shown.instrument.code)}",
        verb=answer.verb,
        back=back,
        affected=1,
        consequences=[answer.says],
        reason_needed=answer.needs_reason,
        danger=answer.danger,
        crumbs=_crumbs(),
    )
    if not ask.confirmed(request):
        return ask.respond(request)
    told: dict[str, Any] = {"reason": ask.reason} if answer.needs_reason else {}
    try:
        getattr(services, act)(actor=request.actor, offer=shown, **told)
    except PlatformError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(answer.done))
    return redirect(back)
