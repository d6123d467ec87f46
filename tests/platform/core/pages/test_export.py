import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengliang.platform.core.pages.table import Column, export
from hengliang.platform.core.pages.values import Absent

COLUMNS = (Column("name", "Name"), Column("mass", "Mass", unit="kg"), Column("on", "Day"))
NASTY = ("=1+1", "+86 10", "-x", "@SUM(A1)", "\t=1", "＝1", "'=1", "'quoted", 'a,b\n"c"', "普通")


@given(st.text())
def test_the_way_back_is_exact(text: str) -> None:
    assert export.unescape_formula(export.escape_formula(text)) == text


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    assert not export.escape_formula(text).startswith(export.FORMULA_STARTS)


def parsed(rows: list[dict[str, object]]) -> list[list[str]]:
    text = "".join(export.csv_lines(COLUMNS, rows))
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline="")))


def test_csv_keeps_every_text_and_escapes_what_looks_like_a_formula() -> None:
    lines = parsed([{"name": text} for text in NASTY])
    assert lines[0] == ["Name", "Mass (kg)", "Day"]
    assert [export.unescape_formula(line[0]) for line in lines[1:]] == list(NASTY)
    assert not any(line[0].startswith(export.FORMULA_STARTS) for line in lines[1:])


def test_csv_writes_numbers_days_and_absence_plainly() -> None:
    rows: list[dict[str, object]] = [
        {"name": "a", "mass": Decimal("-0.050"), "on": dt.date(2026, 2, 28)},
        {"name": "b", "mass": 0, "on": dt.datetime(2026, 2, 28, 16, 30, tzinfo=dt.UTC)},
        {"name": "c", "mass": Absent.NO_SOURCE, "on": None},
    ]
    assert parsed(rows)[1:] == [
        ["a", "-0.050", "2026-02-28"],
        ["b", "0", "2026-03-01 00:30:00"],
        ["c", "no source", ""],
    ]


def sheet(rows: list[dict[str, object]]) -> openpyxl.worksheet.worksheet.Worksheet:
    target = io.BytesIO()
    assert export.write_sheet(target, COLUMNS, rows) == len(rows)
    return openpyxl.load_workbook(target).active


def test_a_sheet_holds_texts_numbers_and_days_and_no_formula() -> None:
    found = sheet([{"name": text, "mass": 1.5, "on": dt.date(2026, 1, 2)} for text in NASTY])
    cells = [found.cell(line, 1) for line in range(2, len(NASTY) + 2)]
    assert [cell.value for cell in cells] == list(NASTY)
    assert {cell.data_type for cell in cells} == {"s"}
    assert found.cell(2, 2).value == 1.5
    assert found.cell(2, 3).value == dt.datetime(2026, 1, 2)  # noqa: DTZ001 - a sheet knows no zones


def test_a_text_beyond_the_limit_of_a_cell_is_cut_and_marked() -> None:
    cell = sheet([{"name": "x" * 40_000}]).cell(2, 1).value
    assert len(cell) == export.SHEET_CELL and cell.endswith("…")


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "SHEET_ROWS", 2)
    with pytest.raises(export.TooManyRows):
        export.write_sheet(io.BytesIO(), COLUMNS, [{"name": "a"}] * 3)
