"""A form of statistics, as its rule has it on a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hengliang.platform.core.pages.words import titled
from hengliang.platform.core.rules import rules

FORMS: Mapping[str, str] = {"monthly": "verification/statistics-monthly", "annual": "verification/statistics-annual"}


@dataclass(frozen=True)
class Column:
    """A column: which population, under which conditions, measured how, and its filling rule.

    missing : the column (or `ledger`) that makes an empty cell a missing one instead of a zero
    """

    code: str
    words: Mapping[str, str]
    units: Mapping[str, str]
    population: str
    measure: str
    job: str
    verdict: str
    missing: str
    rules: Mapping[str, str]

    @property
    def filling(self) -> str:
        """How it is filled, in the reader's language."""
        return titled(self.rules)

    @property
    def title(self) -> str:
        """Its head in the reader's language."""
        return titled(self.words)

    @property
    def unit(self) -> str:
        """What it counts in, in the reader's language."""
        return titled(self.units)


@dataclass(frozen=True)
class Form:
    """A form in one edition."""

    norm: str
    words: Mapping[str, str]
    edition: str
    content_hash: str
    columns: Sequence[Column]

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return titled(self.words)

    def column(self, code: str) -> Column | None:
        """A column by its code."""
        return next((one for one in self.columns if one.code == code), None)


def form_of(kind: str, on: date) -> Form:
    """The form of a kind (`monthly`, `annual`) on a day; for a day before the first edition, that of the first."""
    norm = FORMS[kind]
    rule = rules()[norm]
    value = rule.at(max(on, rule.starts[0]))
    columns = [_column(row) for row in value.content["rows"]]
    return Form(norm, dict(value.title), value.start.isoformat(), value.content_hash, columns)


def _column(row: Mapping[str, Any]) -> Column:
    return Column(
        code=row["column"],
        words={"zh": row["zh"], "en": row["en"]},
        units={"zh": row["counted_in"], "en": row["counted_en"]},
        population=row["population"],
        measure=row["measure"],
        job=row.get("job") or "",
        verdict=row.get("verdict") or "",
        missing=row.get("missing") or "",
        rules={"zh": row["filling"], "en": row.get("filling_en") or row["filling"]},
    )
