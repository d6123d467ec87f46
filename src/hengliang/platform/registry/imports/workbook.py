"""XLSX of a ledger: which sheet, which notices, what is refused. `readings.sheets` reads it, in a bounded process."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.sheet import LEDGER, Notice, Sheet, Vocabulary, split
from hengliang.readings.errors import WorkbookRefused
from hengliang.readings.sheets.workbook import Area, Head, Workbook

FEWEST_HEADERS = 2  # by which a sheet is known for what it is


def read_workbook(path: Path, words: Vocabulary = LEDGER) -> Sheet:
    """The first visible sheet of a workbook that holds headers that are looked for, by default those of the ledger.

    Errors: `InputRefused` for a file that is no workbook, is too large, or claims more than it may.
    """
    return split(*rows_of_workbook(path, words.count), words)


def rows_of_workbook(
    path: Path, known: Callable[[Sequence[Any]], int], most: int | None = None
) -> tuple[Iterator[tuple[int, Sequence[Any]]], list[Notice]]:
    """The numbered rows of the first visible sheet with headers that are `known` (how many of a row), and what to say.

    At most `most` rows are read, else as many as of a ledger. Errors: as of `read_workbook`.
    """
    _measure(path)
    try:
        book = _opened(path, most)
        at, head = _chosen(book, known)
    except WorkbookRefused as fault:
        raise _refusal(fault) from fault
    return _filled(_rows(book, at), head.merged), _notices(book, at, head)


def unreadable() -> InputRefused:
    """The refusal of a file that can't be opened."""
    return InputRefused(
        "no_workbook",
        "The file can't be opened as a workbook. Save it anew as .xlsx or as CSV; a password must be taken off first.",
        field="file",
    )


def too_large(most: int | None = None) -> InputRefused:
    """The refusal of a sheet with more rows, columns or text than are read at once."""
    return InputRefused(
        "sheet_too_large",
        "The sheet has more than %(rows)s rows or %(columns)s columns. Delete the empty rows and columns at its end,"
        " or split the sheet.",
        field="file",
        rows=most or limits.MAX_ROWS,
        columns=limits.MAX_COLUMNS,
    )


def _measure(path: Path) -> None:
    """Refuse an archive that says itself that it is a bomb."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError) as fault:
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


def _opened(path: Path, most: int | None) -> Workbook:
    rows = (most or limits.MAX_ROWS) + limits.HEADER_WITHIN
    return Workbook(path, rows=rows, columns=limits.MAX_COLUMNS, text=limits.MAX_UNPACKED_BYTES)


def _refusal(fault: WorkbookRefused) -> InputRefused:
    return too_large() if fault.parameters["reason"] == "too_large" else unreadable()


def _chosen(book: Workbook, known: Callable[[Sequence[Any]], int]) -> tuple[int, Head]:
    """The first visible sheet with headers that are known, else the first visible one; each is loaded once."""
    first = None
    for at in book.shown:
        head = book.head(at, limits.HEADER_WITHIN)
        if any(known(row) >= FEWEST_HEADERS for row in head.rows):
            return at, head
        first = first or (at, head)
    if first is None:
        book.close()
        raise unreadable()
    return first


def _rows(book: Workbook, at: int) -> Iterator[list[Any]]:
    try:
        yield from book.rows(at)
    except WorkbookRefused as fault:
        raise _refusal(fault) from fault
    finally:
        book.close()


def _notices(book: Workbook, at: int, head: Head) -> list[Notice]:
    hidden = [name for place, name in enumerate(book.sheets) if place not in book.shown]
    others = [book.sheets[place] for place in book.shown if place != at]
    notices = []
    if hidden:
        notices.append(Notice("hidden_sheets", {"names": "、".join(hidden)}))
    if others:
        notices.append(Notice("other_sheets", {"sheet": book.sheets[at], "names": "、".join(others)}))
    if book.formulas:
        notices.append(Notice("formulas", {"count": book.formulas}))
    if head.merged:
        notices.append(Notice("merged_cells", {"count": len(head.merged)}))
    return notices


def _filled(rows: Iterator[list[Any]], merged: Sequence[Area]) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows with their numbers, from the first of the sheet on; a merged area gives its value to each of its rows,
    in its first column."""
    starting: dict[int, list[tuple[int, int]]] = {}
    for area in merged:
        starting.setdefault(area.top, []).append((area.left, area.bottom))
    open_areas: dict[int, tuple[int, Any]] = {}
    for at, row in enumerate(rows):
        for left, (bottom, value) in list(open_areas.items()):
            if at > bottom:
                del open_areas[left]
            elif left < len(row):
                row[left] = value
        for left, bottom in starting.get(at, ()):
            if left < len(row):
                open_areas[left] = (bottom, row[left])
        yield at + 1, row
