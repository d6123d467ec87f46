"""A filled form as XLSX and as PDF, from its content as data: computed today, or as it was signed."""

import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import override

from hengliang.platform.core.pages.table.export import escape_formula
from hengliang.platform.core.pages.words import titled
from hengliang.platform.verification.papers import Sheet, sheet_pdf
from hengliang.platform.verification.papers.fill import Grid
from hengliang.platform.verification.papers.slips import PAPER_LANGUAGE

NAME_WIDTH = 3.0


def heads(content: dict[str, Any]) -> list[str]:
    """The heads of the columns, with their units."""
    return [f"{titled(one)}（{titled(one['unit'])}）" for one in content["columns"]]


def statistics_sheet(content: dict[str, Any], whose: str) -> bytes:
    """As XLSX: values as numbers, what is missing in words, the same of a year ago on a second sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, key in ((content["period"], "values"), (_("a year ago"), "before")):
            sheet = book.add_worksheet(str(name)[:31])
            sheet.write(0, 0, escape_formula(f"{titled(content['title'])} {content['period']} {whose}"))
            sheet.write_row(1, 0, [_("Name"), *heads(content)])
            for at, line in enumerate(content["lines"], start=2):
                sheet.write(at, 0, escape_formula(line["name"] or _("Total")))
                sheet.write_row(at, 1, [Decimal(v) if v is not None else _("missing") for v in line[key]])
    return out.getvalue()


def statistics_pdf(content: dict[str, Any], whose: str, *, number: str = "", signs: Sequence[str] = ()) -> bytes:
    """As PDF/A on A4 across, with the filling note, and names where it is signed."""
    with override(PAPER_LANGUAGE):
        rows = [
            [line["name"] or "合计", *(value if value is not None else "缺" for value in line["values"])]
            for line in content["lines"]
        ]
        head = ["", *heads(content)]
        sheet = Sheet(
            title=titled(content["title"]), number=number, body=whose,
            lines=[("统计期", content["period"]), ("表式版次", f"{content['form']} {content['edition']}")],
            tables=[Grid("", head, [NAME_WIDTH, *([1.0] * (len(head) - 1))], rows)],
            terms=["“缺”表示没有来源，不是零；合计由全部记录计算，不由各行相加。"],
            signs=["填表人", "审核人", "单位（盖章）"] if not signs else [],
            texts=list(signs), foot=f"{content['form']} {content['edition']}", wide=True,
        )  # fmt: skip
    return sheet_pdf(sheet)
