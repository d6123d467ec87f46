"""The rows of a file in blocks, each turned into columns of text: what is done to a column is done to it as a whole."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.verification.benches.files import BenchFile

ROWS = 2_048
_ABSENT = -1


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a file: their numbers, and their columns as texts (raw, but for numbers and days of workbooks)."""

    numbers: list[int]
    columns: list[tuple[str, ...]]

    def column(self, at: int) -> Sequence[str]:
        """A column; empty where the file has none."""
        return ("",) * len(self.numbers) if at == _ABSENT else self.columns[at]

    def rows(self, ats: Sequence[int]) -> list[tuple[str, ...]]:
        """The cells of some columns, row by row."""
        return list(zip(*(self.column(at) for at in ats), strict=True))


@contextmanager
def not_collecting() -> Iterator[None]:
    """Cells make no cycles, but millions of them would be walked again and again: a quarter of the time, and more."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def place(columns: Mapping[str, int], key: str) -> int:
    """Where a column stands in the blocks."""
    return columns.get(key, _ABSENT)


def blocks_of(file: BenchFile, last: int = -1) -> Iterator[Block]:
    """The rows of a file that hold anything; `last` is the last column that is wanted, with a header or without.

    Errors: `InputRefused` if the file breaks off in its last row.
    """
    for numbers, rows in rows_of(file, last):
        # Rows that are longer are cut by the shortest: what is not wanted is not read.
        yield Block(numbers, [_texts(column) for column in zip(*rows, strict=False)])


def rows_of(file: BenchFile, last: int = -1) -> Iterator[tuple[list[int], list[Sequence[Any]]]]:
    """The same rows, not yet turned into columns; none is shorter than the headers.

    Errors: as of `blocks_of`.
    """
    width = len(file.headers)
    numbers, found, wanted = [0], [width], max(width, last + 1)
    while taken := list(islice(file.rows, ROWS)):
        full = [(at, row) for at, row in taken if any(row) or any(cell not in ("", None) for cell in row)]
        if full:
            numbers, rows = [at for at, _row in full], [row for _at, row in full]
            found = list(map(len, rows))
            if min(found) < wanted:
                rows = [row if len(row) >= wanted else [*row, *[""] * (wanted - len(row))] for row in rows]
            yield numbers, rows
    if not file.closed and found[-1] < width:
        raise InputRefused(
            "file_cut",
            "The file breaks off in row %(row)s: %(found)s of %(wanted)s columns, and no end of line. Copy it from "
            "the bench again.",
            field="file", row=numbers[-1], found=found[-1], wanted=width,
        )  # fmt: skip


def _texts(column: tuple[Any, ...]) -> tuple[str, ...]:
    if set(map(type, column)) == {str}:
        return column
    return tuple([cell if cell.__class__ is str else text_of(cell) for cell in column])
