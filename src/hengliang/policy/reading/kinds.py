"""Tells the kind of a file by its first bytes, never by its name alone."""

import io
import re
import zipfile

from hengliang.policy.errors import DamagedDocument, UnsupportedFormat
from hengliang.policy.reading.language import chinese_score

_CONTROL_SHARE = 0.02  # more control characters than this are no text
_SURELY_CHINESE = 0.7

_FOREIGN: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Office file (DOC, XLS, WPS)", "Save it as DOCX."),
    (b"{\\rtf", "an RTF file", "Save it as DOCX."),
    (b"\x89PNG", "an image", "Recognise its text first (OCR) and save that as TXT."),
    (b"\xff\xd8\xff", "an image", "Recognise its text first (OCR) and save that as TXT."),
    (b"GIF8", "an image", "Recognise its text first (OCR) and save that as TXT."),
    (b"\x7fELF", "a program", "Choose the document itself."),
    (b"MZ\x90", "a program", "Choose the document itself."),
    (b"Rar!", "an archive", "Unpack it and choose the document."),
    (b"7z\xbc\xaf", "an archive", "Unpack it and choose the document."),
    (b"\x1f\x8b", "an archive", "Unpack it and choose the document."),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:p|div|table|br|meta)[\s/>]", re.I)


def kind_of(content: bytes) -> str:
    """One of `txt`, `html`, `docx`, `pdf`.

    Raises: `UnsupportedFormat` with the way out; `DamagedDocument` for a broken container.
    """
    for start, kind, remedy in _FOREIGN:
        if content.startswith(start):
            raise UnsupportedFormat(kind=kind, remedy=remedy)
    if b"%PDF-" in content[:1024]:
        return "pdf"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_container(content)
    if _looks_binary(content):
        raise UnsupportedFormat(kind="a binary file", remedy="Choose a TXT, HTML, DOCX or PDF file.")
    return "html" if _HTML.search(content[:4096].replace(b"\x00", b"")) else "txt"


def _kind_of_container(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise DamagedDocument(kind="DOCX", detail=str(error))
    if "word/document.xml" in names:
        return "docx"
    if "OFD.xml" in names:
        raise UnsupportedFormat(kind="an OFD file", remedy="Export it as PDF or DOCX.")
    raise UnsupportedFormat(
        kind="an archive or an Office file other than DOCX", remedy="Choose a TXT, HTML, DOCX or PDF file."
    )


def _looks_binary(content: bytes) -> bool:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = content[:65536]
    if any(chinese_score(sample.decode(name, "ignore")) > _SURELY_CHINESE for name in ("utf-16-le", "utf-16-be")):
        return False
    controls = sum(sample.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 27))
    return controls > len(sample) * _CONTROL_SHARE
