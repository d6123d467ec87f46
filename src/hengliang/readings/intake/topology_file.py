"""Reads a topology file (档案): one row says that a meter hung on a node, from when to when, with which factor."""

from collections.abc import Sequence
from typing import TypeAlias

import duckdb

from hengliang.readings.grid import DAY, day_name
from hengliang.readings.intake.files import Source
from hengliang.readings.intake.head import Head, as_text
from hengliang.readings.intake.headers import meaning, plain
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.refusals import Refusals, Refused
from hengliang.readings.intake.tables import Table
from hengliang.readings.intake.taken import FileReport
from hengliang.readings.intake.times import Clock
from hengliang.readings.model import Link, Role

_Said: TypeAlias = tuple[Role, float, str | None, str | None, str, str, str, str]
FIELDS = ("node", "meter", "role", "multiplier", "constant", "begin", "end", "maker", "model", "year", "accuracy")


class _Fault(Exception):
    def __init__(self, column: str, value: str, code: str) -> None:
        super().__init__(column, value, code)
        self.fault = (column, value, code)


def read_topology(
    connection: duckdb.DuckDBPyConnection, source: Source, head: Head, profile: Profile, offset: int, refusals: Refusals
) -> tuple[list[Link], FileReport]:
    """The links that a file says, and what became of its rows. Rows that can't be understood go to `refusals`."""
    names = [name for name in FIELDS if profile.has(name)]
    rows = Table(connection, source, head, profile).texts({name: profile.columns[name] for name in names})
    clock = Clock(offset, profile.zone)
    report = FileReport(source.name, "topology", rows=len(rows))
    links: list[Link] = []
    # Of a million meters all but the names is said in a few ways.
    known: dict[tuple[str | None, ...], _Said] = {}
    for number, cells in enumerate(rows):
        node, meter, *_ = cells
        try:
            said = known.get(cells[2:])
            if said is None:
                said = known[cells[2:]] = _all_but_names(names[2:], cells[2:], clock, profile)
            links.append(Link(_named("node", node), _named("meter", meter), *said))
        except _Fault as refusal:
            column, value, code = refusal.fault
            header = profile.columns.get(column, column)
            text = as_text([[str(cell or "") for cell in cells]])
            refusals.add(Refused(source.name, number + head.skip + 1, header, value, code, text))
            report.refused += 1
    return links, report


def _named(column: str, cell: str | None) -> str:
    name = (cell or "").strip()
    if not name:
        raise _Fault(column, "", column)
    return name


def _all_but_names(names: Sequence[str], cells: Sequence[str | None], clock: Clock, profile: Profile) -> _Said:
    row = {name: (cell or "").strip() for name, cell in zip(names, cells, strict=True)}
    written = row.get("role") or profile.role or "outflow"
    role = meaning("role").get(plain(written))
    if role is None:
        raise _Fault("role", written, "role")
    factor = _number(row, "multiplier") / (_number(row, "constant") if row.get("constant") else 1.0)
    maker, model, year, accuracy = (row.get(name, "") for name in ("maker", "model", "year", "accuracy"))
    begin, end = _day(row, "begin", clock), _day(row, "end", clock)
    return (Role(role), factor, begin, end, maker, model, year, accuracy)


def _number(row: dict[str, str], name: str) -> float:
    text = row.get(name, "")
    try:
        number = float(text) if text else 1.0
    except ValueError:
        number = 0.0
    if not 0 < number < 1e9:
        raise _Fault(name, text, "multiplier")
    return number


def _day(row: dict[str, str], name: str, clock: Clock) -> str | None:
    text = row.get(name, "")
    if not text:
        return None
    second = clock.read(text)
    if second is None:
        raise _Fault(name, text, "day")
    return day_name(second // DAY * DAY)
