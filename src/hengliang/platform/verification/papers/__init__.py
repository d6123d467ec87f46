"""Papers on A4: a layout with filling rules as a norm, values from the ledger, one page template."""

from hengliang.platform.verification.papers.fill import PaperIncomplete, Sheet, filled
from hengliang.platform.verification.papers.layout import Layout, layout_of
from hengliang.platform.verification.papers.sheet import sheet_pdf

__all__ = ["Layout", "PaperIncomplete", "Sheet", "filled", "layout_of", "sheet_pdf"]
