"""The layout of a paper, as the rule `verification/paper-forms` has it on a day."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.platform.core.rules import rules

RULE = "verification/paper-forms"
# The forms that the rule may ask of a value. Whatever else it names is a fault of the rule.
FORMS: Mapping[str, re.Pattern[str]] = {
    "text": re.compile(r"(?s).*\S.*"),
    "day": re.compile(r"\d{4}-\d{2}-\d{2}"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "money": re.compile(r"\d+\.\d{2}"),
    "code": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}"),
}


@dataclass(frozen=True)
class Slot:
    """One place to be filled: a field, or a column of the table. `width` is the share of a column."""

    name: str
    label: str
    form: str
    may_be_empty: bool
    width: float

    def fault(self, value: str) -> str:
        """What is wrong with a value: `empty`, the form that it lacks, or nothing."""
        if not value.strip():
            return "" if self.may_be_empty else "empty"
        return "" if FORMS[self.form].fullmatch(value) else self.form


@dataclass(frozen=True)
class Layout:
    """A paper: its title, fields, the columns of its table, what it tells, and who signs."""

    title: str
    fields: Sequence[Slot]
    columns: Sequence[Slot]
    terms: Sequence[str]
    signs: Sequence[str]
    edition: str


def layout_of(paper: str, on: date) -> Layout:
    """The layout of a paper on a day; for a day before the first edition, that of the first."""
    rule = rules()[RULE]
    value = rule.at(max(on, rule.starts[0]))
    rows = [row for row in value.content["rows"] if row["paper"] == paper]

    def of(part: str) -> list[Mapping[str, Any]]:
        return [row for row in rows if row["part"] == part]

    return Layout(
        title=str(of("title")[0]["zh"]),
        fields=[_slot(row) for row in of("field")],
        columns=[_slot(row) for row in of("column")],
        terms=[str(row["zh"]) for row in of("term")],
        signs=[str(row["zh"]) for row in of("sign")],
        edition=value.start.isoformat(),
    )


def _slot(row: Mapping[str, Any]) -> Slot:
    width = float(row.get("width") or 1)
    return Slot(str(row["field"]), str(row["zh"]), str(row["form"]), row["empty"] == "allowed", width)
