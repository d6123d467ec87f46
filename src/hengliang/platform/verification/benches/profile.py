"""Mapping profiles: which column of a bench's file holds which reading of the record.

Shipped ones are YAML files beside; a body lays its own headers over one of them (`BenchProfile`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _

from hengliang.platform.core.pages.words import titled
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.verification.benches.conversions import Conversion, with_point
from hengliang.platform.verification.benches.layouts import COMMA, Layout, layout_from


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, the headers by which it is known, and what is done to its cells.

    words : what a word of the file means; prefix, suffix : what may stand around the value and is taken off
    default : what counts where the column is missing or empty
    form : of a day: in which order year, month and day stand; empty: found out
    comma : whether the file writes a decimal comma; conversion : from the unit and sign of the file
    """

    key: str
    names: tuple[str, ...]
    required: bool = True
    default: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    prefix: str = ""
    suffix: str = ""
    title: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    comma: bool = False
    conversion: Conversion | None = None

    @property
    def as_written(self) -> bool:
        """Whether nothing is done to its cells."""
        return not (self.default or self.words or self.prefix or self.suffix or self.comma or self.conversion)

    @property
    def header(self) -> str:
        """How the column is called in the reader's language."""
        return titled(self.title) if self.title else self.names[0]

    def meant(self, text: str) -> str:
        """What a cell says: the default where it is empty, a word by its meaning, a value without what stands around.

        >>> Column("ratio", ("R",), prefix="R").meant("R100")
        '100'
        """
        if not text:
            return self.words.get(self.default, self.default)
        if text in self.words:
            return self.words[text]
        text = text.removeprefix(self.prefix).removesuffix(self.suffix) if self.prefix or self.suffix else text
        text = with_point(text) if self.comma else text
        return self.conversion.of(text) if self.conversion else text


@dataclass(frozen=True, slots=True)
class Reading:
    """A column that holds a reading, and the place of the reading in the record.

    fixed : cells of its row that are the same in each record; `@name` stands for that attribute of the meter
    run : the run that it belongs to, from 1; 0 for a cell that is read once
    """

    column: Column
    item: str
    cell: str
    point: str | None = None
    run: int = 0
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Profile:
    """One layout of files: what it is for, its attributes and readings in order.

    draft : shipped, but held against no file of a maker yet
    """

    id: str
    words: Mapping[str, str]
    items: tuple[str, ...]
    identity: tuple[Column, ...]
    attributes: tuple[Column, ...]
    readings: tuple[Reading, ...]
    document: Mapping[str, Any]
    file: Layout = field(default_factory=Layout)
    draft: bool = False

    @property
    def title(self) -> str:
        """Its name in the reader's language, with what it is worth."""
        return _("%(name)s (draft)") % {"name": titled(self.words)} if self.draft else titled(self.words)

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns, in the order in which a template has them."""
        return (*self.identity, *self.attributes, *(reading.column for reading in self.readings))

    def column(self, key: str) -> Column:
        """The column of a key."""
        return next(column for column in self.columns if column.key == key)

    def laid_over(self, headers: Mapping[str, str]) -> "Profile":
        """This profile with the headers of a body's own bench before its own names."""

        def with_own(column: Column) -> Column:
            own = headers.get(column.key)
            return replace(column, names=(own, *column.names)) if own else column

        return replace(
            self,
            document={
                **self.document,
                "identity": [_named(row, headers) for row in self.document["identity"]],
                "attributes": [_named(row, headers) for row in self.document["attributes"]],
                "readings": [_named(row, headers) for row in self.document["readings"]],
            },
            identity=tuple(map(with_own, self.identity)),
            attributes=tuple(map(with_own, self.attributes)),
            readings=tuple(replace(reading, column=with_own(reading.column)) for reading in self.readings),
        )


@cache
def shipped() -> dict[str, Profile]:
    """The profiles that are shipped, by id."""
    folder = files(__package__) / "profiles"
    told = {name.name: yaml.safe_load(name.read_text("utf-8")) for name in folder.iterdir() if _is_profile(name.name)}
    identity = told.pop("identity.yaml")["columns"]
    whole = {row["id"]: {**row, "identity": identity} for row in told.values() if "base" not in row}
    long = {row["id"]: {**whole[row["base"]], **row} for row in told.values() if "base" in row}
    found = [*sorted(whole.items()), *sorted(long.items())]
    return {id_: profile_from(row) for id_, row in found}


def profile_from(document: Mapping[str, Any]) -> Profile:
    """The profile that a document says; `documents.examined` asks first whether it is one."""
    layout = layout_from(document.get("file", {}))
    comma = layout.decimal == COMMA
    return Profile(
        id=document["id"],
        words=document["title"],
        items=tuple(document["items"]),
        identity=tuple(_column(row) for row in document["identity"]),
        attributes=tuple(_column(row, required="default" not in row, comma=comma) for row in document["attributes"]),
        readings=tuple(_reading(row, comma=comma) for row in document["readings"]),
        document=document,
        file=layout,
        draft=document.get("draft", False),
    )


def _is_profile(name: str) -> bool:
    return name.endswith(".yaml")


def _named(row: Mapping[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any]:
    own = headers.get(row["key"])
    return {**row, "names": [own, *row["names"]]} if own else row


def _column(row: Mapping[str, Any], *, required: bool = False, comma: bool = False) -> Column:
    preset = row.get("preset")
    return Column(
        key=row["key"],
        names=tuple(map(str, row["names"])),
        required=row.get("required", required),
        default=row.get("default", ""),
        words=row.get("words", {}),
        prefix=row.get("prefix", ""),
        suffix=row.get("suffix", ""),
        title=row.get("title", {}),
        form=row.get("form", ""),
        comma=comma,
        conversion=Conversion(
            row["unit"], row["wanted"], Decimal(preset) if preset else None, row.get("reversed", False)
        )
        if "unit" in row
        else None,
    )


def _reading(row: Mapping[str, Any], *, comma: bool = False) -> Reading:
    return Reading(
        column=_column(row, required=not row.get("optional", False), comma=comma),
        item=row["item"],
        cell=row["cell"],
        point=row.get("point"),
        run=row.get("run", 0),
        fixed={name: str(value) for name, value in row.get("with", {}).items()},
    )


def headers_of(profile: Profile) -> list[str]:
    """Every header that a file of a profile may have."""
    long = profile.file.long.columns if profile.file.long else ()
    return [name for names in (*(column.names for column in profile.columns), *long) for name in names]


def known_headers() -> frozenset[str]:
    """Every header of a shipped profile, as headers are compared."""
    return frozenset(plain(name) for one in shipped().values() for name in headers_of(one))
