"""Events are pushed soon after their acts are committed: the job is queued in the transaction that gives them their
place in the log. The sweep once a minute brings what was queued by nobody."""

from collections.abc import Sequence

from django.db import transaction

from hengliang.platform.core.models import Act
from hengliang.platform.exchange.models import Webhook
from hengliang.platform.exchange.states import ACTIVE
from hengliang.platform.exchange.webhooks.events import EVENTS

PUSH = "hengliang.platform.exchange.tasks.push_events"
QUEUE = "webhooks"


def push_soon() -> None:
    """Let the job run; one that waits already will see what is new."""
    from procrastinate.contrib.django import app  # needs the apps to be ready
    from procrastinate.exceptions import AlreadyEnqueued

    try:
        with transaction.atomic():
            app.configure_task(PUSH, queue=QUEUE, lock=QUEUE, queueing_lock=QUEUE).defer()
    except AlreadyEnqueued:
        return


def push_logged(acts: Sequence[int]) -> None:
    """Of what came into the log: push, if somebody subscribed and it is an event at all."""
    if Webhook.objects.filter(state=ACTIVE).exists() and Act.objects.filter(pk__in=acts, kind__in=EVENTS).exists():
        push_soon()
