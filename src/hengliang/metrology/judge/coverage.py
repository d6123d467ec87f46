"""Whether the rows of an item are all there: every point once a part; enough free rows with the wanted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from hengliang.metrology.judge.amounts import Quantities, amount, meets
from hengliang.metrology.judge.cells import Reader
from hengliang.metrology.judge.model import Item, Wanted
from hengliang.metrology.judge.record import Row

Parts = Sequence[str | None]


def cover(reader: Reader, item: Item, rows: Sequence[Row], parts: Parts, base: Quantities) -> None:
    """Refuse what is missing, doubled or foreign among the parts and points of `rows`."""
    path = f"items.{item.readings or item.id}"
    for index, row in enumerate(rows):
        if row.part not in parts:
            template = "part {part!r} is not among the parts of the record"
            reader.refuse(f"{path}[{index}].part", "unknown_part", template, part=row.part)
    if item.points:
        _points(reader, item, path, rows, parts, base)
    else:
        _enough(reader, item, path, rows, parts)


def _points(reader: Reader, item: Item, path: str, rows: Sequence[Row], parts: Parts, base: Quantities) -> None:
    wanted = [point.id for point in item.points if not point.when or meets(point.when, base)]
    missing = {(part, point) for part in parts for point in wanted}
    for index, row in enumerate(rows):
        if (row.part, row.point) in missing:
            missing.discard((row.part, row.point))
        elif row.point in wanted:
            template = "point {point!r} is entered twice; keep one row"
            reader.refuse(f"{path}[{index}].point", "doubled_point", template, point=row.point)
        else:
            template = "the procedure has no point {point!r} for this instrument"
            reader.refuse(f"{path}[{index}].point", "unknown_point", template, point=row.point)
    for part in parts if missing else ():
        for point in wanted:
            if (part, point) in missing:
                where = f"{path}[{point}]" if part is None else f"{path}[{part}, {point}]"
                template = "the procedure wants a reading at this point; enter it"
                reader.refuse(where, "missing_point", template, part=part, point=point)


def _enough(reader: Reader, item: Item, path: str, rows: Sequence[Row], parts: Parts) -> None:
    for part in parts:
        count = len(rows) if part is None else sum(row.part == part for row in rows)
        if count < item.at_least:
            where = path if part is None else f"{path}[{part}]"
            template = "{count} rows are entered, the procedure wants at least {wanted}"
            reader.refuse(where, "too_few_rows", template, count=count, wanted=item.at_least, part=part)


def include(reader: Reader, item: Item, read: Sequence[Mapping[str, Any]], base: Quantities) -> None:
    """Refuse free rows that lack a value which the procedure names (Min, 500 e, Max)."""
    for wanted in item.include:
        value = _wanted(wanted, base)
        if value is not None and not any(row.get(wanted.cell) == value for row in read):
            template = "no row has {cell} = {value}; the procedure wants it"
            where = f"items.{item.id}.{wanted.cell}"
            reader.refuse(where, "missing_value", template, cell=wanted.cell, value=f"{value.normalize():f}")


def _wanted(wanted: Wanted, base: Quantities) -> Decimal | None:
    try:
        value = amount(wanted.at, base)
        ceiling = None if wanted.unless_above is None else amount(wanted.unless_above, base)
    except KeyError:  # an attribute is faulty and already named
        return None
    return None if ceiling is not None and value > ceiling else value
