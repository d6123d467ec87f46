"""A sheet as it was read: headers, rows with their numbers, and what the reader should say about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports.fields import FIELDS
from hengliang.platform.registry.imports.limits import HEADER_WITHIN

NOTICES = {
    "hidden_sheets": gettext_noop("Hidden sheets were not read: %(names)s."),
    "other_sheets": gettext_noop("Only the sheet “%(sheet)s” was read; not read: %(names)s."),
    "merged_cells": gettext_noop("%(count)s merged areas: their value was taken for every row that they span."),
    "formulas": gettext_noop("%(count)s cells hold formulas; the value that the sheet shows was taken."),
    "unknown_columns": gettext_noop("Columns that are not understood were left out: %(names)s."),
    "encoding": gettext_noop("The file was read as %(encoding)s."),
}


@dataclass(frozen=True)
class Notice:
    """Something about a sheet that is no error, but that its sender should know."""

    code: str
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return _(NOTICES[self.code]) % self.params


@dataclass
class Sheet:
    """Headers and rows. `rows` gives the number of a row as the sheet shows it, and its cells; it is read once."""

    headers: list[str]
    rows: Iterator[tuple[int, Sequence[Any]]]
    notices: list[Notice] = field(default_factory=list)


def plain(header: str) -> str:
    """A header as it is compared: without blanks, stars, brackets' content and capitals."""
    text = header.replace("*", "").replace("＊", "").split("(")[0].split("（")[0]
    return "".join(text.split()).lower()


@dataclass(frozen=True)
class Vocabulary:
    """The headers by which the header row of a sheet is found: plain header to key, and some of them for a refusal."""

    known: Mapping[str, str]
    examples: str

    def count(self, cells: Sequence[Any]) -> int:
        """How many cells of a row are headers that are understood."""
        return sum(1 for cell in cells if isinstance(cell, str) and len(cell) < 100 and plain(cell) in self.known)


LEDGER = Vocabulary(
    {plain(name): one.key for one in FIELDS for name in one.names}, "、".join(f.header for f in FIELDS if f.required)
)


def split(rows: Iterator[tuple[int, Sequence[Any]]], notices: list[Notice], words: Vocabulary = LEDGER) -> Sheet:
    """The header row is the one among the first rows in which most headers are known; what stands above is a title.

    Errors: `InputRefused` if none is known.
    """
    head: list[tuple[int, Sequence[Any]]] = []
    for row in rows:
        head.append(row)
        if len(head) == HEADER_WITHIN:
            break
    best = max(range(len(head)), key=lambda at: (words.count(head[at][1]), -at), default=-1)
    if best < 0 or not words.count(head[best][1]):
        raise InputRefused(
            "no_headers",
            "No header of the ledger was found in the first %(count)s rows. Use the template, or name the columns as"
            " it does: %(examples)s.",
            field="file",
            count=HEADER_WITHIN,
            examples=words.examples,
        )
    headers = [str(cell).strip() if cell is not None else "" for cell in head[best][1]]

    def body() -> Iterator[tuple[int, Sequence[Any]]]:
        yield from head[best + 1 :]
        yield from rows

    return Sheet(headers, body(), notices)


def columns_of(headers: Sequence[str], words: Vocabulary = LEDGER) -> dict[str, int]:
    """Which column holds which field, as far as the headers say.

    Errors: `InputRefused` if two columns claim the same field.
    """
    columns: dict[str, int] = {}
    for at, header in enumerate(headers):
        key = words.known.get(plain(header))
        if key is None:
            continue
        if key in columns:
            raise InputRefused(
                "header_twice",
                "Two columns hold the same field: “%(first)s” and “%(second)s”. Rename or remove one of them.",
                field="file",
                first=headers[columns[key]],
                second=header,
            )
        columns[key] = at
    return columns
