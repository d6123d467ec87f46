"""The first rows of a bench's file, small enough to travel with the page on which its profile is drawn up."""

import base64
import binascii
import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.cells import text_of
from hengliang.platform.registry.imports.sheet import plain
from hengliang.platform.registry.imports.workbook import rows_of_workbook
from hengliang.platform.verification.benches.files import BenchFile, open_content
from hengliang.platform.verification.benches.layouts import Layout
from hengliang.platform.verification.benches.profile import known_headers

MOST_BYTES = 48 * 1024
MOST_ROWS = 600
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_16 = {b"\xff\xfe": b"\n\x00", b"\xfe\xff": b"\x00\n"}


def sample_of(content: bytes) -> str:
    """The first rows of a file, as base64; a workbook as text.

    Errors: `InputRefused` for an empty file, one that is too large, or a workbook that can't be opened.
    """
    if not content:
        raise InputRefused("file_empty", "The file is empty.", field="file")
    if len(content) > limits.MAX_FILE_BYTES:
        raise InputRefused(
            "file_too_large", "The file is larger than %(size)s MB. Split it, or save it without pictures.",
            field="file", size=limits.MAX_FILE_BYTES // 2**20,
        )  # fmt: skip
    if content.startswith(_OLD_WORKBOOK):
        raise InputRefused(
            "old_workbook",
            "This is a workbook of the old kind (.xls), or one with a password. Save it as .xlsx.",
            field="file",
        )
    taken = _of_workbook(content) if content.startswith(_ZIP) else _of_text(content)
    return base64.b64encode(taken).decode()


def bytes_of(sample: str) -> bytes:
    """The bytes of a sample.

    Errors: `InputRefused` for what is none.
    """
    try:
        return base64.b64decode(sample, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise InputRefused(
            "sample_unreadable", "The sample can't be read. Send the file again.", field="file"
        ) from fault


def opened(sample: str, layout: Layout, own_headers: list[str] | None = None) -> BenchFile:
    """The sample as a file of this layout.

    Errors: `InputRefused` as of any file of a bench.
    """
    known = known_headers() | {plain(header) for header in own_headers or ()}
    return open_content(bytes_of(sample), known, layout)


def _of_text(content: bytes) -> bytes:
    if len(content) <= MOST_BYTES:
        return content
    taken = content[:MOST_BYTES]
    end = _UTF_16.get(content[:2])
    if end is None:
        cut = taken.rfind(b"\n") + 1
    else:
        at = taken.rfind(end)
        while at > 0 and at % 2:
            at = taken.rfind(end, 0, at)
        cut = at + 2
    return taken[:cut] or taken


def _of_workbook(content: bytes) -> bytes:
    known = known_headers()

    def count(cells: Sequence[Any]) -> int:
        return sum(isinstance(cell, str) and plain(cell[:100]) in known for cell in cells)

    with TemporaryDirectory() as folder:
        path = Path(folder) / "sample.xlsx"
        path.write_bytes(content)
        rows, _notices = rows_of_workbook(path, count)
        out = io.StringIO()
        writer = csv.writer(out)
        for row in _texts(islice(rows, MOST_ROWS)):
            writer.writerow(row)
            if out.tell() > MOST_BYTES // 2:  # a Chinese character takes up to three bytes
                break
    return out.getvalue().encode("utf-8-sig")


def _texts(rows: Iterator[tuple[int, Sequence[Any]]]) -> Iterator[list[str]]:
    """The rows in their places: one that the workbook leaves out stands as an empty one."""
    last = 0
    for number, cells in rows:
        yield from ([] for _gap in range(last + 1, number))
        yield [text_of(cell) for cell in cells]
        last = number
