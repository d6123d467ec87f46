"""A delivery is made again; a receiver is tried with an event that tells nothing."""

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import Refused
from hengliang.platform.core.rights import Actor
from hengliang.platform.exchange.models import Webhook, WebhookDelivery
from hengliang.platform.exchange.services.webhook_enter import permit_for
from hengliang.platform.exchange.states import ACTIVE, ENDED
from hengliang.platform.exchange.webhooks.events import TRIAL
from hengliang.platform.exchange.webhooks.outbox import delivery_of, last_position
from hengliang.platform.exchange.webhooks.soon import push_soon


def webhook_delivery_replay(*, actor: Actor, delivery: WebhookDelivery, reason: str) -> None:
    """Deliver again, under the same id and from the first attempt on.

    Errors: `Refused` for one that waits already, or whose webhook delivers nothing.
    """
    hook = delivery.webhook
    permit_for(actor, "webhook_delivery_replay", hook.organisation)
    if hook.state == ENDED:
        raise Refused("webhook_ended", "This webhook has ended; make a new one.")
    with perform(
        actor, "webhook_delivery_replay", subject=hook, reason=reason, organisation_id=hook.organisation_id
    ) as act:
        rows = WebhookDelivery.objects.filter(pk=delivery.pk).exclude(state=WebhookDelivery.State.WAITING)
        if not rows.update(state=WebhookDelivery.State.WAITING, tries=0, next_at=actor.at, delivered_at=None):
            raise Refused("waiting_already", "This delivery waits already.")
        act.content = {"message": delivery.message_id}
        push_soon()


def webhook_try(*, actor: Actor, webhook: Webhook) -> WebhookDelivery:
    """Have an event delivered that tells nothing, to see whether the receiver takes it.

    Errors: `NotPermitted`; `Refused` where the webhook delivers nothing now.
    """
    permit_for(actor, "webhook_try", webhook.organisation)
    if webhook.state != ACTIVE:
        raise Refused("webhook_not_active", "This webhook is paused or has ended; resume it, or make a new one.")
    with perform(actor, "webhook_try", subject=webhook, organisation_id=webhook.organisation_id) as act:
        made = delivery_of(webhook, act, last_position(), TRIAL, {"webhook": webhook.pk}, actor.at)
        made.save()
        act.content = {"message": made.message_id}
        push_soon()
    return made
