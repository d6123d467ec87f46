"""XLSX, read by a process of its own (`bounded`); a bomb is refused before it starts, or with its death."""

import io
import json
import pickle
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, cast

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import bounded, limits
from hengliang.platform.registry.imports.sheet import KNOWN, Notice, Sheet, split

# What a cell may be beside text, number and truth.
_CELLS = {("datetime", name) for name in ("date", "datetime", "time", "timedelta")}


def read_workbook(path: Path) -> Sheet:
    """The first visible sheet of a workbook that holds headers of the ledger.

    Errors: `InputRefused` for a file that is no workbook, is too large, or claims more than it may.
    """
    return split(*rows_of_workbook(path, KNOWN))


def rows_of_workbook(path: Path, headers: Iterable[str]) -> tuple[Iterator[tuple[int, Sequence[Any]]], list[Notice]]:
    """The numbered rows of the first visible sheet that holds some of these (plain) headers, and what to say of it.

    Errors: as of `read_workbook`.
    """
    _measure(path)
    frames = _frames(path, headers)
    found = next(frames)
    if "refused" in found:
        raise {"no_workbook": unreadable, "sheet_too_large": too_large}[found["refused"]]()
    rows = chain.from_iterable(frames)
    return _filled(rows, found["left"], found["merged"]), _notices(found)


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


def _frames(path: Path, headers: Iterable[str]) -> Iterator[Any]:
    """What the reader sends: a mapping, then lists of rows. Its death is the sheet's fault: it has no other work."""
    small = path.stat().st_size <= limits.SMALL_BYTES
    asked = {
        "path": str(path.absolute()),
        "headers": sorted(headers),
        "header_within": limits.HEADER_WITHIN,
        "rows": limits.MAX_ROWS + limits.HEADER_WITHIN,
        "columns": limits.MAX_COLUMNS,
        "bytes": limits.SMALL_READER_BYTES if small else limits.MAX_READER_BYTES,
        "seconds": limits.MAX_READER_SECONDS,
    }
    reader = subprocess.Popen(
        [sys.executable, "-I", bounded.__file__, json.dumps(asked)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=1 << 20,
    )
    answers = cast("io.BufferedReader", reader.stdout)
    try:
        while (frame := _Frame(answers).load()) is not None:
            yield frame
    except (EOFError, pickle.UnpicklingError) as fault:
        raise too_large() from fault
    finally:
        reader.kill()
        answers.close()
        reader.wait()


class _Frame(pickle.Unpickler):
    """A frame of plain values; the reader works on foreign bytes, so nothing else is taken from it."""

    def find_class(self, module: str, name: str) -> Any:
        """The types of cells."""
        if (module, name) not in _CELLS:
            raise pickle.UnpicklingError(f"{module}.{name} is no cell")
        return super().find_class(module, name)


def _notices(found: dict[str, Any]) -> list[Notice]:
    notices = []
    if found["hidden"]:
        notices.append(Notice("hidden_sheets", {"names": "、".join(found["hidden"])}))
    if found["others"]:
        notices.append(Notice("other_sheets", {"sheet": found["sheet"], "names": "、".join(found["others"])}))
    if found["formulas"]:
        notices.append(Notice("formulas", {"count": found["formulas"]}))
    if found["merged"]:
        notices.append(Notice("merged_cells", {"count": len(found["merged"])}))
    return notices


def _filled(
    rows: Iterator[list[Any]], left_of_it: int, merged: list[tuple[tuple[int, int], tuple[int, int]]]
) -> Iterator[tuple[int, Sequence[Any]]]:
    """The rows with their numbers, from the first of the sheet on; a merged area gives its value to each of its rows,
    in its first column. The reader leaves out the empty columns `left_of_it`."""
    starting: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _right) in merged:
        starting.setdefault(top, []).append((left, bottom))
    open_areas: dict[int, tuple[int, Any]] = {}
    for at, found in enumerate(rows):
        row = [""] * left_of_it + found
        for left, (bottom, value) in list(open_areas.items()):
            if at > bottom:
                del open_areas[left]
            elif left < len(row):
                row[left] = value
        for left, bottom in starting.get(at, ()):
            if left < len(row):
                open_areas[left] = (bottom, row[left])
        yield at + 1, row
