"""Refused rows: each with file, row, column, reason and remedy, and the row itself, so that nothing is lost."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_SHOWN = 100
# What is kept in full. A file whose every row is refused is the wrong file, not a million single faults.
MAX_KEPT = 1_000_000
COLUMNS = ("file", "row", "column", "value", "reason", "remedy", "line")

REASONS: dict[str, tuple[str, str]] = {
    "malformed": ("the row does not have the columns of the header", "mend separators and quotes in this row"),
    "number": ("not a number", "write digits with a point and without thousands separators"),
    "time": ("not a time", "write 2026-01-31T00:15:00+08:00 or 2026-01-31 00:15, from 2000 to 2099"),
    "meter": ("no meter is named", "fill in the meter's number"),
    "unit": ("unit not known", "use kWh, Wh, MWh, m3, L, GJ or MJ, or count with a constant"),
    "constant": ("counts without a constant", "say how many pulses make one unit"),
    "role": ("role not known", "use inflow, outflow or stock"),
    "direction": ("direction not known", "use import or export"),
    "ambiguous": (
        "rows of one register disagree, and differ in this column, which is not read",
        "say by --profile what the column is (direction, tariff, quality), or take the rows out that are not meant",
    ),
    "multiplier": ("multiplier is not a positive number", "write the factor of the transformers, 1 without any"),
    "range": ("number too large for a register", "check unit and decimals"),
    "day": ("not a day", "write 2026-01-31"),
    "more": ("one of more than a million refused rows", "this is the wrong file or profile: mend it and import again"),
    "node": ("no node is named", "fill in the node (台区) of the meter"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """One refused row (or several with the same fault in a row).

    row : number in the file, the header counts as it stands there; 0 when it can't be told
    """

    file: str
    row: int
    column: str
    value: str
    code: str
    line: str = ""

    def as_json(self) -> dict[str, Any]:
        """The refusal as a JSON object."""
        reason, remedy = REASONS[self.code]
        return {
            "file": self.file,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": reason,
            "remedy": remedy,
        }


@dataclass(slots=True)
class Refusals:
    """All refused rows of one import."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    rows: list[Refused] = field(default_factory=list)

    def add(self, one: Refused) -> None:
        """Count a refused row, and keep it."""
        self.counts[(one.file, one.column, one.code)] += 1
        if len(self.rows) < MAX_KEPT:
            self.rows.append(one)

    def add_uncounted(self, file: str, count: int) -> None:
        """Count rows beyond what is kept one by one."""
        if count:
            self.add(Refused(file, 0, "", "", "more"))
            self.counts[(file, "", "more")] += count - 1

    @property
    def total(self) -> int:
        """How many rows were refused."""
        return sum(self.counts.values())

    def of_file(self, file: str) -> int:
        """How many rows of one file were refused."""
        return sum(count for (name, _, _), count in self.counts.items() if name == file)

    def summary(self) -> list[dict[str, Any]]:
        """Counts by file, column and reason, each with its first row as an example."""
        first = {(one.file, one.column, one.code): one for one in reversed(self.rows)}
        return [
            {**first[key].as_json(), "count": count}
            for key, count in self.counts.most_common(MAX_SHOWN)
            if key in first
        ]

    def write(self, path: Path) -> None:
        """Every refused row as CSV, with the row as it was sent; openable by a sheet program."""
        with path.open("w", newline="", encoding="utf-8-sig") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            for one in self.rows:
                writer.writerow(
                    {name: _harmless(str(value)) for name, value in (one.as_json() | {"line": one.line}).items()}
                )


def _harmless(cell: str) -> str:
    """A cell that no sheet program takes for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and not cell[1:2].isdigit() else cell
