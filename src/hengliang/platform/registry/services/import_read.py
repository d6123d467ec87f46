"""A sheet is read, staged and checked; the ledger stays as it is."""

import json
from collections.abc import Mapping

from django.db import connection, transaction

from hengliang.platform.core.acts import perform
from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.core.rights import Actor
from hengliang.platform.core.transitions import move
from hengliang.platform.registry.imports.check import Counts, check
from hengliang.platform.registry.imports.fields import BY_KEY
from hengliang.platform.registry.imports.holding import open_sheet
from hengliang.platform.registry.imports.sheet import Sheet, columns_of
from hengliang.platform.registry.imports.sql import statement
from hengliang.platform.registry.imports.staging import stage
from hengliang.platform.registry.models import InstrumentImport
from hengliang.platform.registry.services.import_receive import require_role
from hengliang.platform.registry.states import IMPORT


def import_read(
    *, actor: Actor, batch: InstrumentImport, columns: Mapping[str, int] | None = None, told: Told = silent
) -> InstrumentImport:
    """Read and check a sheet, or refuse it as a whole; what is wrong with its rows stands in its faults.

    `columns` says which column (from 0) holds which field, where the headers do not say so.
    """
    require_role(actor, "import_read")
    IMPORT.target("import_read", batch.state)
    try:
        sheet = open_sheet(batch.sha256)
        with transaction.atomic():
            return _read(actor, batch, sheet, columns, told)
    except InputRefused as refused:
        return _refuse(actor, batch, refused)


def _read(
    actor: Actor, batch: InstrumentImport, sheet: Sheet, columns: Mapping[str, int] | None, told: Told
) -> InstrumentImport:
    taken = {k: at for k, at in columns.items() if k in BY_KEY} if columns else columns_of(sheet.headers)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_importrow WHERE import_id = %s", [batch.pk])
    stage(batch.pk, sheet, taken, lambda done: told("reading", done))
    told("checking", 0)
    found = check(batch.pk, actor, batch.on, batch.organisation_id)
    with perform(actor, "import_read", subject=batch, organisation_id=batch.organisation_id) as act:
        take_counts(batch, found)
        batch.headers, batch.columns, batch.problem = sheet.headers[:200], taken, {}
        batch.notices = [[n.code, n.params] for n in sheet.notices] + _left_out(sheet, taken)
        batch.sample = sample(batch)
        batch.save()
        act.content = {"rows": found.rows, "refused": found.refused}
        move(IMPORT, batch, act)
    return batch


def _refuse(actor: Actor, batch: InstrumentImport, refused: InputRefused) -> InstrumentImport:
    with perform(actor, "import_refuse", subject=batch, organisation_id=batch.organisation_id) as act:
        params = {name: str(value) for name, value in refused.params.items()}
        batch.problem = {"code": refused.code, "template": refused.template, "params": params}
        batch.save(update_fields=["problem"])
        move(IMPORT, batch, act)
    return batch


def take_counts(batch: InstrumentImport, found: Counts) -> None:
    """Keep what a check counted."""
    batch.rows, batch.new, batch.changed = found.rows, found.new, found.changed
    batch.unchanged, batch.refused = found.unchanged, found.refused


def sample(batch: InstrumentImport) -> list[dict[str, object]]:
    """Some of what the import would do, for the preview."""
    with connection.cursor() as cursor:
        cursor.execute(statement("sample"), {"id": batch.pk, "on": batch.on})
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        for name in ("kinds", "changes"):
            row[name] = json.loads(row[name]) if isinstance(row[name], str) else row[name]
    return rows


def _left_out(sheet: Sheet, taken: Mapping[str, int]) -> list[list[object]]:
    names = [h[:60] for at, h in enumerate(sheet.headers) if h and at not in taken.values()]
    return [["unknown_columns", {"names": "、".join(names[:20])}]] if names else []
