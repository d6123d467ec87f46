"""CSV and pasted cells, whatever the encoding and the separator."""

import csv
import io
from collections.abc import Iterator, Sequence

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.core.pages.table.export import unescape_formula
from hengliang.platform.registry.imports import limits
from hengliang.platform.registry.imports.sheet import LEDGER, Notice, Sheet, Vocabulary, split
from hengliang.platform.registry.imports.workbook import too_large

# Tried in this order. GB 18030 accepts nearly all bytes, UTF-8 nearly none that are not UTF-8.
_ENCODINGS = (("utf-8-sig", "UTF-8"), ("gb18030", "GB 18030"))
_SEPARATORS = ("\t", ",", ";", "，")


def read_csv(content: bytes, words: Vocabulary = LEDGER) -> Sheet:
    """A CSV file in UTF-8 (with or without mark), UTF-16 with mark, or GB 18030.

    Errors: `InputRefused` for other bytes, and for more than is read at once.
    """
    text, encoding = decode(content)
    sheet = read_text(text, words)
    if encoding != "UTF-8":
        sheet.notices.append(Notice("encoding", {"encoding": encoding}))
    return sheet


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        candidates: tuple[tuple[str, str], ...] = (("utf-16", "UTF-16"),)
    else:
        candidates = _ENCODINGS
    for codec, name in candidates:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text[:4096]:
            return text, name
    raise InputRefused(
        "no_text",
        "The file is neither a workbook nor a text in UTF-8 or GB 18030. Save it anew as .xlsx or as “CSV UTF-8”.",
        field="file",
    )


def read_text(text: str, words: Vocabulary = LEDGER) -> Sheet:
    """Cells pasted from a sheet, or the text of a CSV file.

    Errors: `InputRefused` if there is no header, or more than is read at once.
    """
    before = csv.field_size_limit(limits.MAX_FILE_BYTES)
    try:
        return split(rows_of_text(text), [], words)
    finally:
        csv.field_size_limit(before)  # the limit is the whole process's


def rows_of_text(text: str, separator: str = "", most: int | None = None) -> Iterator[tuple[int, Sequence[str]]]:
    """The numbered rows of a text, at most so many (a ledger’s, if not said); without a `separator` it is found out.

    Errors: `InputRefused` for one that breaks off in a quoted cell, or has more than is read at once.
    """
    found = separator or _separator(text)
    lines = _Unquoted(text, found) if '"' not in text else csv.reader(io.StringIO(text, newline=""), delimiter=found)
    escaped, most = "'" in text, most or limits.MAX_ROWS
    try:
        for at, row in enumerate(lines, start=1):
            if at > most + limits.HEADER_WITHIN or len(row) > limits.MAX_COLUMNS:
                raise too_large(most)
            yield at, [unescape_formula(cell) for cell in row] if escaped else row
    except csv.Error as fault:
        raise InputRefused(
            "csv_broken", "The text breaks off after row %(row)s: a quotation mark is not closed.", row=lines.line_num
        ) from fault


class _Unquoted:
    """The rows of a text without quotation marks: what `csv.reader` gives of it, in a third of the time and memory."""

    def __init__(self, text: str, separator: str) -> None:
        self._text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
        self._separator, self.line_num = separator, 0

    def __iter__(self) -> Iterator[list[str]]:
        text, separator, at = self._text, self._separator, 0
        while (end := text.find("\n", at)) >= 0:
            yield text[at:end].split(separator) if end > at else []
            at = end + 1
        if at < len(text):
            yield text[at:].split(separator)


def _separator(text: str) -> str:
    """The separator that occurs most in the first lines."""
    head = text[:4096]
    return max(_SEPARATORS, key=head.count) if any(s in head for s in _SEPARATORS) else ","
