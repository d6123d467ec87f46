"""The files of benches: kept under their hash, read with bounds, whatever encoding and kind they are of."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.holding import Held, hold
from hengliang.platform.registry.imports.limits import HEADER_WITHIN
from hengliang.platform.registry.imports.sheet import Notice, plain
from hengliang.platform.registry.imports.text import decode, rows_of_text
from hengliang.platform.registry.imports.workbook import rows_of_workbook
from hengliang.platform.verification.benches.layouts import MOST_LONG_ROWS, Layout, decoded, position
from hengliang.platform.verification.benches.profile import known_headers

_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_BYTES = 128 * 2**20  # 100,000 meters with a row a load point, each with all particulars, are 90 MB
_AT_LEAST = 2  # headers that are known, for a row to be the row of headers


class Between(NamedTuple):
    """What rows of one meter say against each other: the column, what is wrong, and the row in which it stands."""

    column: int
    code: str
    value: str
    hint: str
    row: int


@dataclass
class BenchFile:
    """A file as it was opened: headers, and rows with their numbers, to be read once.

    `closed` tells whether the last row ends with a line break; a file that was cut off mostly does not.
    `plain`: every cell is a text.
    `between`: by the number of a row, what the rows that it was folded from say against each other.
    """

    headers: list[str]
    rows: Iterator[tuple[int, Sequence[Any]]]
    notices: list[Notice]
    closed: bool = True
    plain: bool = False
    between: Mapping[int, list[Between]] = field(default_factory=dict)

    def row_of(self, number: int, _column: int) -> int:
        """The row of the file in which a cell stands."""
        return number


def keep(chunks: Iterable[bytes]) -> Held:
    """Keep the file of a bench as it came.

    Errors: `InputRefused` if it is empty or too large.
    """
    return hold(chunks, folder(), MOST_BYTES)


def folder() -> Path:
    """Where the files of benches are kept: for good, they are the original records."""
    return Path(settings.MEDIA_ROOT) / "benches"


def open_file(sha256: str, own_headers: Iterable[str] = (), layout: Layout | None = None) -> BenchFile:
    """Open a file that is kept; its bytes decide what it is, not its name. `layout`: as a profile says, else found out.

    Errors: `InputRefused` for a file that can't be read, is gone, or has no headers that are known.
    """
    path = folder() / sha256
    if not path.is_file():
        raise InputRefused("file_gone", "The file is no longer here. Send it again.", field="file")
    return open_path(path, own_headers, layout or Layout())


def open_path(path: Path, own_headers: Iterable[str], layout: Layout) -> BenchFile:
    """Open a file where it lies.

    Errors: as of `open_file`.
    """
    known = known_headers() | {plain(header) for header in own_headers}
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD_WORKBOOK:
        raise InputRefused(
            "old_workbook",
            "This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx.",
            field="file",
        )
    if start == _ZIP:
        rows, notices = rows_of_workbook(path, lambda cells: _known(cells, known), _most_rows(layout))
        return _split(rows, notices, known, layout)
    return open_content(path.read_bytes(), known, layout)


def open_content(content: bytes, known: frozenset[str] | set[str], layout: Layout) -> BenchFile:
    """Open the bytes of a text.

    Errors: as of `open_file`.
    """
    text, encoding = (decoded(content, layout.encoding), "") if layout.encoding else decode(content)
    notices = [] if encoding in ("", "UTF-8") else [Notice("encoding", {"encoding": encoding})]
    opened = _split(rows_of_text(text, layout.separator, _most_rows(layout)), notices, known, layout)
    opened.closed, opened.plain = text.endswith(("\n", "\r")), True
    return opened


def _most_rows(layout: Layout) -> int | None:
    return None if layout.long is None else MOST_LONG_ROWS


def _split(
    rows: Iterator[tuple[int, Sequence[Any]]], notices: list[Notice], known: frozenset[str] | set[str], layout: Layout
) -> BenchFile:
    """The headers, and the rows below them; what stands above is a title."""
    head: list[tuple[int, Sequence[Any]]] = []
    for row in rows:
        head.append(row)
        if len(head) == max(HEADER_WITHIN, (layout.skip or 0) + 1):
            break
    best = _row_of_headers(head, known, layout)
    if layout.headers:
        headers, first = [text_of(cell) for cell in head[best][1]], best + 1
    else:
        headers, first = [position(at) for at in range(len(head[best][1]))], best
    while headers and not headers[-1]:
        headers.pop()

    def body() -> Iterator[tuple[int, Sequence[Any]]]:
        yield from head[first:]
        yield from rows

    return BenchFile(headers, body(), notices)


def _row_of_headers(head: Sequence[tuple[int, Sequence[Any]]], known: frozenset[str] | set[str], layout: Layout) -> int:
    """As the layout says; else the one among the first rows in which most headers are known, or the widest."""
    counts = [_known(cells, known) for _at, cells in head]
    best = max(range(len(head)), key=lambda at: (counts[at], -at), default=-1)
    if best < 0 or (layout.skip or 0) >= len(head):
        raise InputRefused("no_rows", "There are no rows below the headers. Fill in at least one.", field="file")
    if layout.skip is not None or not layout.headers:
        return layout.skip or 0
    return best if counts[best] >= _AT_LEAST else _widest(head)


def _known(cells: Sequence[Any], known: frozenset[str] | set[str]) -> int:
    """How many cells of a row are headers that are known."""
    return sum(1 for cell in cells if isinstance(cell, str) and plain(cell[:100]) in known)


def _widest(head: Sequence[tuple[int, Sequence[Any]]]) -> int:
    """Of an unknown layout, the first row with the most texts: its headers are then matched by hand."""
    widths = [sum(1 for cell in cells if isinstance(cell, str) and cell.strip()) for _at, cells in head]
    return widths.index(max(widths))
