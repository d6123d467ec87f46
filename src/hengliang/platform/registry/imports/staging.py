"""A sheet goes into the staging table by COPY, as text."""

import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any

from django.db import connection

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.cells import reader_of
from hengliang.platform.registry.imports.fields import BY_KEY, KEYS
from hengliang.platform.registry.imports.sheet import Sheet
from hengliang.platform.registry.imports.workbook import too_large

_COPY = f"COPY registry_importrow (import_id, number, {', '.join(KEYS)}) FROM STDIN"
_BATCH = 2_000
_NOWHERE = sys.maxsize


def stage(import_id: int, sheet: Sheet, columns: Mapping[str, int], told: Callable[[int], None]) -> int:
    """Write the rows of a sheet into staging; gives their number. Rows without any text are passed over.

    Errors: `InputRefused` for a sheet without rows, or with more than are read at once.
    """
    count = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for lines in batched(_lines(import_id, sheet, columns), _BATCH):
            copy.write("".join(lines))
            count += len(lines)
            if count > limits.MAX_ROWS:
                raise too_large()
            told(count)
    if not count:
        raise InputRefused("no_rows", "There are no rows below the headers. Fill in at least one.", field="file")
    return count


def _lines(import_id: int, sheet: Sheet, columns: Mapping[str, int]) -> Iterator[str]:
    """The rows as lines of COPY; no cell holds a tab or a line break any more, so only backslashes are escaped."""
    taken = [(columns.get(key, _NOWHERE), _shaped(key)) for key in KEYS]
    nothing = "\t" * (len(KEYS) - 1)
    for number, row in sheet.rows:
        width = len(row)
        cells = "\t".join([read(row[at]) if at < width else "" for at, read in taken])
        if cells != nothing:
            if "\\" in cells:
                cells = cells.replace("\\", "\\\\")
            yield f"{import_id}\t{number}\t{cells}\n"


def _shaped(key: str) -> Callable[[Any], str]:
    """How the cells of a field are read; our own codes without the hyphen of their label."""
    read = reader_of(BY_KEY[key])
    if key not in {"code", "part_of"}:
        return read
    return lambda value: tidy(read(value)) if value else ""


def batched(lines: Iterator[str], size: int) -> Iterator[list[str]]:
    """The lines in lists of up to `size`."""
    while chunk := list(islice(lines, size)):
        yield chunk
