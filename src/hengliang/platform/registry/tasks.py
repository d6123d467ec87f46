"""Large sheets are read and imported by the worker; the page tells how far it is, and one can leave it."""

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from hengliang.platform.core.errors import InputRefused, PlatformError
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.tasks import MOST_BEGINNINGS, when_given_up
from hengliang.platform.parties.models import Account
from hengliang.platform.parties.selectors import actor_of
from hengliang.platform.registry.imports.progress import telling
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services import import_read, import_refuse, instrument_import
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
    with telling(batch_id) as told:
        import_read(actor=_actor(account_id), batch=batch, told=told)


@app.task(queue="imports", lock="imports")
def apply_sheet(batch_id: int, account_id: int) -> None:
    """Import a checked sheet; what stands in the way is written beside it."""
    batch = InstrumentImport.objects.get(pk=batch_id)
    with telling(batch_id) as told:
        try:
            instrument_import(actor=_actor(account_id), batch=batch, leave_out_refused=True, told=told)
        except PlatformError as refused:
            _stands_in_the_way(batch_id, refused)


def _stands_in_the_way(batch_id: int, refused: PlatformError) -> None:
    params = {name: str(value) for name, value in refused.params.items()}
    problem = {"code": refused.code, "template": refused.template, "params": params}
    InstrumentImport.objects.filter(pk=batch_id).update(problem=problem)


def reading_given_up(batch_id: int, account_id: int) -> None:
    """A sheet whose reading ended its worker each time is not readable, and its page says so."""
    InstrumentImport.objects.filter(pk=batch_id).update(step="")
    batch = InstrumentImport.objects.get(pk=batch_id)
    if batch.state in ("received", "checked"):
        import_refuse(actor=_actor(account_id), batch=batch, refused=_given_up())


def applying_given_up(batch_id: int, account_id: int) -> None:
    """A sheet whose import ended its worker each time stays checked, and its page says so."""
    InstrumentImport.objects.filter(pk=batch_id).update(step="")
    _stands_in_the_way(batch_id, _given_up())


def _given_up() -> InputRefused:
    return InputRefused(
        "work_given_up",
        "The work on this sheet broke off %(times)s times and was given up. Split the sheet and send the parts.",
        field="file",
        times=MOST_BEGINNINGS,
    )


when_given_up(read_sheet.name, reading_given_up)
when_given_up(apply_sheet.name, applying_given_up)


def _actor(account_id: int) -> Actor:
    return actor_of(Account.objects.get(pk=account_id), timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queue="imports", queueing_lock="tally", pass_context=False)
def tally_compact(timestamp: int) -> None:
    """Sum up the plus and minus rows of the tally."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement("compact"))
