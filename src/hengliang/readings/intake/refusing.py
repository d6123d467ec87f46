"""The rows of a file that are refused: kept until the lines that DuckDB rejected are known, then numbered."""

from collections.abc import Callable

import pyarrow as pa

from hengliang.readings.intake.files import Source
from hengliang.readings.intake.head import Head, as_text
from hengliang.readings.intake.keys import Ids
from hengliang.readings.intake.profile import Profile
from hengliang.readings.intake.refusals import MAX_KEPT, Refusals, Refused
from hengliang.readings.intake.tables import Table

# Column, value and code of a fault.
Fault = tuple[str, str, str]


class FileRefusals:
    """What is refused of one file, each row with its place, column, value, code and line."""

    def __init__(self, source: Source, head: Head, profile: Profile, table: Table) -> None:
        self._source, self._head, self._profile, self._table = source, head, profile, table
        self._pending: list[tuple[int, str, str, str, str]] = []
        self._uncounted = 0

    def refuse(self, batch: pa.RecordBatch, begun: int, places: Ids, fault: Callable[[int], Fault]) -> None:
        """Keep rows of a batch as refused.

        begun : rows before the batch; places : which rows of it; fault : what is wrong with one of them
        """
        room = MAX_KEPT - len(self._pending)
        self._uncounted += max(0, len(places) - room)
        for at in places[:room].tolist():
            cells = (column[at].as_py() for column in batch.columns)
            line = as_text([["" if cell is None else str(cell) for cell in cells]])
            self._pending.append((begun + at, *fault(at), line))

    def refuse_ambiguous(self, column: str, texts: set[tuple[str, ...]]) -> None:
        """Keep every row of registers that differ in a column that is not read."""
        rows = self._table.rows_of(column, texts)
        room = max(0, MAX_KEPT - len(self._pending))
        self._pending += [(at, column, value, "ambiguous", line) for at, value, line in rows[:room]]
        self._uncounted += len(rows[room:])

    def hand_over(self, refusals: Refusals) -> int:
        """Number what was kept by the lines of the file, hand it over, and give how many rows the file has refused."""
        lines = self._table.refuse_malformed(refusals)
        headers = {**self._profile.columns, **{f"v{at}": name for at, name in enumerate(self._profile.slots)}}
        before = 0
        for place, column, value, code, line in sorted(self._pending, key=lambda one: one[0]):
            row = place + self._head.skip + 1 + before
            while before < len(lines) and lines[before] <= row:
                before, row = before + 1, row + 1
            shown = headers.get(column, column)
            refusals.add(Refused(self._source.name, row, shown, value, code, line))
        refusals.add_uncounted(self._source.name, self._uncounted)
        return refusals.of_file(self._source.name)
