"""A sheet goes into the staging table by COPY, as text."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connection

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.cells import readers
from hengliang.platform.registry.imports.fields import KEYS
from hengliang.platform.registry.imports.sheet import Sheet
from hengliang.platform.registry.imports.workbook import too_large

_COPY = f"COPY registry_importrow (import_id, number, {', '.join(KEYS)}) FROM STDIN"
_SAY_EVERY = 5_000


def stage(import_id: int, sheet: Sheet, columns: Mapping[str, int], told: Callable[[int], None]) -> int:
    """Write the rows of a sheet into staging; gives their number. Rows without any text are passed over.

    Errors: `InputRefused` for a sheet without rows, or with more than are read at once.
    """
    read = readers(list(columns))
    taken = list(zip(columns, columns.values(), read, strict=True))
    empty = dict.fromkeys(KEYS, "")
    count = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for number, row in sheet.rows:
            width = len(row)
            cells = {key: reader(row[at]) for key, at, reader in taken if at < width}
            if not any(cells.values()):
                continue
            _shape(cells)
            copy.write_row((import_id, number, *(empty | cells).values()))
            count += 1
            if count > limits.MAX_ROWS:
                raise too_large()
            if count % _SAY_EVERY == 0:
                told(count)
    if not count:
        raise InputRefused("no_rows", "There are no rows below the headers. Fill in at least one.", field="file")
    return count


def _shape(cells: dict[str, Any]) -> None:
    """Codes as they are stored; a name that is missing is no name."""
    for key in ("code", "part_of"):
        if cells.get(key):
            cells[key] = cells[key].replace("-", "").replace(" ", "").upper()
