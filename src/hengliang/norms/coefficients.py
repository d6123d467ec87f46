"""Tables of coefficients: a number by row and column, with the unit of the column."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hengliang.norms.errors import UnknownEntry, WrongKind
from hengliang.norms.model import Value
from hengliang.norms.schema import is_number


@dataclass(frozen=True, slots=True)
class Coefficients:
    """One dated table. `columns` gives the unit of each measured column, `rows` the rows by code."""

    columns: Mapping[str, str]
    rows: Mapping[str, Mapping[str, Any]]
    source: Value

    def number(self, code: str, column: str) -> Decimal:
        """The number in a row and column.

        Raises
        ------
        UnknownEntry : no such row or column, or the rule does not know the number
        """
        given = self.rows.get(code, {}).get(column)
        if not is_number(given):
            raise UnknownEntry(norm=self.source.norm, asked=f"{column} of {code}")
        return Decimal(str(given))


def coefficients_of(value: Value) -> Coefficients:
    """The table that a dated value holds.

    Raises
    ------
    WrongKind : the rule is no table of coefficients
    """
    if value.kind != "coefficients":
        raise WrongKind(norm=value.norm, kind=value.kind, wanted="coefficients")
    rows = {str(row["code"]): row for row in value.content["rows"]}
    return Coefficients(value.content["columns"], rows, value)
