"""Reads the results of a sample (抽样检定结果): one row per meter, with its error or the laboratory's conclusion."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import duckdb

from hengliang.readings.errors import SourceRefused
from hengliang.readings.intake.files import Source, expand
from hengliang.readings.intake.head import Head, read_head
from hengliang.readings.intake.headers import aliases, meaning, plain
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.tables import Table


@dataclass(frozen=True, slots=True)
class Tested:
    """One meter of a sample.

    error : as measured [fraction], None where only a conclusion was written
    beyond : the laboratory's conclusion, None where only an error was written
    """

    meter: str
    error: float | None
    beyond: bool | None


def read_sample(path: Path) -> list[Tested]:
    """The meters of a sample. Raises SourceRefused, naming the row, for what can't be understood."""
    with tempfile.TemporaryDirectory() as room:
        connection = duckdb.connect()
        found: list[Tested] = []
        for source in expand([path], Path(room)):
            found += _of_table(source, connection)
    meters = [one.meter for one in found]
    twice = sorted({meter for meter in meters if meters.count(meter) > 1})
    if twice:
        raise SourceRefused(file=path.name, reason=f"meter {twice[0]} stands in it more than once")
    return found


def _of_table(source: Source, connection: duckdb.DuckDBPyConnection) -> list[Tested]:
    head = read_head(source, connection)
    columns = _columns(source, head)
    rows = Table(connection, source, head, Profile(form="topology", columns=columns)).texts(columns)
    found = []
    for number, cells in enumerate(rows, head.skip + 1):
        row = {name: str(cell or "").strip() for name, cell in zip(columns, cells, strict=True)}
        if any(row.values()):
            found.append(_tested(row, source.name, number))
    return found


def _columns(source: Source, head: Head) -> dict[str, str]:
    columns: dict[str, str] = {}
    for header in head.headers:
        name = aliases().get(plain(header), "")
        if name in ("meter", "error", "verdict"):
            columns.setdefault(name, header)
    if "meter" not in columns or len(columns) < 2:
        raise SourceRefused(
            file=source.name,
            reason="a sample needs the columns 表号 (meter) and 误差 (error, in percent) or 结论 (合格, 不合格)",
        )
    return columns


def _tested(row: dict[str, str], file: str, number: int) -> Tested:
    written, said = row.get("error", ""), row.get("verdict", "")
    beyond = meaning("verdict").get(plain(said)) if said else None
    try:
        error = float(written.rstrip("%％")) / 100 if written else None
    except ValueError:
        raise SourceRefused(file=file, reason=f"row {number}: the error {written} is no number") from None
    wrong = said and beyond is None
    if wrong or not row["meter"] or (error is None and beyond is None) or (error is not None and not abs(error) < 1):
        raise SourceRefused(file=file, reason=f"row {number} needs a meter and an error in percent, or 合格/不合格")
    return Tested(row["meter"], error, None if beyond is None else beyond == "beyond")
