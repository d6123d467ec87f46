"""Large files are read, submitted and issued by the worker; the page tells how far it is, and one can leave it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.progress import telling
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.tasks import when_given_up
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.verification.models import Lot
from hengliang.platform.verification.services import lot_issue, lot_read, lot_submit

# What is done within the request; more is for the worker.
AT_ONCE_BYTES = 200_000
AT_ONCE_ROWS = 1_000


def read_soon(lot: Lot, actor: Actor, columns: Mapping[str, int] | None = None, profile: str = "") -> None:
    """Have a file read: now if it is small, else by the worker; `columns` and `profile` as of `lot_read`."""
    if lot.size <= AT_ONCE_BYTES:
        lot_read(actor=actor, lot=lot, columns=columns, profile=profile)
    else:
        _defer(lot_file_read, lot, actor, columns=dict(columns or {}), profile=profile)


def submit_soon(lot: Lot, actor: Actor, reason: str = "") -> None:
    """Submit a checked lot without the rows that were refused: now if it is small, else by the worker."""
    if lot.rows <= AT_ONCE_ROWS:
        lot_submit(actor=actor, lot=lot, leave_out_refused=True, reason=reason)
    else:
        _defer(lot_results_submit, lot, actor, reason=reason)


def issue_soon(lot: Lot, actor: Actor, reason: str = "") -> None:
    """Issue an approved lot: now if it is small, else by the worker."""
    if lot.rows <= AT_ONCE_ROWS:
        lot_issue(actor=actor, lot=lot, reason=reason)
    else:
        _defer(lot_results_issue, lot, actor, reason=reason)


def _defer(task: Any, lot: Lot, actor: Actor, **told: Any) -> None:
    Lot.objects.filter(pk=lot.pk).update(step="waiting", done=0)
    try:
        task.configure(queueing_lock=f"lot-{lot.pk}").defer(lot_id=lot.pk, account_id=actor.account_id or 0, **told)
    except AlreadyEnqueued:
        return


@app.task(queue="imports", lock="lots")
def lot_file_read(lot_id: int, account_id: int, columns: dict[str, int] | None = None, profile: str = "") -> None:
    """Read, judge and check the file of a lot."""
    with _honest(lot_id) as told:
        lot = Lot.objects.get(pk=lot_id)
        lot_read(actor=_actor(account_id), lot=lot, columns=columns or None, profile=profile, told=told)


@app.task(queue="imports", lock="lots")
def lot_results_submit(lot_id: int, account_id: int, reason: str = "") -> None:
    """Write the results of a lot."""
    with _honest(lot_id) as told:
        lot = Lot.objects.get(pk=lot_id)
        lot_submit(actor=_actor(account_id), lot=lot, leave_out_refused=True, reason=reason, told=told)


@app.task(queue="imports", lock="lots")
def lot_results_issue(lot_id: int, account_id: int, reason: str = "") -> None:
    """Issue the results of a lot."""
    with _honest(lot_id) as told:
        lot_issue(actor=_actor(account_id), lot=Lot.objects.get(pk=lot_id), reason=reason, told=told)


@contextmanager
def _honest(lot_id: int) -> Iterator[Callable[[str, int], None]]:
    """What stands in the way is written beside the lot: nobody waits for a job that is no more."""
    try:
        with telling(Lot, lot_id) as told:
            yield told
    except PlatformError as refused:
        _problem(lot_id, refused)
    except Exception:
        lot_stranded(lot_id)
        raise


def lot_stranded(lot_id: int, account_id: int = 0) -> None:
    """Say that the work on a lot broke off for a reason that is ours."""
    _problem(
        lot_id,
        PlatformError(
            "lot_broke_off",
            "The work on this lot broke off; nothing of it was written. Try once more; if it fails again, tell the"
            " operator.",
        ),
    )


def _problem(lot_id: int, fault: PlatformError) -> None:
    params = {name: str(value) for name, value in fault.params.items()}
    problem = {"code": fault.code, "template": fault.template, "params": params}
    Lot.objects.filter(pk=lot_id).update(problem=problem, step="", done=0)


for _task in (lot_file_read, lot_results_submit, lot_results_issue):
    when_given_up(_task.name, lot_stranded)


def _actor(account_id: int) -> Actor:
    return actor_of(Account.objects.get(pk=account_id), timezone.now())
