"""Deliveries of a webhook: one of them with each answer to it; and the same made again, one or many."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Event, Fact, ObjectPage, facts, history
from hengliang.platform.core.pages.table import Selection
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import services
from hengliang.platform.exchange.models import WebhookAttempt, WebhookDelivery
from hengliang.platform.exchange.selectors import delivery_list
from hengliang.platform.exchange.tables.webhooks import DeliveryTable
from hengliang.platform.exchange.views.webhooks import hook_crumbs, subscribes
from hengliang.platform.exchange.webhooks.events import event_words

MOST = 1_000


def _visible(request: Request, pk: int) -> WebhookDelivery:
    return get_object_or_404(delivery_list(request.actor), pk=pk)


@login_required
def delivery(request: Request, pk: int) -> HttpResponseBase:
    """One delivery: what was sent, and each answer to it."""
    shown = _visible(request, pk)
    hook = shown.webhook
    again = Action(_("Deliver again"), reverse("exchange:webhook_replay", args=[pk]), primary=True)
    page = ObjectPage(
        kind=str(event_words(shown.event)), name=shown.message_id, where=hook.url, state=f"delivery.{shown.state}",
        crumbs=hook_crumbs(Crumb(hook.url, reverse("exchange:webhook", args=[hook.pk]))),
        actions=[again] if shown.state != "waiting" and hook.state != "ended" and subscribes(request, hook) else [],
        overview=lambda _r: facts(
            Fact(_("Sequence number"), shown.sequence),
            Fact(_("Attempts"), shown.tries),
            Fact(_("Next attempt"), shown.next_at if shown.state == "waiting" else ""),
            Fact(_("Delivered at"), shown.delivered_at or ""),
            *_answer(shown),
            Fact(_("Body"), shown.body),
            title=_("Particulars"),
        ),
        history=lambda _r: history([_told(one) for one in shown.attempts.order_by("pk")]),
    )  # fmt: skip
    return page.respond(request)


def _answer(shown: WebhookDelivery) -> list[Fact]:
    last = shown.attempts.order_by("-pk").first()
    return [Fact(_("What was answered"), _says(last), note=_more(last))] if last else []


def _says(one: WebhookAttempt) -> str:
    return _("Answer %(status)s") % {"status": one.status} if one.status else _("No answer")


def _more(one: WebhookAttempt) -> str:
    return " · ".join(filter(None, [one.error, f"{one.milliseconds} ms"]))


def _told(one: WebhookAttempt) -> Event:
    return Event(one.at, _says(one), reason=_more(one))


@login_required
def replay(request: Request, pk: int) -> HttpResponse:
    """A delivery is made again."""
    shown = _visible(request, pk)
    services.permit_for(request.actor, "webhook_delivery_replay", shown.webhook.organisation)
    back = reverse("exchange:webhook_delivery", args=[pk])
    ask = Confirmation(
        title=_("Deliver again"), verb=_("Deliver again"), back=back, affected=1, crumbs=hook_crumbs(),
        consequences=[_consequence()],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        services.webhook_delivery_replay(actor=request.actor, delivery=shown, reason=ask.reason)
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect(back)


def _consequence() -> str:
    return _("The receiver gets it under the same message id, within seconds.")


@login_required
@require_POST
def replay_many(request: Request) -> HttpResponse:
    """The ticked deliveries are made again; what waits already is left out."""
    done = delivery_list(request.actor).exclude(state=WebhookDelivery.State.WAITING)
    chosen = [row for row in DeliveryTable().selected(request, done)[:MOST] if subscribes(request, row.webhook)]
    back = reverse("exchange:webhook_list")
    if not chosen:
        messages.error(request, _("Of what is ticked nothing can be delivered again: it waits already."))
        return redirect(back)
    back = reverse("exchange:webhook", args=[chosen[0].webhook_id]) + "?tab=records"
    ask = Confirmation(
        title=_("Deliver again"), verb=_("Deliver again"), back=back, affected=len(chosen), crumbs=hook_crumbs(),
        examples=[row.message_id for row in chosen[:5]], carry=Selection.from_post(request).fields(),
        consequences=[_consequence()],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        with transaction.atomic():
            for row in chosen:
                services.webhook_delivery_replay(actor=request.actor, delivery=row, reason=ask.reason)
    except PlatformError as refused:
        messages.error(request, str(refused))
        return redirect(back)
    says = ngettext("%(n)d delivery is made again.", "%(n)d deliveries are made again.", len(chosen))
    messages.success(request, says % {"n": len(chosen)})
    return redirect(back)
