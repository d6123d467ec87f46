"""A certificate's XML as a bounded, harmless tree, and how its places are named.

Guarantee: no entity, document type or network address is followed; size, depth and number of elements are
bounded before a tree is built. Source: DCC and D-SI name spaces of PTB; OWASP on XML external entities.
"""

from functools import lru_cache
from pathlib import Path

from lxml import etree

from hengliang.dcc.errors import CertificateRefused
from hengliang.trust.errors import DocumentRefused
from hengliang.trust.xades import parse

DCC = "{https://ptb.de/dcc}"
SI = "{https://ptb.de/si}"
DS = "{http://www.w3.org/2000/09/xmldsig#}"
# Our receipt in the free element `dcc:comment`.
RECEIPT_SPACE = "urn:hengliang:receipt:1"
RECEIPT = f"{{{RECEIPT_SPACE}}}receipt"
ROOT = f"{DCC}digitalCalibrationCertificate"
MAX_BYTES = 32 * 1024 * 1024
# A tree takes some hundred bytes for each element, so many tiny ones cost more than their file.
MAX_TAGS = 1_000_000


def read_bytes(path: Path) -> bytes:
    """The bytes of a file that is small enough. Raises CertificateRefused, OSError."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise CertificateRefused(reason=f"it has {size} bytes; a certificate has at most {MAX_BYTES}")
    return path.read_bytes()


def parse_certificate(content: bytes) -> etree._Element:
    """The root of a certificate. Raises CertificateRefused, also for XML that is no DCC."""
    if len(content) > MAX_BYTES:
        raise CertificateRefused(reason=f"it has {len(content)} bytes; a certificate has at most {MAX_BYTES}")
    if content.count(b"<") > MAX_TAGS:
        raise CertificateRefused(reason=f"it has more than {MAX_TAGS} tags")
    try:
        root = parse(content)
    except DocumentRefused as fault:
        raise CertificateRefused(reason=str(fault.parameters["reason"])) from fault
    if root.tag != ROOT:
        raise CertificateRefused(reason=f"its root is {root.tag}, not {ROOT}: this is no DCC")
    return root


def place(element: etree._Element) -> str:
    """Where an element stands, for people: `…/result/data/list[2]/quantity (line 41)`."""
    steps: list[str] = []
    for one in (element, *element.iterancestors()):
        before = sum(1 for _ in one.itersiblings(str(one.tag), preceding=True)) if len(steps) < 4 else 0
        steps.append(f"{local(one)}[{before + 1}]" if before else local(one))
    shown = steps[:6][::-1]
    return f"{'…/' if len(steps) > 6 else '/'}{'/'.join(shown)} (line {element.sourceline})"


def local(element: etree._Element) -> str:
    """The name of an element without its name space."""
    return local_name(str(element.tag))


@lru_cache(maxsize=4096)
def local_name(tag: str) -> str:
    """A tag without its name space."""
    return tag.rpartition("}")[2]


def text_of(element: etree._Element | None) -> str:
    """The text of an element without blanks around it, empty when there is none."""
    return "" if element is None else (element.text or "").strip()


def child_of(element: etree._Element, tag: str) -> etree._Element | None:
    """The first child with this tag; `find` would read it as a path each time, which costs more than the search."""
    return next(element.iterchildren(tag), None)


def tokens(element: etree._Element | None) -> tuple[str, ...]:
    """The entries of an XML list."""
    return tuple(text_of(element).split())
