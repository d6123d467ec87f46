"""The report as a DOCX document to work on."""

import io
from typing import TYPE_CHECKING

from hengliang.platform.plan.reports.content import Grid, Report

if TYPE_CHECKING:
    import docx


def report_docx(report: Report) -> bytes:
    """The bytes of the document."""
    from docx import Document  # 0.2 s to import: only who writes a report pays

    document = Document()
    document.add_heading(report.title, 0)
    for label, value in report.facts:
        document.add_paragraph(f"{label}: {value}")
    for grid in report.grids:
        _table(document, grid)
    for title, texts in report.parts:
        document.add_heading(title, 1)
        for text in texts or ["–"]:
            document.add_paragraph(text or "–")
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _table(document: "docx.document.Document", grid: Grid) -> None:
    document.add_heading(grid.title, 1)
    table = document.add_table(rows=1, cols=len(grid.heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, grid.heads, strict=True):
        cell.text = text
    for row in grid.rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
