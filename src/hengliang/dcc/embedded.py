"""Receipts and certificates inside files: put into an XML before it is signed, taken out of XML and PDF.

In XML the receipt stands in `dcc:comment`, where every schema version lets foreign elements stand; in a PDF/A-3
the XML is attached under a fixed name, with the receipt inside it. Streams are decompressed up to a bound.
"""

import base64
import io
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pyhanko.pdf_utils.reader import PdfFileReader

from hengliang.dcc.document import DCC, DS, MAX_BYTES, RECEIPT, RECEIPT_SPACE, parse_certificate, text_of
from hengliang.dcc.errors import CertificateRefused, NotWritable

XML_NAME = "certificate.xml"
ORIGINAL = "-original.pdf"
MAX_PDF_BYTES = 64 * 1024 * 1024
MAX_ATTACHMENTS = 64
_TAIL = 2048  # bytes at the end of a PDF in which its index is named (ISO 32000-2, 7.5.5; readers allow 1024)


def embed_receipt(content: bytes, receipt: bytes) -> bytes:
    """The certificate with the receipt in it. Raises NotWritable for one that is signed or carries a comment."""
    root = parse_certificate(content)
    if root.find(f"{DS}Signature") is not None:
        raise NotWritable(where="a receipt", reason="the certificate is signed; embed first, then sign")
    if root.find(f"{DCC}comment") is not None:
        raise NotWritable(where="a receipt", reason="the certificate carries a comment already")
    comment = etree.Element(f"{DCC}comment")
    holder = etree.SubElement(comment, RECEIPT, nsmap={"hl": RECEIPT_SPACE})
    holder.text = base64.b64encode(receipt).decode()
    results = root.find(f"{DCC}measurementResults")
    if results is None:
        raise NotWritable(where="a receipt", reason="the certificate has no results")
    results.addnext(comment)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def receipt_in(root: etree._Element) -> bytes | None:
    """The embedded receipt, None without one. Raises CertificateRefused for one that can't be read."""
    found = root.findall(f"{DCC}comment/{RECEIPT}")
    if not found:
        return None
    if len(found) > 1:
        raise CertificateRefused(reason=f"it carries {len(found)} receipts; one belongs to a certificate")
    try:
        return base64.b64decode(text_of(found[0]), validate=True)
    except ValueError as fault:  # also for letters beyond ASCII
        raise CertificateRefused(reason=f"its receipt is not Base64: {fault}") from fault


def certificate_in_pdf(content: bytes) -> bytes | None:
    """The XML attached to a PDF, None without one. Raises CertificateRefused."""
    if len(content) > MAX_PDF_BYTES:
        raise CertificateRefused(reason=f"it has {len(content)} bytes; a certificate has at most {MAX_PDF_BYTES}")
    if not ends_as_pdf(content):
        raise CertificateRefused(reason="it does not end as a PDF does; get the whole file again")
    attached = [data for name, data in _attached(content) if name == XML_NAME]
    if len(attached) > 1:
        raise CertificateRefused(reason=f"{XML_NAME} is attached {len(attached)} times")
    return attached[0] if attached else None


def original_in_pdf(content: bytes) -> str:
    """Name of the file as it was issued inside a copy that is marked as no longer good; empty where there is none.

    Raises CertificateRefused.
    """
    return next((name for name, data in _attached(content) if name.endswith(ORIGINAL) and data[:5] == b"%PDF-"), "")


def ends_as_pdf(content: bytes) -> bool:
    """Whether the end of the file names its index; without it the parser walks back through all of it."""
    return b"startxref" in content[-_TAIL:]


def _attached(content: bytes) -> list[tuple[str, bytes]]:
    try:
        return list(_attachments(content))
    except CertificateRefused:
        raise
    except Exception as fault:  # the parser meets hostile bytes: any failure of it refuses the file
        raise CertificateRefused(reason=f"its attachments can't be read: {type(fault).__name__}: {fault}") from fault


def _attachments(content: bytes) -> Iterator[tuple[str, bytes]]:
    reader = PdfFileReader(io.BytesIO(content), strict=False)
    names = _entry(reader.root, "/Names", {})
    waiting, seen = [_entry(names, "/EmbeddedFiles", {})], 0
    while waiting:
        node = waiting.pop()
        kids = _entry(node, "/Kids", ())
        waiting.extend(kids[at] for at in range(len(kids)))  # by index: only so are references followed
        pairs = _entry(node, "/Names", ())
        for at in range(0, len(pairs) - 1, 2):
            seen += 1
            if seen > MAX_ATTACHMENTS:
                raise CertificateRefused(reason=f"it has more than {MAX_ATTACHMENTS} attachments")
            yield str(pairs[at]), _bounded(pairs[at + 1]["/EF"]["/F"])
        if len(waiting) > MAX_ATTACHMENTS:
            raise CertificateRefused(reason="its list of attachments is nested too wide")


def _entry(node: Any, name: str, otherwise: Any) -> Any:
    try:
        return node[name]  # `get` would not follow a reference
    except KeyError:
        return otherwise


def _bounded(stream: Any) -> bytes:
    packed = bytes(stream.encoded_data)
    kind = stream.get("/Filter", None)
    names = [str(one) for one in kind] if isinstance(kind, list) else [str(kind)]
    if names == ["/FlateDecode"]:
        content = zlib.decompressobj().decompress(packed, MAX_BYTES + 1)
    elif kind is None:
        content = packed
    else:
        raise CertificateRefused(reason=f"an attachment is packed with {names}")
    if len(content) > MAX_BYTES:
        raise CertificateRefused(reason=f"an attachment has more than {MAX_BYTES} bytes")
    return content
