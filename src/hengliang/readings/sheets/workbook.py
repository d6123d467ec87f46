"""XLSX workbooks, read in a process of their own whose memory and time are bounded: a bomb ends that process only."""

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from hengliang.readings.errors import WorkbookRefused
from hengliang.readings.sheets import sheet_process

# What a small workbook may take is little, since several may be read at once; a large one is read by a job alone.
SMALL_BYTES = 1 << 20
SMALL = (512 << 20, 30)
LARGE = (2 << 30, 300)


class Area(NamedTuple):
    """A merged area, both corners included, from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Head(NamedTuple):
    """The first rows of a sheet, how many columns it has, and its merged areas."""

    rows: list[list[Any]]
    width: int
    merged: list[Area]


class Workbook:
    """A workbook that is open in a process of its own; close it, or use it in a `with`.

    path : the file
    rows, columns : the largest sheet that is read
    text : what all its cells together may hold [bytes]
    Raises WorkbookRefused, at each step.
    """

    def __init__(self, path: Path, *, rows: int, columns: int, text: int) -> None:
        memory, seconds = SMALL if path.stat().st_size <= SMALL_BYTES else LARGE
        bounds = (memory, seconds, rows, columns, text)
        self._process = subprocess.Popen(
            [sys.executable, "-I", sheet_process.__file__, str(path.absolute()), *map(str, bounds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        try:
            told = self._hear()
        except BaseException:
            self.close()
            raise
        self.sheets: list[str] = [name for name, _ in told["sheets"]]
        self.shown: list[int] = [at for at, (_, is_shown) in enumerate(told["sheets"]) if is_shown]
        self.formulas: int = told["formulas"]

    def head(self, sheet: int, rows: int) -> Head:
        """The first rows of a sheet, as wide as it is."""
        told = self._ask("head", sheet, rows)
        left, width = told["left"], told["width"]
        merged = [Area(*top_left, *bottom_right) for top_left, bottom_right in told["merged"]]
        return Head([_widened(row, left, width) for row in told["rows"]], width, merged)

    def rows(self, sheet: int) -> Iterator[list[Any]]:
        """All rows of a sheet from its first on, as wide as it is."""
        told = self._ask("head", sheet, 0)
        self._send("rows", sheet)
        while (row := self._hear()) is not None:
            yield _widened(row, told["left"], told["width"])

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                _close(pipe)
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, *asked: object) -> Any:
        self._send(*asked)
        return self._hear()

    def _send(self, *asked: object) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - narrows the type
        try:
            pipe.write(json.dumps(asked) + "\n")
            pipe.flush()
        except BrokenPipeError:
            return  # why it ended is told by what it left to hear

    def _hear(self) -> Any:
        pipe = self._process.stdout
        assert pipe is not None  # noqa: S101 - narrows the type
        line = pipe.readline()
        if not line.endswith("\n"):  # it ended: what ends it from outside are its bounds
            raise WorkbookRefused(reason="too_large" if self._process.wait() < 0 else "unreadable")
        told = json.loads(line, object_hook=_cell)
        if isinstance(told, dict) and "refused" in told:
            raise WorkbookRefused(reason=told["refused"])
        return told


def _close(pipe: Any) -> None:
    try:
        pipe.close()
    except BrokenPipeError:
        return


def _widened(row: list[Any], left: int, width: int) -> list[Any]:
    return [""] * left + row + [""] * (width - left - len(row))


def _cell(told: dict[str, Any]) -> Any:
    match told:
        case {"datetime": text}:
            return dt.datetime.fromisoformat(text)
        case {"date": text}:
            return dt.date.fromisoformat(text)
        case {"time": text}:
            return dt.time.fromisoformat(text)
        case {"seconds": seconds}:
            return dt.timedelta(seconds=seconds)
    return told
