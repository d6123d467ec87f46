"""PDF: its text layer, page by page, without running heads and page numbers."""

import io
import logging
import re
import time
from collections import Counter

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from hengliang.policy.errors import DamagedDocument, DocumentTooLarge, EmptyDocument
from hengliang.policy.reading.limits import MAX_CHARACTERS, MAX_PAGES, MAX_SECONDS

# What the library says of a damaged file goes to whoever listens, not to the command's error output.
logging.getLogger("pypdf").addHandler(logging.NullHandler())
_PAGE_NUMBER = re.compile(r"^\s*[-—–·]*\s*(?:第\s*)?\d{1,4}\s*(?:页)?\s*(?:/\s*\d+|共\s*\d+\s*页)?\s*[-—–·]*\s*$")


def read(content: bytes) -> tuple[str, str]:
    """Text of a PDF with a text layer.

    Raises: `DamagedDocument`, `DocumentTooLarge`, `EmptyDocument` (a scan).
    """
    try:
        pages = _pages(content)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        raise DamagedDocument(kind="PDF", detail=str(error)[:200] or type(error).__name__)
    text = "\n".join(line for page in _without_furniture(pages) for line in page)
    if not text.strip():
        raise EmptyDocument(detail="PDF without a text layer", remedy="Recognise its text first (OCR).")
    return text, "pdf"


def _pages(content: bytes) -> list[list[str]]:
    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise DamagedDocument(kind="PDF", detail="it asks for a password")
    if len(reader.pages) > MAX_PAGES:
        raise DocumentTooLarge(size=len(reader.pages), unit="pages", limit=MAX_PAGES)
    ends, characters = time.monotonic() + MAX_SECONDS, 0
    pages = []
    for page in reader.pages:
        lines = page.extract_text().splitlines()
        characters += sum(map(len, lines))
        if time.monotonic() > ends or characters > MAX_CHARACTERS:
            raise DocumentTooLarge(size=characters, unit="characters read in the time allowed", limit=MAX_CHARACTERS)
        pages.append(lines)
    return pages


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]} if line.strip())
    running = {line for line, count in edges.items() if len(pages) > 2 and count > len(pages) / 2}
    return [[line for line in page if line.strip() not in running and not _PAGE_NUMBER.match(line)] for page in pages]
