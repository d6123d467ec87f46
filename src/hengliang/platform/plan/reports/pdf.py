"""The report as PDF, fonts embedded. Its content goes in as JSON, never as markup: no text can break the page."""

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

from hengliang.platform.plan.reports.content import Report

TEMPLATE = files("hengliang.platform.plan") / "templates" / "plan" / "assessment.typ"


@cache
def _fonts() -> str:
    import pylopdf_fonts_zh_cn

    return str(Path(pylopdf_fonts_zh_cn.__file__).parent)


def report_pdf(report: Report) -> bytes:
    """The bytes of the report."""
    import typst  # only who prints a report pays

    inputs = {"data": json.dumps(report.as_data(), ensure_ascii=False)}
    return bytes(
        typst.compile(
            str(TEMPLATE), sys_inputs=inputs, font_paths=[_fonts()], ignore_system_fonts=True, pdf_standards="a-3b"
        )
    )
