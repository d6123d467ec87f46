"""A foreign file goes into rows by COPY: each cell read by the profile, with what can't be understood kept in words."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.db import connection

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.models import RegionVersion
from hengliang.platform.core.progress import Told, silent
from hengliang.platform.exchange.models import InboundBatch
from hengliang.platform.exchange.profiles import Profile
from hengliang.platform.exchange.profiles.profile import CHOICES, DAYS, NEEDED
from hengliang.platform.registry.codes import tidy
from hengliang.platform.registry.imports import fields as ledger
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.cells import UNCLEAR, day_of, text_of
from hengliang.platform.registry.imports.sheet import Sheet, columns_of
from hengliang.platform.registry.imports.workbook import too_large
from hengliang.platform.registry.selectors.catalogue import catalogue_names

Reader = Callable[[Any], str]
LONGEST_ID, LONGEST_CELL = 100, 300
# What is longer is refused; one sign more is kept, so that it is seen to be too long.
_KEPT = LONGEST_CELL + 1
_TOLD_EVERY = 5_000
_REMEMBERED = 10_000
REPEATED = DAYS | {*CHOICES, "region", "item"}
_COPY = (
    "COPY exchange_inboundrow (batch_id, number, outside_id, cells, outcome, code, params, matched_by, differences,"
    " receipt) FROM STDIN"
)


def stage(batch: InboundBatch, sheet: Sheet, profile: Profile, on: date, told: Told = silent) -> int:
    """Write the rows of a file into staging; gives their number.

    Errors: `InputRefused` for a file without rows or columns that are needed, or with more than are read at once.
    """
    columns = columns_of(sheet.headers, profile.words(batch.kind)) if profile.format == "sheet" else _named(
        sheet.headers, profile, batch.kind
    )  # fmt: skip
    refuse_missing(columns, profile, batch.kind)
    readers = {field: _reader(field, profile, on) for field in columns}
    count = 0
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for number, cells in _cells(sheet, columns, readers):
            count += 1
            if count > limits.MAX_ROWS:
                raise too_large()
            copy.write_row(_row(batch, number, cells))
            if count % _TOLD_EVERY == 0:
                told("reading", count)
    if not count:
        raise InputRefused("no_rows", "There are no rows below the headers. Fill in at least one.", field="file")
    batch.headers = [[field, sheet.headers[at]] for field, at in columns.items()]
    return count


def _named(headers: list[str], profile: Profile, kind: str) -> dict[str, int]:
    """The first name of each field: a line of JSON has no header row that could name a field twice."""
    return {field: headers.index(names[0]) for field, names in profile.inbound[kind].items()}


def refuse_missing(columns: Mapping[str, int], profile: Profile, kind: str) -> None:
    """Refuse a file without the columns by which its rows are told apart."""
    for field in sorted(NEEDED[kind] - set(columns)):
        raise InputRefused(
            "column_missing",
            "The column “%(header)s” is missing; without it the rows can't be told apart. Other names for it can be"
            " entered in the mapping of the system.",
            field="file",
            header="”, “".join(profile.inbound[kind][field]),
        )


def _cells(
    sheet: Sheet, columns: Mapping[str, int], readers: Mapping[str, Reader]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in sheet.rows:
        read = {f: readers[f](row[at]) for f, at in columns.items() if at < len(row) and row[at] is not None}
        cells = {field: text[:_KEPT] for field, text in read.items() if text}
        if cells:
            yield number, cells


def _row(batch: InboundBatch, number: int, cells: dict[str, str]) -> tuple[Any, ...]:
    key = "key" if batch.kind == InboundBatch.Kind.RECEIPTS else "outside_id"
    code, params = _fault(cells, key)
    return (
        batch.pk, number, cells.get(key, "")[:LONGEST_ID], json.dumps(cells, ensure_ascii=False),
        "refused" if code else "", code, json.dumps(params, ensure_ascii=False) if params else "{}", "", "[]", "",
    )  # fmt: skip


def _fault(cells: Mapping[str, str], key: str) -> tuple[str, dict[str, str]]:
    if not cells.get(key):
        return "id_missing", {}
    if len(cells[key]) > LONGEST_ID:
        return "id_too_long", {"longest": str(LONGEST_ID)}
    for field, text in cells.items():
        if text.startswith(UNCLEAR):
            return "cell_unclear", {"field": field, "value": text[1:60]}
        if len(text) > LONGEST_CELL:
            return "cell_too_long", {"field": field, "longest": str(LONGEST_CELL)}
    return "", {}


def _reader(field: str, profile: Profile, on: date) -> Reader:
    """How the cells of a field are read; what was read once is remembered where sheets repeat themselves."""
    read = _plain_reader(field, profile, on)
    if field not in REPEATED:
        return read
    known: dict[Any, str] = {}

    def remembered(value: Any) -> str:
        if value not in known:
            if len(known) >= _REMEMBERED:
                return read(value)
            known[value] = read(value)
        return known[value]

    return remembered


def _plain_reader(field: str, profile: Profile, on: date) -> Reader:
    if field in DAYS:
        return day_of
    if field in CHOICES:
        own = ledger.code_of(field) if field in ledger.CHOICES else {}
        return _one_of(own | profile.codes(field))
    if field == "region":
        return _one_of(region_words(on))
    if field == "item":
        names = {word: item.name for word, item in catalogue_names().items()}
        return lambda value: names.get(text_of(value).lower(), text_of(value))
    if field == "code":
        return lambda value: tidy(text_of(value))
    return text_of


def _one_of(codes: Mapping[str, str]) -> Reader:
    def chosen(value: Any) -> str:
        text = text_of(value)
        return codes.get(text.lower(), UNCLEAR + text) if text else ""

    return chosen


def region_words(on: date) -> dict[str, str]:
    """The words that a file may use for a region, with its code: code, name, name behind that of the region above."""
    rows = list(RegionVersion.objects.on(on).values_list("region_id", "parent_id", "code", "name"))
    names = {region: name for region, _parent, _code, name in rows}
    words: dict[str, set[str]] = {}
    for _region, parent, code, name in rows:
        for word in (code, name, names.get(parent, "") + name):
            words.setdefault(word.lower(), set()).add(code)
    return {word: codes.pop() for word, codes in words.items() if len(codes) == 1 and word}
