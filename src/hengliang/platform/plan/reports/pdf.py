"""The report as PDF, fonts embedded."""

from importlib.resources import files

from hengliang.platform.core.typst import typeset
from hengliang.platform.plan.reports.content import Report

TEMPLATE = files("hengliang.platform.plan") / "templates" / "plan" / "assessment.typ"


def report_pdf(report: Report) -> bytes:
    """The bytes of the report."""
    return typeset(TEMPLATE, report.as_data())
