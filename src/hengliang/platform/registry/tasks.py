"""Large sheets are read and imported by the worker; the page tells how far it is, and one can leave it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hengliang.platform.core.errors import PlatformError
from hengliang.platform.core.progress import telling
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.tasks import when_given_up
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services import import_read, instrument_import
from hengliang.platform.registry.tally import statement


def read_soon(batch: InstrumentImport, actor: Actor) -> None:
    """Have a sheet read by the worker."""
    _defer(read_sheet, batch, actor, "waiting")


def apply_soon(batch: InstrumentImport, actor: Actor, *, at_once: bool) -> None:
    """Import a checked sheet, leaving out what was refused: now, or by the worker."""
    if at_once:
        instrument_import(actor=actor, batch=batch, leave_out_refused=True)
        return
    _defer(apply_sheet, batch, actor, "waiting")


def _defer(task: "app.task", batch: InstrumentImport, actor: Actor, step: str) -> None:  # type: ignore[name-defined]
    InstrumentImport.objects.filter(pk=batch.pk).update(step=step, done=0)
    try:
        task.configure(queueing_lock=f"import-{batch.pk}").defer(batch_id=batch.pk, account_id=actor.account_id or 0)
    except AlreadyEnqueued:
        return


@app.task(queue="imports", lock="imports")
def read_sheet(batch_id: int, account_id: int) -> None:
    """Read and check a sheet."""
    batch = InstrumentImport.objects.get(pk=batch_id)
    with telling(InstrumentImport, batch_id) as told, _honest(batch_id):
        import_read(actor=_actor(account_id), batch=batch, told=told)


@app.task(queue="imports", lock="imports")
def apply_sheet(batch_id: int, account_id: int) -> None:
    """Import a checked sheet; what stands in the way is written beside it."""
    batch = InstrumentImport.objects.get(pk=batch_id)
    with telling(InstrumentImport, batch_id) as told, _honest(batch_id):
        instrument_import(actor=_actor(account_id), batch=batch, leave_out_refused=True, told=told)


@contextmanager
def _honest(batch_id: int) -> Iterator[None]:
    """What stands in the way is written beside the sheet: nobody waits for a job that is no more."""
    try:
        yield
    except PlatformError as refused:
        _problem(batch_id, refused)
    except Exception:
        stranded(batch_id)
        raise


def stranded(batch_id: int, account_id: int = 0) -> None:
    """Say that the work on a sheet broke off for a reason that is ours."""
    _problem(
        batch_id,
        PlatformError(
            "import_broke_off",
            "The work on this sheet broke off; nothing of it was written. Drop it and send it again, in parts if it is"
            " large; if that fails too, tell the operator.",
        ),
    )


def _problem(batch_id: int, fault: PlatformError) -> None:
    params = {name: str(value) for name, value in fault.params.items()}
    problem = {"code": fault.code, "template": fault.template, "params": params}
    InstrumentImport.objects.filter(pk=batch_id).update(problem=problem, step="")


for _task in (read_sheet, apply_sheet):
    when_given_up(_task.name, stranded)


def _actor(account_id: int) -> Actor:
    return actor_of(Account.objects.get(pk=account_id), timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queue="imports", queueing_lock="tally", pass_context=False)
def tally_compact(timestamp: int) -> None:
    """Sum up the plus and minus rows of the tally."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("compact"))
