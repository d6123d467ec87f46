"""The rows of a table: text columns as they are, numbers as doubles, the rest refused.

A clean text file is parsed piece by piece by PyArrow. Everything else is streamed out of DuckDB: numbers are parsed by
its CSV reader itself; a row whose number is none lands in its table of rejects, with line and text, and does not stop
the others. Parquet columns are cast one by one to the same effect.
"""

import csv
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from hengliang.readings.errors import NoTable, SourceRefused
from hengliang.readings.intake.files import Source
from hengliang.readings.intake.head import Head, as_text
from hengliang.readings.intake.pieces import NOTHING, Parser, Piece, pieces
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.refusals import Refusals, Refused
from hengliang.readings.model import CONDITIONS

ROWS = 1 << 20
MOST_KINDS = 20  # of a column that tells what a row is
OTHER = "unread"
KEYS = ("node", "meter", "role", "unit", "multiplier", "constant", "direction", "tariff")
VALUES = ("register", "energy", "level", "register_export", "energy_export", *sorted(CONDITIONS))
_REJECTS, _SCANS = "refused_rows", "refused_scans"


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are streamed, by our names.

    keys, values : our names; for wide and matrix files `values` are `v0`, `v1`, …
    """

    keys: tuple[str, ...]
    times: tuple[str, ...]
    values: tuple[str, ...]
    quality: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """All text columns."""
        return (*self.keys, *self.times, *(("quality",) if self.quality else ()))


def columns_of(profile: Profile) -> Columns:
    """The columns that a profile needs."""
    times = tuple(name for name in ("date", "time", "clock") if profile.has(name))
    if profile.form in ("wide", "matrix"):
        values = tuple(f"v{number}" for number in range(len(profile.slots)))
    else:
        values = tuple(name for name in VALUES if profile.has(name))
    return Columns(tuple(name for name in KEYS if profile.has(name)), times, values, profile.has("quality"))


class Table:
    """One table, opened."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, source: Source, head: Head, profile: Profile) -> None:
        self._connection, self._source, self._head, self._profile = connection, source, head, profile
        self.columns = columns_of(profile)
        self._headers = {**profile.columns, **{f"v{at}": name for at, name in enumerate(profile.slots)}}

    @property
    def is_text(self) -> bool:
        """Whether it has lines, as Parquet has not."""
        return len(self._head.delimiter) == 1

    def pieces(self) -> Iterator[Piece]:
        """The file cut at line ends."""
        return pieces(self._source.path, self._head.skip)

    def parser(self) -> Parser:
        """What parses the pieces into record batches with the columns of `columns`."""
        places = tuple(self._head.headers.index(self._headers[name]) for name in self._wanted)
        return Parser(self._head, places, tuple(self._wanted), len(self.columns.texts))

    def checked(self, known: int) -> Iterator[pa.RecordBatch]:
        """What DuckDB reads beyond the `known` first rows, in the file's order. Raises SourceRefused."""
        begun = 0
        try:
            reader = self._connection.sql(self._query("store_rejects=true", typed=True)).to_arrow_reader(self._batch)
            for batch in reader:
                fresh = batch.slice(min(max(known - begun, 0), batch.num_rows))
                begun += batch.num_rows
                if fresh.num_rows:
                    yield fresh
        except duckdb.Error as fault:
            raise SourceRefused(file=self._source.name, reason=str(fault).splitlines()[0]) from None

    @property
    def _wanted(self) -> list[str]:
        return [*self.columns.texts, *self.columns.values]

    @property
    def _batch(self) -> int:
        return max(2048, ROWS // max(1, len(self.columns.values)))

    def sample(self, rows: int = 50_000) -> pa.Table:
        """The first rows, every column as text."""
        limit = max(2048, rows // max(1, len(self.columns.values)))
        if self._head.delimiter == "":
            query = self._query("", typed=False)
            return self._connection.sql(f"select * from ({query}) limit {limit}").to_arrow_table()  # noqa: S608 - names are our own, what the file says is quoted
        # Not by DuckDB: its parallel reader has read far more than the limit before it stops.
        with self._source.path.open(encoding="utf-8", errors="replace", newline="") as file:
            lines = "".join(itertools.islice(file, self._head.skip, self._head.skip + limit))
        if not lines.strip():
            raise NoTable(file=self._source.name, reason="nothing stands below its headers")
        try:
            return self.parser().parse_texts(lines)
        except pa.ArrowInvalid as fault:
            raise SourceRefused(file=self._source.name, reason=f"it is no table ({fault})") from None

    def promises_rows(self) -> bool:
        """Whether anything stands below the headers."""
        if self._head.delimiter == "":
            return False
        with self._source.path.open(encoding="utf-8", errors="replace") as file:
            return any(line.strip() for line in itertools.islice(file, self._head.skip, None))

    def texts(self, headers: Mapping[str, str]) -> list[tuple[str | None, ...]]:
        """All rows as text, for small tables. Raises SourceRefused.

        headers : the file's header for each of our names
        """
        self.columns = Columns(tuple(headers), (), (), quality=False)
        self._headers = dict(headers)
        try:
            found: list[tuple[str | None, ...]] = self._connection.sql(
                self._query("null_padding=true", typed=False)
            ).fetchall()
        except duckdb.Error as fault:
            raise SourceRefused(file=self._source.name, reason=str(fault).splitlines()[0]) from None
        return found

    def disagreeing(self, column: str) -> list[tuple[str, ...]]:
        """The combinations of keys with rows of one time that differ in their values and in `column`, as text.

        column : a header that is not read
        """
        if not self.columns.keys or not self._tells_apart(column):
            return []
        keys, times = ", ".join(self.columns.keys), ", ".join(self.columns.times)
        said = f"hash({', '.join(f'try_cast({name} as double)' for name in self.columns.values)})"
        apart = f"having count(distinct {said}) > 1 and count(distinct {OTHER}) > 1"
        query = f"select {keys} from ({self._beside(column)}) group by {keys}, {times} {apart}"  # noqa: S608 - names are our own, what the file says is quoted
        found = self._connection.sql(f"select distinct {keys} from ({query})").fetchall()  # noqa: S608 - names are our own, what the file says is quoted
        return [tuple(str(cell or "") for cell in one) for one in found]

    def rows_of(self, column: str, keys: set[tuple[str, ...]]) -> list[tuple[int, str, str]]:
        """(row from 0, text of `column`, the row as text) of every row with one of the combinations of keys."""
        count, found = len(self.columns.keys), []
        number = 0
        for batch in self._connection.sql(self._beside(column)).to_arrow_reader(self._batch):
            for cells in zip(*(one.to_pylist() for one in batch.columns), strict=True):
                row = [str(cell or "") for cell in cells]
                if tuple(row[1 : count + 1]) in keys:
                    found.append((number, row[0], as_text([row])))
                number += 1
        return found

    def _tells_apart(self, column: str) -> bool:
        """Whether a column sorts rows into a few kinds, as a running number or a time of storage does not."""
        query = f"select count(distinct {OTHER}), count(*) from ({self._beside(column)})"  # noqa: S608 - names are our own, what the file says is quoted
        ((kinds, rows),) = self._connection.sql(query).fetchall()
        return bool(1 < kinds <= MOST_KINDS and kinds * 2 <= rows)

    def _beside(self, column: str) -> str:
        """All rows as text, a column that is not read before those that are."""
        names = [*self.columns.texts, *self.columns.values]
        self._headers[OTHER] = column
        return self._query("ignore_errors=true", typed=False, wanted=[OTHER, *names])

    def distinct_times(self) -> list[tuple[str, ...]]:
        """Every different time of the file, as text."""
        names = ", ".join(self.columns.times)
        query = self._query("ignore_errors=true", typed=False)
        found: list[tuple[str, ...]] = self._connection.sql(f"select distinct {names} from ({query})").fetchall()  # noqa: S608 - names are our own, what the file says is quoted
        return found

    def refuse_malformed(self, refusals: Refusals) -> list[int]:
        """Move what DuckDB rejected into `refusals`; gives the rejected line numbers, rising."""
        if self._head.delimiter == "":
            self._refuse_uncast(refusals)
            return []
        if not self._has_rejects():
            return []
        query = f"select line, column_name, error_type, csv_line from {_REJECTS} order by line, column_idx"  # noqa: S608 - names are our own, what the file says is quoted
        seen: list[int] = []
        for line, column, kind, text in self._connection.execute(query).fetchall():
            row = int(line)
            if seen and seen[-1] == row:
                continue
            seen.append(row)
            code = "number" if kind == "CAST" else "malformed"
            value = self._cell(column, str(text or "")) if code == "number" else ""
            refusals.add(Refused(self._source.name, row, self._shown(column), value, code, str(text or "")))
        for table in (_REJECTS, _SCANS):
            self._connection.execute(f"drop table if exists {table}")
        return seen

    def _cell(self, column: str | None, line: str) -> str:
        """What stands in a column of a refused line."""
        cells = next(csv.reader([line], delimiter=self._head.delimiter), [])
        at = int(column[1:]) if column and column[1:].isdigit() else len(cells)
        return cells[at] if at < len(cells) else ""

    def _refuse_uncast(self, refusals: Refusals) -> None:
        """Cells of a Parquet file that hold something, but no number; its rows are counted from 1."""
        for name in self.columns.values:
            header = '"' + self._headers[name].replace('"', '""') + '"'
            file = f"read_parquet({_quoted(self._source.literal)}, file_row_number=true)"
            bad = f"{header} is not null and try_cast({header} as double) is null"
            query = f"select file_row_number, cast({header} as varchar) from {file} where {bad}"  # noqa: S608 - names are our own, what the file says is quoted
            for row, text in self._connection.execute(query).fetchall():
                if text.strip():
                    refusals.add(Refused(self._source.name, int(row) + 1, self._headers[name], text, "number", text))

    def _shown(self, column: str | None) -> str:
        if column and column[1:].isdigit() and int(column[1:]) < len(self._head.headers):
            return self._head.headers[int(column[1:])]
        return ""

    def _has_rejects(self) -> bool:
        query = "select count(*) from duckdb_tables() where table_name = ?"
        return any(count for (count,) in self._connection.execute(query, [_REJECTS]).fetchall())

    def _query(self, option: str, *, typed: bool, wanted: Sequence[str] = ()) -> str:
        wanted = wanted or self._wanted
        if self._head.delimiter == "":
            cells = [self._cast(name, typed=typed) for name in wanted]
            return f"select {', '.join(cells)} from read_parquet({_quoted(self._source.literal)})"  # noqa: S608 - names are our own, what the file says is quoted
        places = {header: place for place, header in reversed(list(enumerate(self._head.headers)))}
        numbers = {places[self._headers[name]] for name in self.columns.values} if typed else set()
        kinds = ", ".join(
            f"'c{place}': '{'DOUBLE' if place in numbers else 'VARCHAR'}'" for place in range(len(self._head.headers))
        )
        chosen = ", ".join(f"c{places[self._headers[name]]} as {name}" for name in wanted)
        rejects = f", rejects_table='{_REJECTS}', rejects_scan='{_SCANS}', rejects_limit=0" if "store" in option else ""
        file = (
            f"{_quoted(self._source.literal)}, header=false, skip={self._head.skip}, "
            f"delim={_quoted(self._head.delimiter)}, quote='\"', escape='\"', auto_detect=false, "
            f"nullstr=[{', '.join(map(_quoted, NOTHING))}]"
        )
        return f"select {chosen} from read_csv({file}, columns={{{kinds}}}, {option}{rejects})"  # noqa: S608 - names are our own, what the file says is quoted

    def _cast(self, name: str, *, typed: bool) -> str:
        header = '"' + self._headers[name].replace('"', '""') + '"'
        if typed and name in self.columns.values:
            return f"try_cast({header} as double) as {name}"
        return f"cast({header} as varchar) as {name}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
