"""Word documents: paragraphs and tables in their order, with the numbers that Word only draws left out."""

import io
import zipfile

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table

from hengliang.policy.errors import DamagedDocument, DocumentTooLarge, EmptyDocument
from hengliang.policy.reading.limits import MAX_PART_BYTES, MAX_UNPACKED_BYTES
from hengliang.policy.reading.tables import table_lines


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
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += table_lines([[cell.text for cell in row.cells] for row in block.rows])
        else:
            lines += block.text.splitlines()
    return lines


def _refuse_bomb(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sizes = [entry.file_size for entry in archive.infolist()]
        parts = [entry.file_size for entry in archive.infolist() if entry.filename.endswith((".xml", ".rels"))]
    if sum(sizes) > MAX_UNPACKED_BYTES:
        raise DocumentTooLarge(size=sum(sizes), unit="bytes unpacked", limit=MAX_UNPACKED_BYTES)
    if max(parts, default=0) > MAX_PART_BYTES:
        raise DocumentTooLarge(size=max(parts), unit="bytes of text unpacked", limit=MAX_PART_BYTES)
