"""Reads a workbook in a process of its own, bounded in memory and time: whatever a sheet makes the reader die of kills
this process alone, and the platform refuses the sheet.

What a cell claims about its place cannot be bounded by looking at the file first: there are too many spellings of it,
and the reader (calamine) lays out rows times columns before the first cell is asked for. So nothing is guessed here.
Run as a file, without the platform on its path; frames go to stdout as pickles of plain values:
first what was found, then lists of rows, at last None.
"""

import json
import os
import pickle
import sys
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

_CHUNK = 1 << 20
_BATCH = 2_000


def main() -> None:
    """Read the workbook that the one argument asks for."""
    asked = json.loads(sys.argv[1])
    _bound(asked["bytes"], asked["seconds"])
    out = sys.stdout.buffer
    try:
        sheet, found = _opened(asked)
    except (CalamineError, OSError, KeyError, zipfile.BadZipFile, EOFError, RuntimeError):
        _frame(out, {"refused": "no_workbook"})
        return
    if sheet.total_width > asked["columns"] or sheet.total_height > asked["rows"]:
        _frame(out, {"refused": "sheet_too_large"})
        return
    _frame(out, found)
    rows = sheet.iter_rows()
    while batch := list(islice(rows, _BATCH)):
        _frame(out, batch)
    _frame(out, None)


def _bound(most_bytes: int, seconds: int) -> None:
    """Let this process die before the machine suffers; where the machine is short of memory, let it be the first."""
    try:
        import resource
    except ImportError:  # Windows has no such bounds
        return
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    first_to_go = Path("/proc/self/oom_score_adj")
    if first_to_go.exists() and os.access(first_to_go, os.W_OK):
        first_to_go.write_text("1000")


def _opened(asked: dict[str, Any]) -> tuple[CalamineSheet, dict[str, Any]]:
    """The first visible sheet with headers of the ledger, else the first visible one; and what is said about it."""
    book = CalamineWorkbook.from_path(asked["path"])
    shown = [
        m.name
        for m in book.sheets_metadata
        if m.typ == SheetTypeEnum.WorkSheet and m.visible == SheetVisibleEnum.Visible
    ]
    sheet = _with_headers(book, shown, frozenset(asked["headers"]), asked["header_within"])
    merged = [(start, end) for start, end in sheet.merged_cell_ranges or [] if end != start]
    return sheet, {
        "sheet": sheet.name,
        "first": sheet.start[0] if sheet.start else 0,
        "merged": merged,
        "hidden": [m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible],
        "others": [name for name in shown if name != sheet.name],
        "formulas": _formulas(Path(asked["path"])),
    }


def _with_headers(book: CalamineWorkbook, shown: list[str], headers: frozenset[str], within: int) -> CalamineSheet:
    """Each sheet is loaded once, since loading is what costs."""
    first = None
    for name in shown:
        sheet = book.get_sheet_by_name(name)
        if any(_known(row, headers) >= 2 for row in islice(sheet.iter_rows(), within)):
            return sheet
        first = first or sheet
    if first is None:
        raise KeyError("no visible sheet")
    return first


def _known(row: list[Any], headers: frozenset[str]) -> int:
    return sum(1 for cell in row if isinstance(cell, str) and len(cell) < 100 and plain(cell) in headers)


def plain(header: str) -> str:
    """A header as it is compared: without blanks, stars, brackets' content and capitals."""
    text = header.replace("*", "").replace("＊", "").split("(")[0].split("（")[0]
    return "".join(text.split()).lower()


def _formulas(path: Path) -> int:
    """How many cells hold formulas."""
    with zipfile.ZipFile(path) as archive:
        sheets = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/")]
        return sum(piece.count(b"<f>") + piece.count(b"<f ") for part in sheets for piece in _pieces(archive, part))


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _frame(out: BinaryIO, content: Any) -> None:
    pickle.dump(content, out, protocol=5)
    out.flush()


if __name__ == "__main__":
    main()
