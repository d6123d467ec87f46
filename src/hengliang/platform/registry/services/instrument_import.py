"""A checked sheet becomes ledger rows: all of them, or none."""

from django.db import connection, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused, StaleWrite
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.imports.check import Counts, check
from hengliang.platform.registry.imports.write import choose, prepare, write
from hengliang.platform.registry.models import Instrument, InstrumentCode, InstrumentImport, InstrumentState
from hengliang.platform.registry.services.import_read import take_counts
from hengliang.platform.registry.services.import_receive import require_role
from hengliang.platform.registry.states import IMPORT

# Two imports at once could both find the same instrument missing.
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('registry_import'))"
_KEEP_REFUSED = (
    "DELETE FROM registry_importrow r WHERE import_id = %(id)s AND NOT EXISTS"
    " (SELECT FROM registry_importfault f WHERE f.import_id = %(id)s AND f.number = r.number)"
)


def instrument_import(
    *,
    actor: Actor,
    batch: InstrumentImport,
    leave_out_refused: bool = False,
    reason: str = "",
    told: Told = silent,
    checked: Counts | None = None,
) -> InstrumentImport:
    """Write a checked sheet into the ledger as one act, with a Merkle root over its rows.

    Everything is checked again on the ledger as it is now, unless it was `checked` in this very transaction.
    Errors: `InputRefused` if rows are refused and are not to be left out; `StaleWrite` if the ledger has changed so
    that the sheet would do something else than the preview said.
    """
    require_role(actor, "instrument_import")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        IMPORT.target("instrument_import", batch.state)
        told("checking", 0)
        found = checked or check(batch.pk, actor, batch.on, batch.organisation_id)
        _refuse_other_than_shown(batch, found)
        if found.refused and not leave_out_refused:
            raise InputRefused(
                "rows_refused",
                "%(count)s rows are refused. Correct them, or choose to leave them out; nothing was written.",
                count=found.refused,
            )
        with perform(
            actor, "instrument_import", subject=batch, on=batch.on, reason=reason, organisation_id=batch.organisation_id
        ) as act:
            told("writing", 0)
            prepare()
            choose(batch.pk)
            batch.root = write(act, batch.on, batch.file_name)
            act.tables = (Instrument, InstrumentState, InstrumentCode)
            act.content = {"sha256": batch.sha256, "rows": found.new + found.changed, "root": batch.root}
            take_counts(batch, found)
            batch.applied_by = act
            batch.save()
            move(IMPORT, batch, act)
        cursor.execute(_KEEP_REFUSED, {"id": batch.pk})
    return batch


def _refuse_other_than_shown(batch: InstrumentImport, found: Counts) -> None:
    shown = Counts(batch.rows, batch.new, batch.changed, batch.unchanged, batch.refused)
    if found.rows != shown.rows:
        raise StaleWrite("rows_gone", "The rows of this sheet are no longer here. Send the file again.")
    if found != shown:
        raise StaleWrite(
            "ledger_changed", "The ledger has changed since the preview. Look at the new preview, then import."
        )
