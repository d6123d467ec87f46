"""Writes the report of an evaluation: `report.html` and `worklist.xlsx`."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import xlsxwriter

from hengliang.readings.evaluation.run import Evaluation
from hengliang.readings.report.batch_part import lot_verdict, said
from hengliang.readings.report.figures import MeterRow, meter_rows, work_list
from hengliang.readings.report.page import write_page
from hengliang.readings.report.parts import heading
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
_PLATE = ("maker", "model", "year")
_BOUNDS = ("low", "high")
_BATCH = (*_PLATE, "meters", "in_nodes", "mean", *_BOUNDS, "spread", *_BOUNDS, "fraction", *_BOUNDS, "state", "reason")
_LOT = (*_PLATE, "lot_size", "fraction_data", "plain", "ac", "fused", "ac", "sample", "beyond", "state", "by_variables")
_SITE = ("visit", "visitor", "visit_day")
_PERCENT = (3, 4, 5, 6)
_WIDTHS = (16, 20, 10, 11, 13, 13, 11, 13, 16, 14, 12, 9, 60, 18, 10, 12)


def write_report(
    evaluation: Evaluation,
    folder: Path,
    *,
    language: Language = "zh",
    made: datetime | None = None,
    lots: Mapping[str, Any] | None = None,
) -> None:
    """Write page and work list into a folder.

    made : time on the page, UTC; now without it; lots : as `balance lot` gives them
    """
    folder.mkdir(parents=True, exist_ok=True)
    moment = (made or datetime.now(UTC)).astimezone(_CHINA)
    page = write_page(evaluation, language, moment, lots).encode()
    write_whole(folder / "report.html", lambda path: path.write_bytes(page))
    write_whole(folder / "worklist.xlsx", lambda path: _workbook(evaluation, path, language, lots))


def _workbook(evaluation: Evaluation, path: Path, language: Language, lots: Mapping[str, Any] | None) -> None:
    rows = meter_rows(evaluation)
    # Names of meters and nodes come from files of others: never formulas, never links.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "percent": book.add_format({"num_format": "0.00%"}),
            "amount": book.add_format({"num_format": "#,##0.0"}),
        }
        unit = word(f"{evaluation.settings.domain}_unit", language)
        listed = _cells(work_list(rows), language)
        _sheet(book, word("work", language), (*_HEAD, *_SITE), listed, styles, language, unit=unit)
        _sheet(book, word("meters", language), _HEAD, _cells(rows, language), styles, language, unit=unit)
        if evaluation.batches:
            cells = [_batch(one, language) for one in evaluation.batches]
            _sheet(book, word("batch", language), _BATCH, cells, styles, language, percent=range(5, 15))
        if lots is not None:
            _sheet(
                book,
                word("lots", language),
                _LOT,
                [_lot(one, language) for one in lots["lots"]],
                styles,
                language,
                percent=(4,),
            )


def _batch(one: Mapping[str, Any], language: Language) -> Sequence[Any]:
    numbers = [
        number
        for name, interval in (("mean", "mean"), ("spread", "spread"), ("fraction_beyond", "fraction"))
        for number in (one[name], *one[f"{interval}_interval"])
    ]
    plate = [one["batch"][name] for name in _PLATE]
    why = reason(said(one["reason"]), language)
    return (*plate, one["meters"], one["nodes"], *numbers, word(one["state"], language), why)


def _lot(lot: Mapping[str, Any], language: Language) -> Sequence[Any]:
    known = lot["belief"]["mean"] if lot["belief"]["worth"] else None
    plans = [
        number for plan in ("plain", "fused") for number in ((lot[plan] or {}).get("n"), (lot[plan] or {}).get("ac"))
    ]
    drawn = lot["sample"] or {}
    variables = lot["variables"]
    by_variables = "" if variables is None else word(f"lot_{variables['state']}", language)
    plate = [lot["batch"][name] for name in _PLATE]
    return (
        *plate,
        lot["lot"],
        known,
        *plans,
        drawn.get("n"),
        drawn.get("beyond"),
        lot_verdict(lot, language),
        by_variables,
    )


def _cells(rows: Iterable[MeterRow], language: Language) -> list[Sequence[Any]]:
    found: list[Sequence[Any]] = []
    for row in rows:
        v = row.verdict
        numbers = (v["error"], v["u_stat"], v["u_gauge"], v["probability_beyond"], row.energy, row.impact)
        plate = (row.link.get(name, "") for name in ("maker", "model", "year"))
        found.append((row.node, v["meter"], word(v["state"], language), *numbers, *plate, reason(v, language)))
    return found


def _sheet(
    book: Any,
    name: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    styles: dict[str, Any],
    language: Language,
    percent: Sequence[int] = _PERCENT,
    unit: str = "",
) -> None:
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 2)
    # A work list is printed and taken along: A4 across, all columns on a page, headers on each.
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(1, len(rows)), len(head) - 1)
    for column, key in enumerate(head):
        sheet.set_column(column, column, 60 if key == "reason" else _WIDTHS[column])
        sheet.write_string(0, column, heading(key, language, unit), styles["head"])
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(line, column, cell)
            elif isinstance(cell, float):
                sheet.write_number(line, column, cell, styles["percent" if column in percent else "amount"])
            elif cell is not None:
                sheet.write_string(line, column, str(cell))
