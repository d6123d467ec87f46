"""The head of a table: its headers, where the rows begin, what separates cells, and a sample."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from hengliang.readings.errors import NoTable, SourceRefused
from hengliang.readings.intake.files import Source
from hengliang.readings.intake.headers import aliases, plain

_LOOK = 256 << 10
_TITLES = 20
MAX_COLUMNS = 20_000


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines of a table tell.

    headers : in the file's order
    skip : lines above the first row
    delimiter : "" for Parquet
    """

    headers: tuple[str, ...]
    skip: int
    delimiter: str


def read_head(source: Source, connection: duckdb.DuckDBPyConnection) -> Head:
    """The head of a source. Raises SourceRefused for one without headers."""
    if source.parquet:
        try:
            found = connection.execute("select * from read_parquet(?) limit 0", [source.literal]).description
        except duckdb.Error as fault:
            raise SourceRefused(file=source.name, reason=f"not Parquet ({str(fault).splitlines()[0]})") from None
        return Head(tuple(str(one[0]) for one in found), 0, "")
    with source.path.open(encoding="utf-8", errors="replace") as file:
        lines = file.read(_LOOK).splitlines()
    lines = lines[: _TITLES + 1]
    if not any(line.strip() for line in lines):
        raise NoTable(file=source.name, reason="it is empty")
    delimiter = _delimiter(lines)
    try:
        rows = [next(csv.reader([line], delimiter=delimiter), []) for line in lines]
    except csv.Error as fault:
        why = "a cell of its first lines is longer than 131,072 characters" if "limit" in str(fault) else str(fault)
        raise SourceRefused(file=source.name, reason=f"its first lines are no table ({why})") from None
    place = max(range(len(rows)), key=lambda at: (_known(rows[at]), -at))
    if not _known(rows[place]):
        place = max(range(len(rows)), key=lambda at: (len(rows[at]), -at))
    headers = tuple(cell.strip().lstrip("\ufeff") for cell in rows[place])
    if len(headers) < 2 or len(headers) > MAX_COLUMNS:
        raise NoTable(file=source.name, reason="no row of headers is found in its first lines")
    return Head(headers, place + 1, delimiter)


def _known(row: Sequence[str]) -> int:
    return sum(plain(cell.lstrip("\ufeff")) in aliases() for cell in row)


def _delimiter(lines: Sequence[str]) -> str:
    counts = Counter({mark: sum(line.count(mark) for line in lines) for mark in (",", "\t", ";", "|")})
    return counts.most_common(1)[0][0]


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """Rows as one CSV text, for refused rows."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue().rstrip("\n")
