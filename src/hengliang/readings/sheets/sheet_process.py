"""The process that reads one workbook, and may die of it; `workbook.py` starts it by path and speaks with it.

A sheet of a thousand bytes can claim cells as far apart as they go, and its reader lays out everything between them.
No look at the file beforehand is sure to see that, so the memory and the time of this process are bounded instead: what
asks for more ends it, and nothing else. Only the standard library and calamine are loaded, to begin quickly.

Said first: `{"sheets": [[name, is_shown]…], "formulas": n}`. Asked: `["head", sheet, rows]` or `["rows", sheet]`,
a line each. Answered: `{"left": n, "width": n, "merged": […], "rows": […]}`, or a row a line and `null` at the
end; `{"refused": code}` ends it.
"""

import datetime as dt
import json
import resource
import sys
import zipfile
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

_PIECE = 1 << 20
# From the first corner of a sheet to its last, empty cells with them: whoever reads it goes over all of these.
MOST_CELLS = 50_000_000


class Refused(Exception):
    """The workbook is not read further; its words are the code."""


def main(path: str, memory: int, seconds: int, rows: int, columns: int, text: int) -> None:
    """Answer what is asked on stdin about the workbook at `path`.

    memory, seconds, text : what this process may take, work and say [bytes, s, bytes]
    rows, columns : the largest sheet that is read
    """
    _bound(memory, seconds)
    try:
        _serve(path, rows, columns, text)
    except (Refused, MemoryError) as refused:
        _say({"refused": str(refused) or "too_large"})
    except (CalamineError, zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, KeyError):
        _say({"refused": "unreadable"})


def _bound(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with suppress(OSError):  # where memory runs short all the same, this process goes and not the database
        Path("/proc/self/oom_score_adj").write_text("1000")


def _serve(path: str, rows: int, columns: int, text: int) -> None:
    book = CalamineWorkbook.from_path(path)
    sheets = [m for m in book.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
    names = [(m.name, m.visible == SheetVisibleEnum.Visible) for m in sheets]
    _say({"sheets": names, "formulas": _formulas(path)})
    at, sheet = -1, None
    for line in sys.stdin:
        asked, wanted, *more = json.loads(line)
        if sheet is None or wanted != at:
            sheet = None  # the one before goes first: two at once would take twice the memory
            at, sheet = wanted, book.get_sheet_by_name(names[wanted][0])
        height, width = _extent(sheet)
        if asked == "head":
            _say(_shape(sheet) | {"rows": [_trimmed(row) for row in islice(sheet.iter_rows(), more[0])]})
        elif height > rows or width > columns or height * width > MOST_CELLS:
            raise Refused("too_large")
        else:
            text -= _say_rows(sheet, text)


def _extent(sheet: CalamineSheet) -> tuple[int, int]:
    """Rows and columns from the first cell of all; calamine's totals end one before the last."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def _shape(sheet: CalamineSheet) -> dict[str, Any]:
    merged = [area for area in sheet.merged_cell_ranges or [] if area[0] != area[1]]
    return {"left": sheet.start[1] if sheet.start else 0, "width": _extent(sheet)[1], "merged": merged}


def _say_rows(sheet: CalamineSheet, most: int) -> int:
    said = 0
    for row in sheet.iter_rows():
        said += _say(_trimmed(row))
        if said > most:  # many cells may name one long text; written out it is as long as it is often
            raise Refused("too_large")
    _say(None)
    return said


def _trimmed(row: list[Any]) -> list[Any]:
    end = len(row)
    while end and row[end - 1] == "":
        end -= 1
    return row[:end]


def _say(told: object) -> int:
    written = sys.stdout.write(json.dumps(told, default=_plain) + "\n")
    if not isinstance(told, list):
        sys.stdout.flush()
    return written


def _plain(cell: object) -> dict[str, Any]:
    if isinstance(cell, dt.timedelta):
        return {"seconds": cell.total_seconds()}
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return {type(cell).__name__: cell.isoformat()}
    raise TypeError(type(cell).__name__)


def _formulas(path: str) -> int:
    with zipfile.ZipFile(path) as archive:
        parts = [part for part in archive.infolist() if "worksheets/" in part.filename.lower() and not part.is_dir()]
        return sum(_formulas_in(archive, part) for part in parts)


def _formulas_in(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    found, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            piece = tail + piece
            found += piece.count(b"<f>") + piece.count(b"<f ")
            tail = piece[-2:]  # a mark may be cut in two, and none has its end in two bytes
    return found


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
