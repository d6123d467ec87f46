"""The columns by which a file with several rows a meter tells them; a line of the meter above its rows has its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.verification.benches.blocks import rows_of
from hengliang.platform.verification.benches.files import BenchFile
from hengliang.platform.verification.benches.layouts import Long, Names, head_position, position
from hengliang.platform.verification.benches.profile import Column

MOST_HEAD = 32  # cells of the line of a meter, where nobody says how many


def missing_columns(long: Long, headers: Sequence[str]) -> list[str]:
    """Of the columns that the rows need, those that a file has not; cells of a line of the meter are seen later."""
    known = {plain(header) for header in headers if header} | {position(at) for at in range(len(headers))}
    wanted = [names for names in long.columns if not (long.head and names[0].startswith("^"))]
    return [names[0] for names in wanted if not any(plain(name) in known for name in names)]


class LongColumns:
    """The places of the columns: `key` says whose a row is, `pointing` at which point and run, `value` holds what was
    read; `own` are all others, which say something of the meter.

    Errors: `InputRefused` for a column that is not there.
    """

    def __init__(self, file: BenchFile, long: Long, columns: Sequence[Column]) -> None:
        self._file, self._mark = file, long.head
        self._wide = len(file.headers)
        self._heads = _head_width(long, columns) if long.head else 0
        self.headers = [*file.headers, *map(head_position, range(self._heads))]
        self.key = [self._at(one) for one in long.meter]
        self.value = [self._at(one) for one in long.value]
        self.pointing = [self._at(one) for one in (*long.point, *((long.run,) if long.run else ()))]
        apart = {*self.value, *self.pointing}
        self.own = [at for at in range(len(self.headers)) if at not in apart]

    def taken_for(self, columns: Sequence[Column]) -> Mapping[int, Column]:
        """Those of its own columns that a profile reads."""
        by_name = {plain(name): column for column in columns for name in column.names}
        found = {at: by_name.get(plain(self.headers[at])) or by_name.get(self._place(at)) for at in self.own}
        return {at: column for at, column in found.items() if column is not None}

    def rows(self) -> Iterator[tuple[list[int], list[Sequence[str]]]]:
        """The rows of the file as texts, some at a time; the cells of lines of a meter in columns of their own."""
        for numbers, rows in rows_of(self._file, max(self._wide, self._heads) - 1):
            texts: list[Sequence[str]] = rows if self._file.plain else [list(map(_text, row)) for row in rows]
            yield numbers, list(map(self._parted, texts)) if self._heads else texts

    def _at(self, names: Names) -> int:
        wanted = {plain(name) for name in names}
        for at, header in enumerate(self.headers):
            if (header and plain(header) in wanted) or self._place(at) in wanted:
                return at
        raise InputRefused(
            "long_column_missing",
            "The column “%(column)s”, by which the rows of a meter are told, is not in this file.",
            field="file", column=names[0],
        )  # fmt: skip

    def _place(self, at: int) -> str:
        return position(at) if at < self._wide else head_position(at - self._wide)

    def _parted(self, row: Sequence[str]) -> Sequence[str]:
        """The cells of the line of a meter apart from those of the rows below it."""
        if text_of(row[0]) == self._mark:
            return [*[""] * self._wide, *row[: self._heads]]
        return [*row[: self._wide], *[""] * self._heads]


def _text(cell: Any) -> str:
    return cell if cell.__class__ is str else text_of(cell)


def _head_width(long: Long, columns: Sequence[Column]) -> int:
    told = [*long.columns, *(column.names for column in columns)]
    wanted = [int(name[1:]) for names in told for name in names if name[:1] == "^" and name[1:].isdecimal()]
    return min(max(wanted, default=MOST_HEAD), limits.MAX_COLUMNS)


def cells_at(places: Sequence[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """The cells of a row at some places, as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return (lambda row: (row[places[0]],)) if places else (lambda _row: ())
