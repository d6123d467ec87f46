"""Events are pushed to an address: from now on, paused, again, no more; under a secret that can be replaced."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, Refused
from hengliang.platform.core.models import Act
from hengliang.platform.core.rights import REGIONAL, Actor, permit, right_of
from hengliang.platform.core.transitions import enter, move
from hengliang.platform.exchange.models import Webhook, WebhookDelivery, WebhookSecret
from hengliang.platform.exchange.states import ENDED, WEBHOOK
from hengliang.platform.exchange.webhooks.address import resolved
from hengliang.platform.exchange.webhooks.events import CODES
from hengliang.platform.exchange.webhooks.outbox import last_position
from hengliang.platform.exchange.webhooks.signature import new_secret, seal
from hengliang.platform.exchange.webhooks.soon import push_soon
from hengliang.platform.parties.models import Organisation

MOST = 20  # webhooks that an organisation may have
OVERLAP_HOURS = 24


def webhook_enter(
    *, actor: Actor, organisation: Organisation, url: str, events: Sequence[str], description: str = ""
) -> tuple[Webhook, str]:
    """Push events from now on; gives the webhook and its secret, which is shown this once.

    Errors: `NotPermitted`; `InputRefused` for an address that must not be reached, or events that are not known.
    """
    permit_for(actor, "webhook_enter", organisation)
    chosen = [code for code in CODES if code in set(events)]
    if not chosen or set(events) - set(CODES):
        raise InputRefused("events_unknown", "Choose at least one kind of event from the list.", field="events")
    if Webhook.objects.filter(organisation=organisation).exclude(state=ENDED).count() >= MOST:
        raise Refused("too_many_webhooks", "There are %(most)s webhooks already; end one first.", most=MOST)
    resolved(url)
    with perform(actor, "webhook_enter", organisation_id=organisation.pk, region_id=organisation.region_id) as act:
        act.subject = hook = Webhook.objects.create(
            act=act, organisation=organisation, url=url, events=chosen, description=description.strip(),
            from_position=last_position() + 1, state=WEBHOOK.states[0].code,
        )  # fmt: skip
        enter(WEBHOOK, hook, act)
        secret = _secret(act, hook, actor.at)
        act.content = {"url": url, "events": chosen}
    return hook, secret


def permit_for(actor: Actor, kind: str, organisation: Organisation) -> None:
    """Refuse who has no role at this organisation that may subscribe; a regional role counts where it is held."""
    own = [g for g in actor.grants if g.role in REGIONAL and g.organisation_id == organisation.pk]
    if not any(g.role in right_of(kind).roles for g in own):
        permit(actor, kind, organisations=[organisation.pk])


def _secret(act: Act, hook: Webhook, at: datetime) -> str:
    secret = new_secret()
    WebhookSecret.objects.create(act=act, webhook=hook, sealed=seal(secret), begins_at=at)
    return secret


def webhook_secret_replace(*, actor: Actor, webhook: Webhook, overlap_hours: int = OVERLAP_HOURS) -> str:
    """A new secret, shown this once; the one before signs beside it for some hours (0: no longer).

    Errors: `InputRefused` for more than a week; `Refused` where the webhook has ended.
    """
    permit_for(actor, "webhook_secret_replace", webhook.organisation)
    if not 0 <= overlap_hours <= 168:
        raise InputRefused("overlap_out_of_range", "Choose between 0 and 168 hours.", field="overlap_hours")
    if webhook.state == ENDED:
        raise Refused("webhook_ended", "This webhook has ended; make a new one.")
    with perform(actor, "webhook_secret_replace", subject=webhook, organisation_id=webhook.organisation_id) as act:
        until = actor.at + timedelta(hours=overlap_hours)
        old = webhook.secrets.select_for_update().filter(begins_at__lte=actor.at)
        for row in old:
            if row.ends_at is None or row.ends_at > until:
                WebhookSecret.objects.filter(pk=row.pk).update(ends_at=until)
        secret = _secret(act, webhook, actor.at)
        act.content = {"overlap_hours": overlap_hours}
    return secret


def webhook_suspend(*, actor: Actor, webhook: Webhook, reason: str) -> None:
    """Nothing is delivered meanwhile; events wait."""
    _lead(actor, "webhook_suspend", webhook, reason)


def webhook_resume(*, actor: Actor, webhook: Webhook) -> None:
    """What waited is delivered."""
    with transaction.atomic():
        _lead(actor, "webhook_resume", webhook, "")
        push_soon()


def webhook_end(*, actor: Actor, webhook: Webhook, reason: str) -> None:
    """No event is made for it any more, and what waits is given up."""
    with transaction.atomic():
        _lead(actor, "webhook_end", webhook, reason)
        waiting = WebhookDelivery.objects.filter(webhook=webhook, state=WebhookDelivery.State.WAITING)
        waiting.update(state=WebhookDelivery.State.DEAD)


def _lead(actor: Actor, kind: str, webhook: Webhook, reason: str) -> None:
    permit_for(actor, kind, webhook.organisation)
    with perform(actor, kind, subject=webhook, reason=reason, organisation_id=webhook.organisation_id) as act:
        move(WEBHOOK, webhook, act)
