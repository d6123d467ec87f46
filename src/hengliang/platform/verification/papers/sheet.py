"""A filled sheet as PDF."""

from dataclasses import asdict
from importlib.resources import files

from hengliang.platform.core.typst import code_to_scan, typeset
from hengliang.platform.verification.papers.fill import Sheet

TEMPLATE = files("hengliang.platform.verification") / "papers" / "sheet.typ"


def sheet_pdf(sheet: Sheet, *, link: str = "") -> bytes:
    """The bytes of the PDF/A. `link` stands on it as a code to scan."""
    return typeset(TEMPLATE, asdict(sheet), qr=code_to_scan(link) if link else "", link=link)
