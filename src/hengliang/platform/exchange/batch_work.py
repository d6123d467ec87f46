"""Large files are compared and taken in by the worker; the page tells how far it is, and one can leave it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hengliang.platform.core.errors import PlatformError, Refused
from hengliang.platform.core.progress import telling
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.tasks import when_given_up
from hengliang.platform.exchange.access import acting_for
from hengliang.platform.exchange.models import InboundBatch
from hengliang.platform.exchange.services import batch_accept, batch_drop, batch_read
from hengliang.platform.exchange.states import ACCEPTED, BATCH
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of

# What is done within the request; more is for the worker.
AT_ONCE_BYTES = 200_000
AT_ONCE_ROWS = 1_000


def read_soon(batch: InboundBatch, actor: Actor) -> None:
    """Have a file compared: now if it is small and nothing of its system is under way, else by the worker.

    Errors: `Refused` while it is worked on already; else as of `batch_read`.
    """
    _begin(batch, actor, "batch_read", at_once=batch.size <= AT_ONCE_BYTES)


def accept_soon(batch: InboundBatch, actor: Actor) -> None:
    """Take a compared file in: now if it is small and nothing of its system is under way, else by the worker.

    Errors: `Refused` while it is worked on already; else as of `batch_accept`.
    """
    _begin(batch, actor, "batch_accept", at_once=batch.rows <= AT_ONCE_ROWS)


def drop(batch: InboundBatch, actor: Actor) -> None:
    """Drop a file on which nobody works.

    Errors: `Refused` while it is worked on; else as of `batch_drop`.
    """
    _refuse_busy(batch)
    batch_drop(actor=actor, batch=batch)


def _begin(batch: InboundBatch, actor: Actor, kind: str, *, at_once: bool) -> None:
    acting_for(actor, kind, batch.system)
    _refuse_busy(batch)
    busy = InboundBatch.objects.filter(system=batch.system_id).exclude(step="").exists()
    if actor.account_id is None or (at_once and not busy):
        _ACTS[kind](actor=actor, batch=batch)
        return
    BATCH.target(kind, batch.state)
    with transaction.atomic():
        batch.step, batch.done, batch.problem = "waiting", 0, {}
        batch.save(update_fields=["step", "done", "problem"])
        _defer(batch, actor.account_id, kind)


def _refuse_busy(batch: InboundBatch) -> None:
    """Nobody acts on a file while the worker does."""
    batch.refresh_from_db(fields=["step", "state"])
    if batch.step:
        raise Refused("batch_busy", "This file is being worked on. Wait until that has ended, then look again.")


def _defer(batch: InboundBatch, account_id: int, kind: str) -> None:
    try:
        with transaction.atomic():
            work = batch_work.configure(queueing_lock=f"batch-{batch.pk}")
            work.defer(batch_id=batch.pk, account_id=account_id, kind=kind)
    except AlreadyEnqueued:
        return


@app.task(queue="imports", lock="exchange")
def batch_work(batch_id: int, account_id: int, kind: str) -> None:
    """Compare a file, or take it in. Begun again after a worker died, it does nothing twice: all of it is one
    transaction, and what has been done already is left as it is."""
    batch = InboundBatch.objects.select_related("system", "organisation").get(pk=batch_id)
    with _honest(batch_id) as told:
        if batch.state != ACCEPTED:
            _ACTS[kind](actor=actor_of(Account.objects.get(pk=account_id), timezone.now()), batch=batch, told=told)


@contextmanager
def _honest(batch_id: int) -> Iterator[Callable[[str, int], None]]:
    """What stands in the way is written beside the file: nobody waits for a job that is no more."""
    try:
        with telling(InboundBatch, batch_id) as told:
            yield told
    except PlatformError as refused:
        _problem(batch_id, refused)
    except Exception:
        batch_stranded(batch_id)
        raise


def batch_stranded(batch_id: int, **_given: Any) -> None:
    """Say that the work on a file broke off for a reason that is ours."""
    _problem(
        batch_id,
        PlatformError(
            "batch_broke_off",
            "The work on this file broke off; nothing of it was written. Try once more; if it fails again, tell the"
            " operator.",
        ),
    )


def _problem(batch_id: int, fault: PlatformError) -> None:
    params = {name: str(value) for name, value in fault.params.items()}
    problem = {"code": fault.code, "template": fault.template, "params": params}
    InboundBatch.objects.filter(pk=batch_id).update(problem=problem, step="", done=0)


_ACTS: dict[str, Callable[..., Any]] = {"batch_read": batch_read, "batch_accept": batch_accept}
when_given_up(batch_work.name, batch_stranded)
