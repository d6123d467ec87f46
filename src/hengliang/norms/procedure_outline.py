"""A procedure as a person reads it: scope, particulars, items in words, and each table of limits at a glance."""

from collections.abc import Mapping
from types import MappingProxyType

from hengliang.metrology.judge import Cell
from hengliang.norms.model import Value
from hengliang.norms.outline_items import items_sheet, readings_sheet
from hengliang.norms.outline_limits import limit_sheet
from hengliang.norms.outline_reader import OutlineSheet, Reader, possible, unit_words
from hengliang.norms.procedures import procedure_of
from hengliang.norms.suits import known_of

_UNNAMED: Mapping[str, str] = MappingProxyType({})


def procedure_outline(value: Value, language: str, instruments: Mapping[str, str] = _UNNAMED) -> list[OutlineSheet]:
    """The sheets that tell a procedure norm: scope, particulars, items, points and readings, limits.

    Parameters
    ----------
    value : a dated value of kind procedure
    language : "zh" or "en"
    instruments : what catalogue codes are called, by code; one without a name is shown as it is

    Raises
    ------
    WrongKind : the rule is no procedure
    """
    procedure = procedure_of(value)
    reader = Reader(procedure, language)
    sheets = [_scope(reader, instruments), _attributes(reader), _suits(reader, value, instruments)]
    sheets += [limit_sheet(reader, table) for table in procedure.tables.values()]
    return [sheet for sheet in (*sheets, items_sheet(reader), readings_sheet(reader)) if sheet.rows]


def _scope(reader: Reader, names: Mapping[str, str]) -> OutlineSheet:
    by, word = reader.procedure, reader.word
    rows = [
        (word("instruments"), reader.listed(names.get(code, code) for code in by.instruments)),
        (word("regimes"), reader.listed(word(regime) for regime in by.regimes)),
        (word("class_by"), reader.name(by.class_by) if by.class_by else ""),
        (word("downgrade"), reader.listed(by.downgrade)),
        (word("parts"), reader.text(by.part) if by.part else ""),
    ]
    return OutlineSheet(word("scope"), (), [row for row in rows if row[1]])


def _suits(reader: Reader, value: Value, names: Mapping[str, str]) -> OutlineSheet:
    """Which particulars go with which item of the catalogue."""
    word = reader.word
    rows = [
        (
            reader.listed(names.get(code, code) for code in suit["instruments"]),
            reader.name(suit["attribute"]),
            known_of(suit),
        )
        for suit in value.content.get("suits", ())
    ]
    return OutlineSheet(word("suits"), [word(key) for key in ("instruments", "name", "possible")], rows, keys=1)


def _attributes(reader: Reader) -> OutlineSheet:
    word = reader.word
    rows = [
        (reader.text(cell.title), unit_words(cell.unit), possible(reader, cell), _default(reader, cell))
        for cell in reader.procedure.attributes
    ]
    return OutlineSheet(word("attributes"), [word(key) for key in ("name", "unit", "possible", "default")], rows)


def _default(reader: Reader, cell: Cell) -> str:
    return "" if cell.default is None else reader.choices.get(cell.id, {}).get(cell.default, cell.default)
