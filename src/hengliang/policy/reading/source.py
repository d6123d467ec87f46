"""Opens a file, tells its kind by its content, and gives its text."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hengliang.policy.errors import DocumentTooLarge, EmptyDocument
from hengliang.policy.reading import docx, html, pdf, plain
from hengliang.policy.reading.kinds import kind_of
from hengliang.policy.reading.language import require_chinese
from hengliang.policy.reading.limits import MAX_BYTES, MAX_CHARACTERS, MAX_LINES


@dataclass(frozen=True)
class SourceText:
    """Text as received, with the kind of file and the encoding that was found."""

    text: str
    kind: str
    encoding: str


_READERS: dict[str, Callable[[bytes], tuple[str, str]]] = {
    "txt": plain.read,
    "html": html.read,
    "docx": docx.read,
    "pdf": pdf.read,
}


def read_file(path: Path) -> SourceText:
    """The text of a file.

    Raises: `PolicyError` for what can't be read; `OSError` where there is no such file.
    """
    size = path.stat().st_size
    _refuse_large(size)
    return read_bytes(path.read_bytes())


def read_bytes(content: bytes) -> SourceText:
    """The text of a document held in memory.

    Raises: `PolicyError` for what can't be read.
    """
    _refuse_large(len(content))
    if not content.strip(b" \t\r\n\x00"):
        raise EmptyDocument(detail="the file is empty", remedy="Choose another file.")
    kind = kind_of(content)
    text, encoding = _READERS[kind](content)
    if len(text) > MAX_CHARACTERS:
        raise DocumentTooLarge(size=len(text), unit="characters", limit=MAX_CHARACTERS)
    if text.count("\n") > MAX_LINES:
        raise DocumentTooLarge(size=text.count("\n"), unit="lines", limit=MAX_LINES)
    if not text.strip():
        raise EmptyDocument(detail="only blanks", remedy="Choose another file.")
    require_chinese(text)
    return SourceText(text, kind, encoding)


def _refuse_large(size: int) -> None:
    if size > MAX_BYTES:
        raise DocumentTooLarge(size=size, unit="bytes", limit=MAX_BYTES)
