"""Webhooks: the list, one of them with its deliveries, its secret that is shown once, and what was answered."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.objects import Action, Crumb, Event, Fact, ObjectPage, facts, history
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import services
from hengliang.platform.exchange.forms import SecretForm, WebhookForm
from hengliang.platform.exchange.models import Webhook, WebhookDelivery
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.selectors import delivery_list
from hengliang.platform.exchange.selectors import webhook_list as webhooks_of
from hengliang.platform.exchange.states import WEBHOOK
from hengliang.platform.exchange.tables import DeliveryTable, WebhookTable
from hengliang.platform.exchange.webhooks.deliver import secrets_of
from hengliang.platform.exchange.webhooks.events import CODES


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Webhooks"), reverse("exchange:webhook_list")), *more]


@login_required
def webhook_list(request: Request) -> HttpResponseBase:
    """The webhooks of one's organisations."""
    make = Action(
        _("New webhook"), reverse("exchange:webhook_new"), primary=True, visible=lambda actor: actor.has(*SUBSCRIBES)
    )
    return WebhookTable().respond(request, webhooks_of(request.actor), actions=[make])


@login_required
def webhook_new(request: Request) -> HttpResponse:
    """A webhook is made; the page that answers shows its secret, once."""
    form = WebhookForm(request.actor, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = services.webhook_enter(actor=request.actor, **form.cleaned_data)
        except PlatformError as refused:
            form.add_error(getattr(refused, "field", "") or None, str(refused))
        else:
            return _secret(request, made, secret)
    context = {"title": _("New webhook"), "form": form, "verb": _("Make webhook"), "crumbs": _crumbs(),
               "back": reverse("exchange:webhook_list")}  # fmt: skip
    return render(request, "core/form/page.html", context, status=422 if form.errors else 200)


def _secret(request: Request, hook: Webhook, secret: str) -> HttpResponse:
    context = {"title": _("Secret of the webhook"), "secret": secret, "hook": hook, "crumbs": _crumbs()}
    return render(request, "exchange/secret.html", context)


def _visible(request: Request, pk: int) -> Webhook:
    return get_object_or_404(webhooks_of(request.actor), pk=pk)


@login_required
def webhook(request: Request, pk: int) -> HttpResponseBase:
    """One webhook: what it tells, how it goes, its deliveries."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=_("Webhook"), name=shown.url, where=shown.organisation.name, state=f"webhook.{shown.state}",
        crumbs=_crumbs(), actions=_actions(request, shown), overview=lambda _r: _overview(request, shown),
        records=lambda r: DeliveryTable().embed(r, delivery_list(request.actor).filter(webhook=shown)),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _overview(request: Request, shown: Webhook) -> SafeString:
    known = secrets_of(shown, request.actor.at)
    both = [row.ends_at for row in known if row.ends_at]
    counts: Any = shown
    return facts(
        Fact(_("Events"), "、".join(str(CODES[code].says) for code in shown.events)),
        Fact(_("What it is for"), shown.description),
        Fact(_("Delivered"), counts.delivered),
        Fact(_("To be delivered"), counts.waiting),
        Fact(_("Given up"), counts.dead),
        Fact(_("Secrets that sign"), len(known)),
        *([Fact(_("The old secret signs too until"), max(both))] if both else []),
        title=_("Particulars"),
    )


VERBS: dict[str, tuple[Callable[[], str], Callable[[], str], bool]] = {
    "suspend": (lambda: _("Pause"), lambda: _("Events wait, and are delivered when it resumes."), True),
    "resume": (lambda: _("Resume"), lambda: _("What waited is delivered."), False),
    "secret_replace": (
        lambda: _("Replace the secret"), lambda: _("The new secret is shown once, on the page that answers."), False,
    ),
    "end": (lambda: _("End"), lambda: _("Nothing is delivered any more; what waits is given up."), True),
}  # fmt: skip


def _subscribes(request: Request, shown: Webhook) -> bool:
    own = {g.organisation_id for g in request.actor.grants if g.role in SUBSCRIBES}
    return shown.organisation_id in own


def _actions(request: Request, shown: Webhook) -> list[Action]:
    if not _subscribes(request, shown):
        return []
    possible = [name for name in VERBS if f"webhook_{name}" in WEBHOOK.acts_from(shown.state)]
    if shown.state != "ended":
        possible.insert(-1, "secret_replace")
    return [
        Action(VERBS[name][0](), reverse("exchange:webhook_act", args=[shown.pk, name]), danger=name == "end")
        for name in possible
    ]


@login_required
def webhook_act(request: Request, pk: int, act: str) -> HttpResponse:
    """A webhook is paused, resumed, ended, or gets another secret."""
    shown, (verb, consequence, with_reason) = _visible(request, pk), VERBS[act]
    services.permit_for(request.actor, f"webhook_{act}", shown.organisation)
    back = reverse("exchange:webhook", args=[pk])
    form: type[forms.Form] | None = SecretForm if act == "secret_replace" else None
    ask = Confirmation(
        title=f"{verb()} · {shown.url}", verb=verb(), back=back, danger=act == "end", reason_needed=with_reason,
        consequences=[consequence()], form_class=form, crumbs=_crumbs(Crumb(shown.url, back)),
        initial={"overlap_hours": 24},
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    if act == "secret_replace":
        hours = ask.form.cleaned_data["overlap_hours"] if ask.form else 0
        secret = services.webhook_secret_replace(actor=request.actor, webhook=shown, overlap_hours=hours)
        return _secret(request, shown, secret)
    told = {"reason": ask.reason} if with_reason else {}
    getattr(services, f"webhook_{act}")(actor=request.actor, webhook=shown, **told)
    return redirect(back)


def _delivery(request: Request, pk: int) -> WebhookDelivery:
    return get_object_or_404(delivery_list(request.actor), pk=pk)


@login_required
def delivery(request: Request, pk: int) -> HttpResponseBase:
    """One delivery: what was sent, and each answer to it."""
    shown = _delivery(request, pk)
    hook = shown.webhook
    again = Action(_("Deliver again"), reverse("exchange:webhook_replay", args=[pk]), primary=True)
    page = ObjectPage(
        kind=str(CODES[shown.event].says) if shown.event in CODES else shown.event, name=shown.message_id,
        where=hook.url, state=f"delivery.{shown.state}",
        crumbs=_crumbs(Crumb(hook.url, reverse("exchange:webhook", args=[hook.pk]))),
        actions=[again] if shown.state != "waiting" and hook.state != "ended" and _subscribes(request, hook) else [],
        overview=lambda _r: facts(
            Fact(_("Sequence number"), shown.sequence),
            Fact(_("Attempts"), shown.tries),
            Fact(_("Next attempt"), shown.next_at if shown.state == "waiting" else ""),
            Fact(_("Delivered at"), shown.delivered_at or ""),
            Fact(_("Body"), shown.body),
            title=_("Particulars"),
        ),
        history=lambda _r: history(
            [
                Event(
                    one.at,
                    _("Answer %(status)s") % {"status": one.status} if one.status else _("No answer"),
                    reason=" · ".join(filter(None, [one.error, f"{one.milliseconds} ms"])),
                )
                for one in shown.attempts.order_by("pk")
            ]
        ),
    )  # fmt: skip
    return page.respond(request)


@login_required
def replay(request: Request, pk: int) -> HttpResponse:
    """A delivery is made again."""
    shown = _delivery(request, pk)
    services.permit_for(request.actor, "webhook_delivery_replay", shown.webhook.organisation)
    back = reverse("exchange:webhook_delivery", args=[pk])
    ask = Confirmation(
        title=_("Deliver again"), verb=_("Deliver again"), back=back, affected=1, crumbs=_crumbs(),
        consequences=[_("The receiver gets it under the same message id, within a minute.")],
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    try:
        services.webhook_delivery_replay(actor=request.actor, delivery=shown, reason=ask.reason)
    except PlatformError as refused:
        messages.error(request, str(refused))
    return redirect(back)
