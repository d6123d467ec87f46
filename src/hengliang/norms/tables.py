"""CSV tables beside a YAML head: read, held against the columns, numbers made exact."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from hengliang.norms.document import Document, scalar
from hengliang.norms.errors import NormProblem
from hengliang.norms.schema import is_number

Rows = list[dict[str, Any]]
# What the columns of the tables of a kind must be called; free columns where a kind is not named.
COLUMNS = {
    "catalogue": [
        "code",
        "zh",
        "en",
        "parent",
        "purpose",
        "control",
        "mode",
        "period_months",
        "regulation",
        "mark",
        "source",
    ],
    "period": ["item", "mode", "months", "document", "mark"],
}


def attach_tables(document: Document, folder: Path) -> None:
    """Read every CSV file that the document names; the rows wait with it until the content is taken."""
    for place, holder in _holders(document):
        name = holder["csv"]
        path = folder / str(name)
        if "/" in str(name) or not path.is_file():
            message = f"there is no file {name} beside this one"
            document.refuse((*place, "csv"), "no_csv", message, "Add it or correct the name")
            continue
        document.tables[place] = _read(document, holder, path)


def _holders(document: Document) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    values = document.data.get("values") if isinstance(document.data, dict) else None
    for day, value in values.items() if isinstance(values, dict) else ():
        if not isinstance(value, dict):
            continue
        tables = value.get("tables")
        inner = enumerate(tables) if isinstance(tables, list) else ()
        places = [(("values", day), value), *((("values", day, "tables", i), table) for i, table in inner)]
        yield from ((place, holder) for place, holder in places if isinstance(holder, dict) and "csv" in holder)


def _read(document: Document, holder: dict[str, Any], path: Path) -> Rows:
    file = f"{document.file.rsplit('/', 1)[0]}/{path.name}"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, strict=True)
        rows: Rows = list(reader)
        columns = list(reader.fieldnames or ())
    _columns(document, file, columns)
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            remedy = f"Give {len(columns)} values, separated by commas"
            document.problems.append(
                NormProblem(file, line, "ragged_row", "the row has too many or too few values", remedy)
            )
    for column in _number_columns(holder, columns):
        _numbers(document, file, rows, column)
    return rows


def _columns(document: Document, file: str, columns: list[str]) -> None:
    wanted = COLUMNS.get(document.data.get("kind"))
    if wanted is not None and columns != wanted:
        message = f"the columns are {', '.join(columns)}"
        document.problems.append(NormProblem(file, 1, "columns", message, f"They must be {', '.join(wanted)}"))


def _number_columns(holder: dict[str, Any], columns: list[str]) -> list[str]:
    """The measured columns of a coefficient table; all but the first of a matrix of limits."""
    if isinstance(holder.get("columns"), dict):
        return [column for column in holder["columns"] if column in columns]
    return [column for column in columns if column != holder["row"]] if "row" in holder else []


def _numbers(document: Document, file: str, rows: Rows, column: str) -> None:
    for line, row in enumerate(rows, start=2):
        text = row.get(column)
        number = scalar(text) if text else None
        if text and not is_number(number):
            message = f"{column} is {text!r}"
            document.problems.append(
                NormProblem(file, line, "not_a_number", message, "Give a number or leave it blank")
            )
        row[column] = Decimal(str(number)) if is_number(number) else None
