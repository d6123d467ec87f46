"""Word documents: paragraphs and tables in their order, with the numbers that Word draws before them."""

import io
import re
import zipfile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from hengliang.policy.errors import DamagedDocument, DocumentTooLarge, EmptyDocument
from hengliang.policy.reading.limits import MAX_PART_BYTES, MAX_UNPACKED_BYTES
from hengliang.policy.reading.tables import Cell, table_lines
from hengliang.policy.reading.word_numbers import WordNumbers

_OWN_NUMBER = re.compile(
    r"第?[一二三四五六七八九十百]{1,4}[、章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.、．]|[①-⑳]"
)


def read(content: bytes) -> tuple[str, str]:
    """Text of a DOCX file; the encoding is always UTF-8.

    Raises: `DamagedDocument`, `DocumentTooLarge` (packed bombs included), `EmptyDocument`.
    """
    _refuse_bomb(content)
    try:
        document = docx.Document(io.BytesIO(content))
        lines = _lines(document)
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise DamagedDocument(kind="DOCX", detail=str(error) or type(error).__name__)
    if not any(line.strip() for line in lines):
        raise EmptyDocument(detail="DOCX without text", remedy="If it holds images, recognise their text first.")
    return "\n".join(lines), "utf-8"


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
    """The cells of a table; those of a merged one are the same element."""
    seen: set[object] = set()  # the elements themselves: an id may be given out again
    grid = []
    for row in table.rows:
        cells = []
        for cell in row.cells:
            cells.append(Cell(cell.text, continued=cell._tc in seen))
            seen.add(cell._tc)
        grid.append(cells)
    return grid


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = [entry.file_size for entry in archive.infolist()]
        parts = [entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
    if sum(sizes) > MAX_UNPACKED_BYTES:
        raise DocumentTooLarge(size=sum(sizes), unit="bytes unpacked", limit=MAX_UNPACKED_BYTES)
    if max(parts, default=0) > MAX_PART_BYTES:
        raise DocumentTooLarge(size=max(parts), unit="bytes of text unpacked", limit=MAX_PART_BYTES)
