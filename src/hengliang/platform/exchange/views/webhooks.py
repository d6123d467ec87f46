"""Webhooks: the list, one of them with its deliveries, its secret that is shown once."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hengliang.platform.core.listed import listed
from hengliang.platform.core.pages.acts import history_tab
from hengliang.platform.core.pages.confirm import Confirmation
from hengliang.platform.core.pages.form_page import form_page, given
from hengliang.platform.core.pages.objects import Action, Crumb, Fact, ObjectPage, facts
from hengliang.platform.core.requests import Request
from hengliang.platform.exchange import services
from hengliang.platform.exchange.forms import SecretForm, WebhookForm
from hengliang.platform.exchange.models import Webhook, WebhookAttempt, WebhookDelivery
from hengliang.platform.exchange.rights import SUBSCRIBES
from hengliang.platform.exchange.selectors import delivery_list
from hengliang.platform.exchange.selectors import webhook_list as webhooks_of
from hengliang.platform.exchange.states import WEBHOOK
from hengliang.platform.exchange.tables.webhooks import DeliveryTable, WebhookTable
from hengliang.platform.exchange.webhooks.deliver import secrets_of
from hengliang.platform.exchange.webhooks.events import CODES


def hook_crumbs(*more: Crumb) -> list[Crumb]:
    """The way to what belongs to a webhook."""
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
    form = WebhookForm(request.actor, *given(request)[:1])

    def made() -> HttpResponse:
        return _secret(request, *services.webhook_enter(actor=request.actor, **form.cleaned_data))

    return form_page(request, form, made, title=_("New webhook"), verb=_("Make webhook"), crumbs=hook_crumbs(),
                     back=reverse("exchange:webhook_list"))  # fmt: skip


def _secret(request: Request, hook: Webhook, secret: str) -> HttpResponse:
    context = {"title": _("Secret of the webhook"), "secret": secret, "hook": hook, "crumbs": hook_crumbs()}
    return render(request, "exchange/secret.html", context)


def _visible(request: Request, pk: int) -> Webhook:
    return get_object_or_404(webhooks_of(request.actor), pk=pk)


@login_required
def webhook(request: Request, pk: int) -> HttpResponseBase:
    """One webhook: what it tells, how it goes, its deliveries."""
    shown = _visible(request, pk)
    page = ObjectPage(
        kind=_("Webhook"), name=shown.url, where=shown.organisation.name, state=f"webhook.{shown.state}",
        crumbs=hook_crumbs(), actions=_actions(request, shown), overview=lambda _r: _overview(request, shown),
        records=lambda r: DeliveryTable().embed(r, delivery_list(request.actor).filter(webhook=shown)),
        history=lambda _r: history_tab(shown),
    )  # fmt: skip
    return page.respond(request)


def _overview(request: Request, shown: Webhook) -> SafeString:
    known = secrets_of(shown, request.actor.at)
    both = [row.ends_at for row in known if row.ends_at]
    counts: Any = shown
    return facts(
        Fact(_("Events"), listed(CODES[code].says for code in shown.events)),
        Fact(_("What it is for"), shown.description),
        _count(shown, _("Delivered"), counts.delivered, "delivered"),
        _count(shown, _("To be delivered"), counts.waiting, "waiting"),
        _count(shown, _("Given up"), counts.dead, "dead"),
        *_latest(shown),
        Fact(_("Secrets that sign"), len(known)),
        *([Fact(_("The old secret signs too until"), max(both))] if both else []),
        title=_("Particulars"),
    )


def _count(shown: Webhook, label: str, count: int, state: str) -> Fact:
    """How many deliveries there are, leading to them."""
    rows = f"{reverse('exchange:webhook', args=[shown.pk])}?tab=records&state={state}"
    return Fact(label, count, url=rows if count else "")


def _latest(shown: Webhook) -> list[Fact]:
    """What the receiver answered last."""
    last = WebhookAttempt.objects.filter(delivery__webhook=shown).order_by("-pk").first()
    if last is None:
        return []
    says = _("Answer %(status)s") % {"status": last.status} if last.status else _("No answer")
    note = " · ".join(filter(None, [last.error, f"{last.milliseconds} ms"]))
    return [
        Fact(_("Last attempt"), last.at),
        Fact(
            _("What was answered"), says, note=note, url=reverse("exchange:webhook_delivery", args=[last.delivery_id])
        ),
    ]


VERBS: dict[str, tuple[Callable[[], str], Callable[[], str], bool]] = {
    "suspend": (lambda: _("Pause"), lambda: _("Events wait, and are delivered when it resumes."), True),
    "try": (lambda: _("Send a trial"), lambda: _("The receiver gets one event that tells nothing."), False),
    "resume": (lambda: _("Resume"), lambda: _("What waited is delivered."), False),
    "secret_replace": (
        lambda: _("Replace the secret"), lambda: _("The new secret is shown once, on the page that answers."), False,
    ),
    "end": (lambda: _("End"), lambda: _("Nothing is delivered any more; what waits is given up."), True),
}  # fmt: skip


def subscribes(request: Request, shown: Webhook) -> bool:
    """Whether the reader may act for the organisation of a webhook."""
    own = {g.organisation_id for g in request.actor.grants if g.role in SUBSCRIBES}
    return shown.organisation_id in own


def _actions(request: Request, shown: Webhook) -> list[Action]:
    if not subscribes(request, shown):
        return []
    possible = [name for name in VERBS if f"webhook_{name}" in WEBHOOK.acts_from(shown.state)]
    if shown.state != "ended":
        possible.insert(-1, "secret_replace")
    if shown.state == "active":
        possible.insert(0, "try")
    return [
        Action(
            VERBS[name][0](),
            reverse("exchange:webhook_act", args=[shown.pk, name]),
            danger=name == "end",
            primary=name in ("try", "resume"),
        )
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
        consequences=[consequence()], form_class=form, crumbs=hook_crumbs(Crumb(shown.url, back)),
        initial={"overlap_hours": 24},
    )  # fmt: skip
    if not ask.confirmed(request):
        return ask.respond(request)
    if act == "secret_replace":
        hours = ask.form.cleaned_data["overlap_hours"] if ask.form else 0
        secret = services.webhook_secret_replace(actor=request.actor, webhook=shown, overlap_hours=hours)
        return _secret(request, shown, secret)
    told = {"reason": ask.reason} if with_reason else {}
    made = getattr(services, f"webhook_{act}")(actor=request.actor, webhook=shown, **told)
    return redirect("exchange:webhook_delivery", made.pk) if isinstance(made, WebhookDelivery) else redirect(back)
