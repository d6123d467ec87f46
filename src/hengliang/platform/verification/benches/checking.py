"""A file is staged by COPY and held, as a set, against earlier lots; what its errors come to is summed up."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.workbook import too_large
from hengliang.platform.verification.benches.blocks import not_collecting
from hengliang.platform.verification.benches.rows import Fault, RowReader, Staged
from hengliang.platform.verification.benches.sql import statement
from hengliang.platform.verification.states import LOT_OVER


@dataclass(frozen=True)
class Found:
    """What a file came to."""

    rows: int
    refused: int
    passed: int
    failed: int
    indeterminate: int
    first_on: date | None
    last_on: date | None


def clean(lot_id: int) -> None:
    """Take away what was staged for a lot."""
    with connection.cursor() as cursor:
        for table in ("lotrow", "lotshared", "lotfault"):
            cursor.execute(f"DELETE FROM verification_{table} WHERE lot_id = %s", [lot_id])  # noqa: S608 - our own tables


def stage(lot_id: int, staged: Iterator[Staged], told: Callable[[int], None]) -> int:
    """Write the rows that were judged into staging; gives their number.

    Errors: `InputRefused` for more than is read at once.
    """
    count = 0
    with (
        not_collecting(),
        connection.cursor() as cursor,
        cursor.copy(
            "COPY verification_lotrow (lot_id, number, serial, label, shared, verdict, measured) FROM STDIN"
        ) as copy,
    ):
        for block in staged:
            copy.write(_lines(lot_id, block))
            count += len(block.numbers)
            if count > limits.MAX_ROWS:
                raise too_large()
            told(count)
    return count


def _lines(lot_id: int, block: Staged) -> str:
    """A block as COPY takes it; no cell holds a line break, and no tab but those between readings."""
    serials, labels, measured = map(_escaped, (block.serials, block.labels, block.measured))
    rows = zip(block.numbers, serials, labels, block.shared, block.verdicts, measured, strict=True)
    return "".join([f"{lot_id}\t{n}\t{s}\t{label}\t{k}\t{v}\t{m}\n" for n, s, label, k, v, m in rows])


def _escaped(texts: list[str]) -> list[str]:
    whole = "\n".join(texts)
    return whole.replace("\\", "\\\\").replace("\t", "\\t").split("\n") if texts else texts


def settle(lot_id: int, reader: RowReader, regime: str) -> Found:
    """Keep the faults, find those against earlier lots, and sum up what is left.

    Errors: `InputRefused` for a file without rows.
    """
    if not reader.rows:
        raise InputRefused("no_rows", "There are no rows below the headers. Fill in at least one.", field="file")
    _copy_faults(lot_id, reader.faults)
    _copy_shared(lot_id, reader)
    later = find_earlier(lot_id, regime)
    if later:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM verification_lotshared WHERE lot_id = %s", [lot_id])
        _copy_shared(lot_id, reader, later)
    return _counted(reader, later)


def find_earlier(lot_id: int, regime: str) -> set[int]:
    """Note the rows whose meter or label stands in an earlier lot; gives their numbers."""
    told: dict[str, Any] = {"lot": lot_id, "regime": regime, "over": sorted(LOT_OVER)}
    codes = ["twice_earlier", "initial_twice", "label_earlier"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT hengliang_look_again('verification_lotrow', 'verification_lotshared')")
        cursor.execute("DELETE FROM verification_lotfault WHERE lot_id = %s AND code = ANY (%s)", [lot_id, codes])
        cursor.execute(statement("earlier"), told)
        cursor.execute(
            "SELECT DISTINCT number FROM verification_lotfault WHERE lot_id = %s AND code = ANY (%s)", [lot_id, codes]
        )
        return {row[0] for row in cursor.fetchall()}


def _copy_faults(lot_id: int, faults: Iterable[Fault]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY verification_lotfault (lot_id, number, field, code, value, hint, stands_in) FROM STDIN"
        ) as copy,
    ):
        for fault in faults:
            copy.write_row((lot_id, *fault))


def _copy_shared(lot_id: int, reader: RowReader, left_out: Collection[int] = ()) -> None:
    names = [column.key for column in reader.profile.attributes]
    shared = reader.shares.all()
    tallies = reader.tallies.tallies(left_out, len(shared))
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY verification_lotshared (lot_id, shared, maker, model, batch, made_on, verified_on, attributes, tally)"
            " FROM STDIN"
        ) as copy,
    ):
        for one in (shared[key] for key in reader.tallies.occurring()):
            copy.write_row(
                (lot_id, one.key, one.maker, one.model, one.batch, one.made_on, one.verified_on,
                 one.attributes_json(names), tallies[one.key])
            )  # fmt: skip


def _counted(reader: RowReader, later: set[int]) -> Found:
    counts, shared = reader.tallies.counts(later), reader.shares.all()
    days = [day for key in reader.tallies.occurring(later) if (day := shared[key].verified_on) is not None]
    return Found(
        rows=reader.rows, refused=len({fault.number for fault in reader.faults} | later), passed=counts.get("p", 0),
        failed=counts.get("f", 0), indeterminate=counts.get("i", 0), first_on=min(days, default=None),
        last_on=max(days, default=None),
    )  # fmt: skip
