"""Word documents: paragraphs and tables in their order, with the numbers that Word draws before them."""

import io
import re
import zipfile
import zlib

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.table import CT_Tc
from docx.table import Table
from docx.text.paragraph import Paragraph

from hengliang.policy.errors import DamagedDocument, DocumentTooLarge, EmptyDocument
from hengliang.policy.reading.limits import MAX_CELLS, MAX_COLUMNS, MAX_PART_BYTES, MAX_UNPACKED_BYTES
from hengliang.policy.reading.tables import Cell, table_lines
from hengliang.policy.reading.word_numbers import WordNumbers

# What the library meets in files that only look like Word's: parts that are not what their place says.
_BROKEN = (
    PackageNotFoundError, LookupError, ValueError, TypeError, AttributeError, SyntaxError, RecursionError,
    NotImplementedError, AssertionError, zipfile.BadZipFile, zlib.error, OSError,
)  # fmt: skip
_OWN_NUMBER = re.compile(
    r"第?[一二三四五六七八九十百]{1,4}[、章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、．]|[①-⑳]"
)


def read(content: bytes) -> tuple[str, str]:
    """Text of a DOCX file; the encoding is always UTF-8.

    Raises: `DamagedDocument`, `DocumentTooLarge` (packed bombs included), `EmptyDocument`.
    """
    try:
        _refuse_bomb(content)
        document = docx.Document(io.BytesIO(content))
        lines = _lines(document)
    except _BROKEN as error:
        raise DamagedDocument(kind="DOCX", detail=_reason(error))
    if not any(line.strip() for line in lines):
        raise EmptyDocument(detail="DOCX without text", remedy="If it holds images, recognise their text first.")
    return "\n".join(lines), "utf-8"


def _reason(error: Exception) -> str:
    """What is wrong, for people: the library's own words speak of its objects."""
    packed = isinstance(error, (zipfile.BadZipFile, zlib.error, OSError))
    return "its packing is damaged" if packed else "its parts are damaged, or it is no Word document"


def _lines(document: Document) -> list[str]:
    lines: list[str] = []
    numbers = WordNumbers(document)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += table_lines(_grid(block))
        else:
            lines += _paragraph(numbers.before(block), block.text)
    return lines


def _paragraph(number: str, text: str) -> list[str]:
    """Lines of a paragraph; a drawn number is left out where the text has one of its own."""
    lines = text.splitlines()
    if lines and number and not _OWN_NUMBER.match(lines[0].strip()):
        lines[0] = f"{number}{lines[0].strip()}"
    return lines


def _grid(table: Table) -> list[list[Cell]]:
    """The cells of a table, row by row; a merged one stands in every place that it covers.

    Every element is looked at once: the library's own `row.cells` walks upward from each cell of a merged column, and
    writes a cell out as often as its span says.
    """
    above: dict[int, str] = {}
    grid, count = [], 0
    for row in table._tbl.tr_lst:
        cells: list[Cell] = []
        for element in row.tc_lst:
            place = len(cells)
            span = max(min(element.grid_span, MAX_COLUMNS - place), 1)
            goes_on = element.vMerge == "continue" and place in above
            text = above[place] if goes_on else _text(element)
            cells += [Cell(text, continued=goes_on or step > 0) for step in range(span)]
            for step in range(span):
                above.pop(place + step, None)
                if element.vMerge is not None:
                    above[place + step] = text
        count += len(cells)
        if len(cells) > MAX_COLUMNS:
            raise DocumentTooLarge(size=len(cells), unit="columns of a table", limit=MAX_COLUMNS)
        if count > MAX_CELLS:
            raise DocumentTooLarge(size=count, unit="cells of a table", limit=MAX_CELLS)
        grid.append(cells)
    return grid


def _text(element: CT_Tc) -> str:
    return "\n".join(Paragraph(one, None).text for one in element.p_lst)  # type: ignore[arg-type]


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = [entry.file_size for entry in archive.infolist()]
        parts = [entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
    if sum(sizes) > MAX_UNPACKED_BYTES:
        raise DocumentTooLarge(size=sum(sizes), unit="bytes unpacked", limit=MAX_UNPACKED_BYTES)
    if max(parts, default=0) > MAX_PART_BYTES:
        raise DocumentTooLarge(size=max(parts), unit="bytes of text unpacked", limit=MAX_PART_BYTES)
