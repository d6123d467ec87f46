"""A file is staged by COPY and held, as a set, against earlier lots; what its errors come to is summed up."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import numpy as np
from django.db import connection

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.workbook import too_large
from hengliang.platform.verification.benches.rows import Fault, RowReader, Shared, Staged
from hengliang.platform.verification.benches.sql import statement
from hengliang.platform.verification.states import LOT_OVER

_BATCH = 2_000
# Errors ÷ limit, counted in tenths from -1.5 to 1.5; what lies beyond counts at the ends.
TENTHS = 15


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
            cursor.execute(f"DELETE FROM verification_{table} WHERE lot_id = %s", [lot_id])  # noqa: S608


def stage(lot_id: int, staged: Iterator[Staged], told: Callable[[int], None]) -> int:
    """Write the rows that were judged into staging; gives their number.

    Errors: `InputRefused` for more than is read at once.
    """
    count, lead = 0, f"{lot_id}\t"
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY verification_lotrow (lot_id, number, serial, label, shared, verdict, measured) FROM STDIN"
        ) as copy,
    ):
        while lines := [_line(lead, row) for row in islice(staged, _BATCH)]:
            copy.write("".join(lines))
            count += len(lines)
            if count > limits.MAX_ROWS:
                raise too_large()
            told(count)
    return count


def _line(lead: str, row: Staged) -> str:
    number, serial, label, shared, verdict, measured = row
    told = f"{serial}\t{label}\t{shared}\t{verdict}\t"
    if "\\" in told or "\\" in measured:
        told, measured = told.replace("\\", "\\\\"), measured.replace("\\", "\\\\")
    # The tabs between readings are part of the text; everything else is clean of them.
    return f"{lead}{number}\t{told}{measured.replace(chr(9), chr(92) + 't')}\n"


def settle(lot_id: int, reader: RowReader, regime: str) -> Found:
    """Keep the faults, find those against earlier lots, and sum up what is left.

    Errors: `InputRefused` for a file without rows.
    """
    if not reader.rows:
        raise InputRefused("no_rows", "There are no rows below the headers. Fill in at least one.", field="file")
    _copy_faults(lot_id, reader.faults)
    _copy_shared(lot_id, reader.shared.values(), reader, {})
    later = find_earlier(lot_id, regime)
    refused = {fault.number for fault in reader.faults} | later
    if later:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM verification_lotshared WHERE lot_id = %s", [lot_id])
        _copy_shared(lot_id, reader.shared.values(), reader, later)
    return _counted(reader, refused, later)


def find_earlier(lot_id: int, regime: str) -> set[int]:
    """Note the rows whose meter or label stands in an earlier lot; gives their numbers."""
    told: dict[str, Any] = {"lot": lot_id, "regime": regime, "over": sorted(LOT_OVER)}
    codes = ["twice_earlier", "initial_twice", "label_earlier"]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE verification_lotrow")
        cursor.execute("DELETE FROM verification_lotfault WHERE lot_id = %s AND code = ANY (%s)", [lot_id, codes])
        cursor.execute(statement("earlier"), told)
        cursor.execute(
            "SELECT DISTINCT number FROM verification_lotfault WHERE lot_id = %s AND code = ANY (%s)", [lot_id, codes]
        )
        return {row[0] for row in cursor.fetchall()}


def _copy_faults(lot_id: int, faults: Iterable[Fault]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY verification_lotfault (lot_id, number, field, code, value, hint, cells) FROM STDIN") as copy,
    ):
        for fault in faults:
            copy.write_row((lot_id, *fault, ""))


def _copy_shared(lot_id: int, shared: Iterable[Shared], reader: RowReader, without: Any) -> None:
    names = [column.key for column in reader.profile.attributes]
    left_out = np.fromiter(without, dtype=np.int64, count=len(without))
    with (
        connection.cursor() as cursor,
        cursor.copy(
            "COPY verification_lotshared (lot_id, shared, maker, model, batch, made_on, verified_on, attributes, tally)"
            " FROM STDIN"
        ) as copy,
    ):
        for one in shared:
            if one.verified_on is not None and len(one.numbers):
                tally = json.dumps(tally_of(one, left_out), separators=(",", ":"))
                copy.write_row(
                    (lot_id, one.key, one.maker, one.model, one.batch, one.made_on, one.verified_on,
                     one.attributes_json(names), tally)
                )  # fmt: skip


def tally_of(shared: Shared, left_out: Any) -> dict[str, Any]:
    """What the errors of a group come to: by row of the record the count, the sums and the shares of the limit."""
    tally: dict[str, Any] = {}
    for row, (numbers, errors, bounds) in sorted(shared.errors.items()):
        value, limit = np.frombuffer(errors), np.frombuffer(bounds)
        if len(left_out):
            kept = ~np.isin(np.frombuffer(numbers, dtype=np.int32), left_out)
            value, limit = value[kept], limit[kept]
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(limit != 0, value / np.abs(limit), 0.0)
        places = np.clip(np.floor(share * 10 + 0.5), -TENTHS, TENTHS).astype(int) + TENTHS
        counts = np.bincount(places, minlength=2 * TENTHS + 1)
        tally[str(row)] = [len(value), float(value.sum()), float((value * value).sum()), counts.tolist()]
    return tally


def _counted(reader: RowReader, refused: set[int], later: set[int]) -> Found:
    counts = {ord("p"): 0, ord("f"): 0, ord("i"): 0}
    days = []
    for one in reader.shared.values():
        before = sum(counts.values())
        for number, verdict in zip(one.numbers, one.verdicts, strict=True):
            if not later or number not in later:
                counts[verdict] += 1
        if sum(counts.values()) > before and one.verified_on is not None:
            days.append(one.verified_on)
    return Found(
        rows=reader.rows, refused=len(refused), passed=counts[ord("p")], failed=counts[ord("f")],
        indeterminate=counts[ord("i")], first_on=min(days, default=None), last_on=max(days, default=None),
    )  # fmt: skip
