"""XLSX, read in a process that is bounded; an archive that claims too much is refused before it is unpacked."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.sheet import Notice, Sheet, known_headers, split
from hengliang.readings.errors import WorkbookRefused
from hengliang.readings.intake.workbook import Area, Workbook


def read_workbook(path: Path) -> Sheet:
    """The first visible sheet of a workbook that holds headers of the ledger.

    Errors: `InputRefused` for a file that is no workbook, is too large, or claims more than it may.
    """
    _measure(path)
    lines = _lines(path)
    notices = next(lines)
    return split(lines, notices)


def _lines(path: Path) -> Iterator[Any]:
    """What is said about the workbook, then its rows with their numbers; ends its process however it is left."""
    try:
        with Workbook(path, rows=limits.MAX_ROWS, columns=limits.MAX_COLUMNS, text=limits.MAX_TEXT) as book:
            at, merged = _with_headers(book)
            yield _notices(book, at, len(merged))
            yield from _filled(book.rows(at), merged)
    except WorkbookRefused as refused:
        raise (too_large() if refused.parameters["reason"] == "too_large" else unreadable()) from refused


def unreadable() -> InputRefused:
    """The refusal of a file that can't be opened."""
    return InputRefused(
        "no_workbook",
        "The file can't be opened as a workbook. Save it anew as .xlsx or as CSV; a password must be taken off first.",
        field="file",
    )


def too_large() -> InputRefused:
    """The refusal of a sheet with more rows, columns or text than are read at once."""
    return InputRefused(
        "sheet_too_large",
        "The sheet has more than %(rows)s rows or %(columns)s columns. Delete the empty rows and columns at its end,"
        " or split the sheet.",
        field="file",
        rows=limits.MAX_ROWS,
        columns=limits.MAX_COLUMNS,
    )


def _with_headers(book: Workbook) -> tuple[int, list[Area]]:
    """The first sheet with headers of the ledger, else the first, and its merged areas."""
    first: tuple[int, list[Area]] | None = None
    for at in book.shown:
        head = book.head(at, limits.HEADER_WITHIN)
        if any(known_headers(row) >= 2 for row in head.rows):
            return at, head.merged
        first = first or (at, head.merged)
    if first is None:
        raise unreadable()
    return first


def _notices(book: Workbook, chosen: int, merged: int) -> list[Notice]:
    hidden = [name for at, name in enumerate(book.sheets) if at not in book.shown]
    others = [book.sheets[at] for at in book.shown if at != chosen]
    notices = []
    if hidden:
        notices.append(Notice("hidden_sheets", {"names": "、".join(hidden)}))
    if others:
        notices.append(Notice("other_sheets", {"sheet": book.sheets[chosen], "names": "、".join(others)}))
    if book.formulas:
        notices.append(Notice("formulas", {"count": book.formulas}))
    if merged:
        notices.append(Notice("merged_cells", {"count": merged}))
    return notices


def _filled(rows: Iterator[list[Any]], merged: list[Area]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows with their numbers; a merged area gives its value to each of its rows, in its first column."""
    starting: dict[int, list[Area]] = {}
    for area in merged:
        starting.setdefault(area.top, []).append(area)
    open_areas: dict[int, tuple[int, Any]] = {}
    for at, row in enumerate(rows):
        for left, (bottom, value) in list(open_areas.items()):
            if at > bottom:
                del open_areas[left]
            elif left < len(row):
                row[left] = value
        for area in starting.get(at, ()):
            if area.left < len(row):
                open_areas[area.left] = (area.bottom, row[area.left])
        yield at + 1, row


def _measure(path: Path) -> None:
    """Refuse an archive whose directory claims more than a ledger can need, with words that say so."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as fault:
        raise unreadable() from fault
    unpacked = sum(part.file_size for part in parts)
    bomb = unpacked > limits.RATIO_FROM_BYTES and unpacked / max(path.stat().st_size, 1) > limits.MAX_RATIO
    if len(parts) > limits.MAX_PARTS or unpacked > limits.MAX_UNPACKED_BYTES or bomb:
        raise InputRefused(
            "sheet_bomb",
            "The file unpacks to %(size)s MB, more than a ledger can need. Save only the rows of the ledger"
            " in a new file.",
            field="file",
            size=unpacked // 1_000_000,
        )
