"""Writes the report of an evaluation: `report.html` and `worklist.xlsx`."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import xlsxwriter

from hengliang.readings.evaluation.run import Evaluation
from hengliang.readings.report.figures import MeterRow, meter_rows, work_list
from hengliang.readings.report.page import write_page
from hengliang.readings.report.words import Language, reason, word
from hengliang.readings.store.layout import write_whole

_CHINA = timezone(timedelta(hours=8), "UTC+8")
_HEAD = (
    "node",
    "meter",
    "state",
    "error",
    "u_stat",
    "u_gauge",
    "probability",
    "energy",
    "impact",
    "maker",
    "model",
    "year",
    "reason",
)
_SITE = ("visit", "visitor", "visit_day")
_PERCENT = (3, 4, 5, 6)
_WIDTHS = (16, 20, 10, 11, 13, 13, 11, 13, 16, 14, 12, 9, 60, 18, 10, 12)


def write_report(
    evaluation: Evaluation, folder: Path, *, language: Language = "zh", made: datetime | None = None
) -> None:
    """Write page and work list into a folder.

    made : time on the page, UTC; now without it
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = (made or datetime.now(UTC)).astimezone(_CHINA)
    page = write_page(evaluation, language, moment).encode()
    write_whole(folder / "report.html", lambda path: path.write_bytes(page))
    write_whole(folder / "worklist.xlsx", lambda path: _workbook(evaluation, path, language))


def _workbook(evaluation: Evaluation, path: Path, language: Language) -> None:
    rows = meter_rows(evaluation)
    # Names of meters and nodes come from files of others: never formulas, never links.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "percent": book.add_format({"num_format": "0.00%"}),
            "amount": book.add_format({"num_format": "#,##0.0"}),
        }
        _sheet(book, word("work", language), (*_HEAD, *_SITE), _cells(work_list(rows), language), styles, language)
        _sheet(book, word("meters", language), _HEAD, _cells(rows, language), styles, language)


def _cells(rows: Iterable[MeterRow], language: Language) -> list[Sequence[Any]]:
    found: list[Sequence[Any]] = []
    for row in rows:
        v = row.verdict
        numbers = (v["error"], v["u_stat"], v["u_gauge"], v["probability_beyond"], row.energy, row.impact)
        plate = (row.link.get(name, "") for name in ("maker", "model", "year"))
        found.append((row.node, v["meter"], word(v["state"], language), *numbers, *plate, reason(v, language)))
    return found


def _sheet(
    book: Any, name: str, head: Sequence[str], rows: Sequence[Sequence[Any]], styles: dict[str, Any], language: Language
) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
    for column, key in enumerate(head):
        sheet.set_column(column, column, _WIDTHS[column])
        sheet.write_string(0, column, word(key, language), styles["head"])
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(line, column, cell, styles["percent" if column in _PERCENT else "amount"])
            elif cell is not None:
                sheet.write_string(line, column, str(cell))
