"""Jobs of exchange: large files; events become deliveries and are delivered, soon after the act and once a minute."""

from django.utils import timezone
from procrastinate.contrib.django import app

from hengliang.platform.exchange.batch_work import batch_work
from hengliang.platform.exchange.webhooks.deliver import deliver_due, is_due
from hengliang.platform.exchange.webhooks.outbox import BATCH, make_deliveries
from hengliang.platform.exchange.webhooks.soon import QUEUE, push_soon

__all__ = ["batch_work", "push_events"]


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, lock=QUEUE, queueing_lock=QUEUE, pass_context=False)
def push_events(timestamp: int | None = None) -> int:
    """Read what was logged since, and try what is due; gives how many deliveries arrived. What is due still has its
    turn in the next round, which begins at once."""
    read = make_deliveries(timezone.now())
    arrived = deliver_due(timezone.now)
    if read == BATCH or is_due(timezone.now()):
        push_soon()
    return arrived
