"""The report of an assessment: its content once, and that as DOCX and as PDF."""

from hengliang.platform.plan.reports.content import Report, report_of
from hengliang.platform.plan.reports.docx import report_docx
from hengliang.platform.plan.reports.pdf import report_pdf

__all__ = ["Report", "report_docx", "report_of", "report_pdf"]
