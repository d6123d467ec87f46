"""A sheet is sent, checked and imported in one go, for programs that need no preview."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from hengliang.platform.core.rights import Actor
from hengliang.platform.parties.models import Organisation
from hengliang.platform.registry.imports.check import Counts
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services.import_read import import_read
from hengliang.platform.registry.services.import_receive import import_receive
from hengliang.platform.registry.services.instrument_import import ONE_AT_A_TIME, instrument_import


def import_at_once(
    *,
    actor: Actor,
    file_name: str,
    chunks: Iterable[bytes],
    organisation: Organisation | None = None,
    on: date | None = None,
) -> InstrumentImport:
    """Import a sheet if none of its rows is refused; else it stays as checked, with its faults, and nothing is written.

    Errors: as of `import_receive` and `instrument_import`.
    """
    batch = import_receive(actor=actor, file_name=file_name, chunks=chunks, organisation=organisation, on=on)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        import_read(actor=actor, batch=batch)
        if batch.state == "checked" and not batch.refused:
            found = Counts(batch.rows, batch.new, batch.changed, batch.unchanged, batch.refused)
            instrument_import(actor=actor, batch=batch, checked=found)
    return batch
