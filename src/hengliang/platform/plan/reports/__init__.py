"""The report of an assessment: its content once, that as DOCX and as PDF, and both kept once it is accepted."""

from hengliang.platform.plan.reports.content import Report, report_of
from hengliang.platform.plan.reports.docx import report_docx
from hengliang.platform.plan.reports.kept import kept_report, report_bytes, report_keep
from hengliang.platform.plan.reports.pdf import report_pdf

__all__ = ["Report", "kept_report", "report_bytes", "report_docx", "report_keep", "report_of", "report_pdf"]
