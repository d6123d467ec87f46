"""What a file must hold beyond its shape: id as its path, rising days, brackets, units, quotes, names."""

from datetime import date
from itertools import pairwise
from typing import Any

from hengliang.norms.brackets import check_brackets
from hengliang.norms.document import Document
from hengliang.norms.kinds import check_shape
from hengliang.norms.schema import Place

UNIT_KEYS = frozenset({"unit", "as", "over_unit"})
NAMES_FOR = {"checked": 1, "approved": 2}


def check_document(document: Document, path_id: str, units: frozenset[str], *, shipped: bool) -> None:
    """Note every fault of the document."""
    check_shape(document)
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("values"), dict):
        return
    if data.get("id") != path_id:
        message = f"the id is {data.get('id')}, the file lies at {path_id}"
        document.refuse(("id",), "id_path", message, f"Write id: {path_id}", id=data.get("id"), wanted=path_id)
    _rising(document, data["values"])
    _units(document, (), data, units)
    for day, value in data["values"].items():
        if isinstance(value, dict):
            _value(document, ("values", day), {**_head(data), **value}, shipped=shipped)


def _head(data: dict[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in ("status", *NAMES_FOR) if key in data}


def _rising(document: Document, values: dict[Any, Any]) -> None:
    days = [day for day in values if isinstance(day, date)]
    for before, after in pairwise(days):
        if after <= before:
            message = f"{after} stands after {before}"
            document.refuse(
                ("values", after),
                "days_order",
                message,
                "Put the start days in rising order",
                before=before,
                after=after,
            )


def _units(document: Document, place: Place, value: Any, units: frozenset[str]) -> None:
    if isinstance(value, list):
        for index, inner in enumerate(value):
            _units(document, (*place, index), inner, units)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in UNIT_KEYS and isinstance(inner, str) and inner not in units:
                message = f"the unit {inner} is unknown"
                document.refuse((*place, key), "unknown_unit", message, "Use one of units.csv, or add it", unit=inner)
            elif isinstance(inner, (dict, list)):
                _units(document, (*place, key), inner, units)


def _value(document: Document, place: Place, value: dict[str, Any], *, shipped: bool) -> None:
    if shipped and value.get("status") == "approved":
        message = "a shipped value is approved"
        document.refuse(place, "shipped_approved", message, "Approve it in the overlay of the authority")
    _status(document, place, value)
    if "brackets" in value:
        check_brackets(document, (*place, "brackets"), value["brackets"])
    tables = value.get("tables")
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        rows = table.get("rows") if isinstance(table, dict) else None
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, dict):
                check_brackets(document, (*place, "tables", index, "rows", number, "brackets"), row.get("brackets"))


def _status(document: Document, place: Place, value: dict[str, Any]) -> None:
    status = value.get("status")
    source = value.get("source")
    if status not in NAMES_FOR:
        return
    if isinstance(source, dict) and source.get("quote") is None:
        message = f"a {status} value has no quote"
        document.refuse(
            (*place, "source"), "no_quote", message, "Quote the words of the document, or set draft", status=status
        )
    given = value.get(status)
    by = given.get("by") if isinstance(given, dict) else None
    names = {name.strip() for name in (by if isinstance(by, list) else [by]) if isinstance(name, str)}
    if len(names) < NAMES_FOR[status]:
        remedy = f"Give {status}: {{by, on, against}} with {NAMES_FOR[status]} different name(s)"
        document.refuse(
            place, "names", f"a {status} value lacks the names of who held it against the text", remedy, status=status
        )
