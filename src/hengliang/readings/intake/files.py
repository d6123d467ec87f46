"""From what somebody points at to plain tables: folders, archives, sheets, encodings; all of it bounded.

A file is hostile until it is read: an archive may claim little and unpack to much, a sheet may be a bomb.
"""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from hengliang.readings.errors import ReadingsError, SourceRefused, WorkbookRefused
from hengliang.readings.sheets.workbook import Workbook

MAX_MEMBERS = 10_000
MAX_UNPACKED = 64 << 30
MAX_RATIO = 300
MAX_SHEET_BYTES = 64 << 20
MAX_SHEET_UNPACKED = 1 << 30
# What a sheet of this format can hold at all.
MAX_SHEET_ROWS = 1 << 20
MAX_SHEET_COLUMNS = 1 << 14
_SNIFF = 4 << 20
_TABLES = (".csv", ".txt", ".tsv")
KNOWN = (*_TABLES, ".parquet", ".xlsx", ".zip")


@dataclass(frozen=True, slots=True)
class Source:
    """One table to read.

    name : as the sender knows it, an archive's member as `archive.zip/member.csv`
    path : a UTF-8 text file, or Parquet
    named : whether it was pointed at by itself, not found in a folder or archive
    sheet : whether it is one of several sheets of a workbook
    """

    name: str
    path: Path
    parquet: bool = False
    named: bool = True
    sheet: bool = False

    @property
    def literal(self) -> str:
        """The path as DuckDB takes it: `*`, `?` and `[` stand for themselves, not for other people's files."""
        return "".join(f"[{one}]" if one in "*?[" else one for one in str(self.path))

    @property
    def stem(self) -> str:
        """The name without folder and ending."""
        return PurePosixPath(self.name).stem


def expand(paths: list[Path], room: Path, refused: list[ReadingsError] | None = None) -> Iterator[Source]:
    """Every table in files, folders and archives, in the order of their names.

    room : an empty folder for what must be unpacked or recoded
    refused : takes what lies in a folder or archive and can't be read, so that the rest is; None: it is raised
    Raises SourceRefused, for what was pointed at in any case.
    """
    for path in paths:
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.suffix.lower() in KNOWN and one.is_file())
            if not found:
                raise SourceRefused(file=path.name, reason="no CSV, XLSX, Parquet or ZIP file lies in it")
            for one in found:
                yield from _inside(_of_file(one, str(one.relative_to(path)), room, refused), refused)
        elif path.is_file():
            yield from _of_file(path, path.name, room, refused)
        else:
            raise SourceRefused(file=path.name, reason="there is no such file")


def _inside(sources: Iterator[Source], refused: list[ReadingsError] | None) -> Iterator[Source]:
    try:
        for one in sources:
            yield replace(one, named=False)
    except SourceRefused as fault:
        if refused is None:
            raise
        refused.append(fault)


def _of_file(path: Path, name: str, room: Path, refused: list[ReadingsError] | None) -> Iterator[Source]:
    ending = path.suffix.lower()
    if ending == ".zip":
        for member, member_name in _unpack(path, name, room):
            yield from _inside(_of_file(member, member_name, room, refused), refused)
    elif ending == ".xlsx":
        yield from _of_workbook(path, name, room)
    elif ending == ".parquet":
        yield Source(name, path, parquet=True)
    elif ending in _TABLES:
        yield Source(name, _as_utf8(path, name, room))
    else:
        raise SourceRefused(file=name, reason="readings come as CSV, XLSX, Parquet or a ZIP of these")


def _unpack(path: Path, name: str, room: Path) -> Iterator[tuple[Path, str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if PurePosixPath(one.filename).suffix.lower() in KNOWN[:-1]]
            _look_at(members, name)
            for number, member in enumerate(sorted(members, key=lambda one: one.filename)):
                target = (
                    room / f"{len(list(room.iterdir())):06d}-{number}{PurePosixPath(member.filename).suffix.lower()}"
                )
                _extract(archive, member, target, name)
                yield target, f"{name}/{member.filename}"
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as fault:
        raise SourceRefused(file=name, reason=f"the archive can't be unpacked ({fault})") from None


def _look_at(members: list[zipfile.ZipInfo], name: str) -> None:
    if not members:
        raise SourceRefused(file=name, reason="no CSV, XLSX or Parquet file lies in the archive")
    if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_UNPACKED:
        raise SourceRefused(file=name, reason=f"it holds more than {MAX_MEMBERS} files or {MAX_UNPACKED >> 30} GiB")
    for one in members:
        if one.file_size > 10 << 20 and one.file_size > MAX_RATIO * max(one.compress_size, 1):
            raise SourceRefused(file=name, reason=f"{one.filename} unpacks to over {MAX_RATIO} times its size")


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path, name: str) -> None:
    written = 0
    with archive.open(member) as content, target.open("wb") as out:
        while piece := content.read(1 << 20):
            written += len(piece)
            # What the directory of an archive claims is not what it unpacks to.
            if written > member.file_size:
                raise SourceRefused(file=name, reason=f"{member.filename} unpacks to more than it claims")
            out.write(piece)


def _of_workbook(path: Path, name: str, room: Path) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if path.stat().st_size > MAX_SHEET_BYTES or unpacked > MAX_SHEET_UNPACKED:
            raise SourceRefused(file=name, reason="the workbook is too large; export CSV instead")
        with Workbook(path, rows=MAX_SHEET_ROWS, columns=MAX_SHEET_COLUMNS, text=MAX_SHEET_UNPACKED) as workbook:
            for at, sheet in enumerate(workbook.sheets):
                target = room / f"{path.stem}-{len(list(room.iterdir())):06d}-{at}.csv"
                if _written(workbook.rows(at), target):
                    several = len(workbook.sheets) > 1
                    yield Source(f"{name}/{sheet}.csv" if several else name, target, sheet=several)
    except WorkbookRefused as fault:
        large = fault.parameters["reason"] == "too_large"
        reason = "the workbook is too large; export CSV instead" if large else "the workbook can't be read"
        raise SourceRefused(file=name, reason=reason) from None
    except (zipfile.BadZipFile, OSError) as fault:
        raise SourceRefused(file=name, reason=f"the workbook can't be read ({fault})") from None


def _written(rows: Iterator[list[Any]], target: Path) -> bool:
    """Write the rows as CSV; gives whether any cell holds anything."""
    filled = False
    with target.open("w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out)
        for row in rows:
            filled = filled or any(cell != "" for cell in row)
            lines.writerow([_cell(cell) for cell in row])
    if not filled:
        target.unlink()
    return filled


def _cell(cell: object) -> object:
    # A sheet knows no whole numbers: 20260101.0 was typed as 20260101.
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell


def _as_utf8(path: Path, name: str, room: Path) -> Path:
    with path.open("rb") as file:
        head = file.read(_SNIFF)
    if b"\x00" in head[:4096] and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SourceRefused(file=name, reason="it is no text; give it the ending of what it is")
    encoding = _encoding(head)
    if encoding == "utf-8" and not _mixed(head):
        return path
    target = room / f"{len(list(room.iterdir())):06d}.csv"
    try:
        with path.open(encoding=encoding) as text, target.open("w", encoding="utf-8", newline="") as out:
            while piece := text.read(1 << 20):
                out.write(piece)
    except UnicodeDecodeError as fault:
        raise SourceRefused(file=name, reason=f"its text is neither UTF-8 nor GB 18030 (byte {fault.start})") from None
    return target


def _mixed(head: bytes) -> bool:
    """Whether lines end in more ways than one, as where a title was put above an export: a fast reader reads none."""
    pairs, feeds, returns = head.count(b"\r\n"), head.count(b"\n"), head.count(b"\r")
    return (0 < pairs < feeds) or returns > pairs


def _encoding(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"
