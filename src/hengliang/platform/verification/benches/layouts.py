"""How the text of a bench's file is laid out: encoding, separator, lines above the headers, decimal mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hengliang.platform.core.errors import InputRefused

ENCODINGS = {"utf-8-sig": "UTF-8", "gb18030": "GB 18030", "utf-16": "UTF-16", "big5": "Big5", "cp1252": "Windows-1252"}
SEPARATORS = (",", ";", "\t", "|")
POINT, COMMA = "point", "comma"
MOST_SKIPPED = 50
MOST_LONG_ROWS = 4_000_000
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Long:
    """A file with several rows for a meter, one for each load point; each column by the headers that it may have.

    meter : the columns that say whose a row is; point : those that say at which point; value : those with what was read
    run : the column that counts the runs; repeated : instead, the same point again is the next run
    carried : a row that names no meter belongs to the one above it
    head : the word with which the line of a meter begins; the cells of that line are columns of their own: ^2, ^3 …
    """

    meter: tuple[Names, ...]
    point: tuple[Names, ...]
    value: tuple[Names, ...]
    run: Names = ()
    repeated: bool = False
    carried: bool = False
    head: str = ""

    @property
    def columns(self) -> tuple[Names, ...]:
        """All columns that it needs."""
        return (*self.meter, *self.point, *self.value, *((self.run,) if self.run else ()))


@dataclass(frozen=True, slots=True)
class Layout:
    """The text of a file; what is empty is found out from the file.

    skip : lines above the headers; None: the row in which most headers are known
    headers : whether there is a row of headers; without one the columns are called #1, #2 …
    long : how the rows of a meter are told, where it has several
    """

    encoding: str = ""
    separator: str = ""
    skip: int | None = None
    headers: bool = True
    decimal: str = POINT
    long: Long | None = None

    @property
    def found_out(self) -> bool:
        """Whether the file itself tells all."""
        return not (self.encoding or self.separator or self.skip is not None or not self.headers or self.long)


def decoded(content: bytes, encoding: str) -> str:
    """The text of a file in the encoding that its profile names.

    Errors: `InputRefused` if it is not of that encoding.
    """
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise InputRefused(
            "wrong_encoding",
            "The file is not in %(encoding)s, as its mapping profile says. Choose the right encoding in the profile.",
            field="file", encoding=ENCODINGS.get(encoding, encoding),
        ) from fault  # fmt: skip


def position(at: int) -> str:
    """How a column without a header of its own is called: by its place.

    >>> position(6)
    '#7'
    """
    return f"#{at + 1}"


def head_position(at: int) -> str:
    """How a cell of the line of a meter is called.

    >>> head_position(1)
    '^2'
    """
    return f"^{at + 1}"


def layout_from(told: Mapping[str, Any]) -> Layout:
    """The layout that a document says."""
    long = told.get("long")
    return Layout(**{**told, "long": long_from(long) if long else None})


def long_from(told: Mapping[str, Any]) -> Long:
    """How rows of a meter are told, from a document."""

    def listed(key: str) -> tuple[Names, ...]:
        return tuple(map(tuple, told[key]))

    return Long(
        listed("meter"), listed("point"), listed("value"), tuple(told.get("run", ())), told.get("repeated", False),
        told.get("carried", False), told.get("head", ""),
    )  # fmt: skip


def layout_told(layout: Layout) -> dict[str, Any]:
    """A layout as a document says it."""
    told: dict[str, Any] = {
        "encoding": layout.encoding, "separator": layout.separator, "decimal": layout.decimal, "skip": layout.skip,
        "headers": layout.headers,
    }  # fmt: skip
    long = layout.long
    if long is None:
        return told
    told["long"] = {key: [list(names) for names in getattr(long, key)] for key in ("meter", "point", "value")}
    told["long"] |= {"run": list(long.run)} if long.run else {}
    told["long"] |= {key: getattr(long, key) for key in ("repeated", "carried", "head") if getattr(long, key)}
    return told
