"""Which columns of a bench's file tell the rows of a meter apart, while its profile is drawn up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.limits import MAX_COLUMNS
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.verification.benches.files import BenchFile
from hengliang.platform.verification.benches.layouts import Long, head_position, position
from hengliang.platform.verification.benches.profile import shipped

METER, POINT, RUN, VALUE = "meter", "point", "run", "value"


@dataclass(frozen=True)
class RowColumn:
    """A column of the file as it is written: what it is called, its first values, and what it says of a row."""

    name: str
    header: str
    values: tuple[str, ...]
    role: str = ""


def row_columns(headers: Sequence[str], rows: Sequence[Sequence[Any]], head: str) -> list[RowColumn]:
    """The columns of a file as it is written; the cells of the line of a meter, which begins with `head`, behind."""
    twice = Counter(map(plain, headers))
    own = [row for row in rows if not head or text_of(row[0] if row else "") != head]
    made = [
        RowColumn(header if plain(header) and twice[plain(header)] == 1 else position(at), header, _values(own, at))
        for at, header in enumerate(headers)
    ]
    if head:
        lines = [row for row in rows if text_of(row[0] if row else "") == head]
        width = max(map(len, lines), default=0)
        made += [RowColumn(head_position(at), "", _values(lines, at)) for at in range(1, min(width, MAX_COLUMNS))]
    return made


def _values(rows: Sequence[Sequence[Any]], at: int) -> tuple[str, ...]:
    values = (text_of(row[at])[:30] for row in rows if at < len(row))
    return tuple(dict.fromkeys(value for value in values if value))[:3]


def guessed_roles(columns: Sequence[RowColumn]) -> list[RowColumn]:
    """What headers usually say, as the shipped profiles have them; the meter once."""
    longs = [one.file.long for one in shipped().values() if one.file.long]
    known: dict[str, str] = {}
    for long in longs:
        parts = ((METER, long.meter), (POINT, long.point), (VALUE, long.value), (RUN, (long.run,)))
        known |= {plain(name): role for role, columns_ in parts for names in columns_ for name in names}
    made, taken = [], False
    for one in columns:
        role = known.get(plain(one.header), "")
        made.append(replace(one, role="" if role == METER and taken else role))
        taken = taken or role == METER
    return made


def entered_roles(columns: Sequence[RowColumn], told: Mapping[str, str]) -> list[RowColumn]:
    """What was chosen: `r3` of the column that is called `n3`."""
    chosen = {name: told.get(f"r{at}", "") for at in range(2 * MAX_COLUMNS) if (name := told.get(f"n{at}"))}
    return [replace(one, role=chosen.get(one.name, "")) for one in columns] if chosen else guessed_roles(columns)


def recalled_roles(columns: Sequence[RowColumn], long: Long) -> list[RowColumn]:
    """What a profile says of them."""
    parts = ((METER, long.meter), (POINT, long.point), (VALUE, long.value), (RUN, (long.run,)))
    known = {plain(name): role for role, columns_ in parts for names in columns_ for name in names}
    return [replace(one, role=known.get(plain(one.name), "")) for one in columns]


def long_of(columns: Sequence[RowColumn], *, head: str, carried: bool, repeated: bool) -> Long | None:
    """How the rows are told, by these; None while a meter, a point or a value is not chosen."""
    names = {
        role: tuple((one.name,) for one in columns if one.role == role) for role in (METER, POINT, VALUE, RUN)
    }  # fmt: skip
    if not (names[METER] and names[POINT] and names[VALUE]):
        return None
    run = names[RUN][0] if names[RUN] else ()
    return Long(names[METER], names[POINT], names[VALUE], run, repeated and not run, carried, head)


def first_rows(file: BenchFile, most: int = 40) -> list[Sequence[Any]]:
    """The first rows of a file, to be looked at."""
    return [cells for (_at, cells), _n in zip(file.rows, range(most), strict=False)]
