"""XLSX, read by calamine after the archive was measured: a bomb is refused before anything of it is unpacked."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.sheet import Notice, Sheet, known_headers, split

_CHUNK = 1 << 20
_OVERLAP = 64
# Beyond column GR (200) or row 210,000, as calamine reads cell and row references. The fast form knows only what
# writers of sheets write; a piece with any other spelling of XML is searched with the slow one.
_FAR = rb"(?:[A-Z]{3}|(?:[H-Z][A-Z]|G[S-Z])\d|[A-Z]{0,2}(?:\d{7}|[3-9]\d{5}|2[1-9]\d{4}))"
_FAR_FAST = re.compile(rb' r="' + _FAR)
_FAR_SLOW = re.compile(rb"[\s:]r\s*=\s*[\"']\s*" + _FAR)
_UNUSUAL = (b"='", b"= ", b" =", b'" "', b"\tr", b"\nr", b"\rr", b":r=", b"&#")
_SHARED = re.compile(rb'\bt="s"[^>]*><(?:\w+:)?v>(\d+)<')
_LONG = 1_000


def read_workbook(path: Path) -> Sheet:
    """The first visible sheet of a workbook that holds headers of the ledger.

    Errors: `InputRefused` for a file that is no workbook, is too large, or claims more than it may.
    """
    formulas = _measure(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        shown = [
            m.name for m in book.sheets_metadata
            if m.typ == SheetTypeEnum.WorkSheet and m.visible == SheetVisibleEnum.Visible
        ]  # fmt: skip
        sheet = _with_headers(book, shown)
    except (CalamineError, OSError, KeyError) as fault:
        raise unreadable() from fault
    notices = _notices(book, sheet.name, shown, formulas)
    merged = [(start, end) for start, end in sheet.merged_cell_ranges or [] if end != start]
    if merged:
        notices.append(Notice("merged_cells", {"count": len(merged)}))
    first = sheet.start[0] if sheet.start else 0
    return split(_filled(sheet.iter_rows(), first, merged), notices)


def unreadable() -> InputRefused:
    """The refusal of a file that can't be opened."""
    return InputRefused(
        "no_workbook",
        "The file can't be opened as a workbook. Save it anew as .xlsx or as CSV; a password must be taken off first.",
        field="file",
    )


def _with_headers(book: CalamineWorkbook, shown: list[str]) -> CalamineSheet:
    """The first sheet with headers of the ledger, else the first; each is loaded once, since loading is what costs."""
    sheets = (book.get_sheet_by_name(name) for name in shown)
    first = None
    for sheet in sheets:
        if any(known_headers(row) >= 2 for row in islice(sheet.iter_rows(), limits.HEADER_WITHIN)):
            return sheet
        first = first or sheet
    if first is None:
        raise unreadable()
    return first


def _notices(book: CalamineWorkbook, chosen: str, shown: list[str], formulas: int) -> list[Notice]:
    hidden = [m.name for m in book.sheets_metadata if m.visible != SheetVisibleEnum.Visible]
    others = [name for name in shown if name != chosen]
    notices = []
    if hidden:
        notices.append(Notice("hidden_sheets", {"names": "、".join(hidden)}))
    if others:
        notices.append(Notice("other_sheets", {"sheet": chosen, "names": "、".join(others)}))
    if formulas:
        notices.append(Notice("formulas", {"count": formulas}))
    return notices


def _filled(
    rows: Iterator[list[Any]], first: int, merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows with their numbers; a merged area gives its value to each of its rows, in its first column."""
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        starting.setdefault(top, []).append((left, bottom))
    open_areas: dict[int, tuple[int, Any]] = {}
    for at, row in enumerate(rows, start=first):
        for left, (bottom, value) in list(open_areas.items()):
            if at > bottom:
                del open_areas[left]
            elif left < len(row):
                row[left] = value
        for left, bottom in starting.get(at, ()):
            if left < len(row):
                open_areas[left] = (bottom, row[left])
        yield at + 1, row


def _measure(path: Path) -> int:
    """Refuse a bomb; gives the number of cells with formulas."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            packed = max(path.stat().st_size, 1)
            bomb = unpacked > limits.RATIO_FROM_BYTES and unpacked / packed > limits.MAX_RATIO
            if len(parts) > limits.MAX_PARTS or unpacked > limits.MAX_UNPACKED_BYTES or bomb:
                raise InputRefused(
                    "sheet_bomb",
                    "The file unpacks to %(size)s MB, more than a ledger can need. Save only the rows of the ledger"
                    " in a new file.",
                    field="file",
                    size=unpacked // 1_000_000,
                )
            long = _long_texts(archive)
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/") and not part.is_dir()]
            return sum(_measure_sheet(archive, part, long) for part in sheets)
    except (zipfile.BadZipFile, OSError, EOFError, zipfile.LargeZipFile, NotImplementedError) as fault:
        raise unreadable() from fault
    except RuntimeError as fault:  # an encrypted archive
        raise unreadable() from fault


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part piece by piece, each with the end of the one before, so that no mark is cut in two."""
    tail = b""
    for piece in _plain_chunks(archive, part):
        yield tail + piece
        tail = piece[-_OVERLAP:]


def _measure_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, long: dict[int, int]) -> int:
    formulas, text = 0, 0
    for piece in _chunks(archive, part):
        far = _FAR_SLOW if any(mark in piece for mark in _UNUSUAL) else _FAR_FAST
        if far.search(piece):
            raise too_large()
        formulas += piece.count(b"<f>") + piece.count(b"<f ")
        if long:
            text += sum(long.get(int(at), 0) for at in _SHARED.findall(piece))
            if text > limits.MAX_TEXT:
                raise too_large()
    return formulas


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


def _long_texts(archive: zipfile.ZipFile) -> dict[int, int]:
    """The shared texts that are long, by their place: many references to one of them would fill the memory."""
    try:
        part = archive.getinfo("xl/sharedStrings.xml")
    except KeyError:
        return {}
    long: dict[int, int] = {}
    at, size, rest = -1, 0, b""
    for piece in _plain_chunks(archive, part):
        items = re.split(rb"<(?:\w+:)?si[ >]", rest + piece)
        size += len(items[0])
        for item in items[1:]:
            if size > _LONG and at >= 0:
                long[at] = size
            at, size = at + 1, len(item)
        # A mark may be cut in two at the end of a piece.
        cut = items[-1].rfind(b"<")
        rest = items[-1][cut:] if cut >= 0 and len(items[-1]) - cut < _OVERLAP else b""
        size -= len(rest)
    if size > _LONG and at >= 0:
        long[at] = size
    return long


def _plain_chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        left = part.file_size
        while piece := stream.read(min(_CHUNK, left + 1)):
            left -= len(piece)
            if left < 0:  # the directory of the archive lied about the size
                raise zipfile.BadZipFile("part is longer than announced")
            yield piece
