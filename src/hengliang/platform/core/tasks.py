"""Jobs of core: waiting messages are brought, jobs of dead workers begin again, the folder of rules is kept."""

from collections.abc import Callable
from contextlib import suppress

import structlog
from asgiref.sync import sync_to_async
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

from hengliang.platform.core import norms_folder
from hengliang.platform.core.channels import ChannelFailed, Recipient, channels, recipients
from hengliang.platform.core.messages import message_of
from hengliang.platform.core.models import Delivery

MOST_ATTEMPTS = 6
MOST_BEGINNINGS = 3
BATCH = 200
_tellers: dict[str, Callable[..., None]] = {}
log = structlog.get_logger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(queue="notifications", lock="notifications", queueing_lock="notifications", pass_context=False)
def deliver_waiting(timestamp: int | None = None) -> int:
    """Try every delivery that waits, once; gives how many arrived. What failed waits for the next round."""
    waiting = (
        Delivery.objects.filter(delivered_at=None, attempts__lt=MOST_ATTEMPTS)
        .select_related("notification")
        .order_by("attempts", "pk")
    )
    rows = list(waiting[:BATCH])
    known = recipients(row.notification.account_id for row in rows)
    arrived = sum(_deliver(row, known.get(row.notification.account_id)) for row in rows)
    if len(rows) == BATCH and arrived:
        deliver_soon()
    return arrived


def _deliver(row: Delivery, recipient: Recipient | None) -> bool:
    channel = channels().get(row.channel)
    row.attempts += 1
    try:
        if channel is None or recipient is None:
            raise ChannelFailed(f"{row.channel}: the channel or the account is no more")
        channel.send(recipient, message_of(row.notification, recipient.language))
        row.delivered_at, row.error = timezone.now(), ""
    except ChannelFailed as error:
        row.error = str(error)[:500]
        log.warning("delivery_failed", channel=row.channel, delivery=row.pk, attempts=row.attempts, error=row.error)
    row.save(update_fields=["attempts", "delivered_at", "error"])
    return row.delivered_at is not None


def deliver_soon() -> None:
    """Let the job run; one that waits already will see what is new."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        deliver_waiting.defer()


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", lock="upkeep", queueing_lock="upkeep", pass_context=False)
async def begin_orphans_again(timestamp: int | None = None) -> int:
    """Queue again each job whose worker died; gives how many such jobs there were.

    One whose like waits already is given up: its like does the work. Every job is therefore written so that it can be
    done twice. One whose workers died again and again is given up too: it may be what they died of.
    """
    jobs = app.job_manager
    orphans = list(await jobs.get_stalled_jobs())
    for orphan in orphans:
        if orphan.attempts >= MOST_BEGINNINGS:
            await _give_up(orphan)
            continue
        log.warning("job_begins_again", job=orphan.id, task=orphan.task_name)
        try:
            await jobs.retry_job(orphan)
        except UniqueViolation:
            await jobs.finish_job(orphan, Status.FAILED, delete_job=False)
    return len(orphans)


async def _give_up(orphan: Job) -> None:
    log.error("job_given_up", job=orphan.id, task=orphan.task_name, attempts=orphan.attempts)
    await app.job_manager.finish_job(orphan, Status.FAILED, delete_job=False)
    if tell := _tellers.get(orphan.task_name):
        await sync_to_async(tell)(**orphan.task_kwargs)


def when_given_up(task_name: str, tell: Callable[..., None]) -> None:
    """Have it told, with what the job was given, that a job of this task was given up; called once from `ready`."""
    _tellers[task_name] = tell


@app.periodic(cron="*/5 * * * *")
@app.task(queue="rules", lock="rules", queueing_lock="rules", pass_context=False)
def write_norms_folder(timestamp: int | None = None) -> None:
    """Put the folder of rules right where a crash, a restore or another machine left it behind the tables."""
    norms_folder.write()
