"""Jobs of exchange: large files; events become deliveries and are delivered, soon after the act and once a minute."""

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hengliang.platform.exchange.batch_work import batch_work
from hengliang.platform.exchange.webhooks.deliver import MOST_AT_ONCE, deliver_due
from hengliang.platform.exchange.webhooks.outbox import BATCH, make_deliveries

__all__ = ["batch_work", "push_events", "push_soon"]


@app.periodic(cron="* * * * *")
@app.task(queue="webhooks", lock="webhooks", queueing_lock="webhooks", pass_context=False)
def push_events(timestamp: int | None = None) -> int:
    """Read what was logged since, and try what is due; gives how many deliveries arrived."""
    read = make_deliveries(timezone.now())
    arrived = deliver_due(timezone.now)
    if read == BATCH or arrived == MOST_AT_ONCE:
        push_soon()
    return arrived


def push_soon() -> None:
    """Let the job run; one that waits already will see what is new."""
    try:
        with transaction.atomic():
            push_events.defer()
    except AlreadyEnqueued:
        return
