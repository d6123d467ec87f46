"""A workbook is read in a process of its own, and what it says arrives as it stood there."""

import datetime as dt
import gc
import threading
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from hengliang.readings.errors import WorkbookRefused
from hengliang.readings.sheets import workbook
from hengliang.readings.sheets.workbook import Area, Workbook

MOMENT = dt.datetime(2026, 1, 2, 3, 30)  # noqa: DTZ001 - a sheet knows no zones
BOUNDS = {"rows": 200_000, "columns": 200, "text": 1 << 20}


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet, hidden = book.add_worksheet("读数"), book.add_worksheet("密")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(2, 1, ["表", 1.5, True])
        sheet.write_datetime(3, 1, dt.date(2026, 1, 2), day)
        sheet.write_datetime(3, 2, MOMENT, moment)
        sheet.write_formula(4, 1, "=1+1", None, 2)
        sheet.merge_range(5, 1, 6, 2, "合")
        hidden.hide()
    return file


def test_cells_arrive_as_they_stood_where_they_stood(path):
    with Workbook(path, **BOUNDS) as book:
        assert (book.sheets, book.shown, book.formulas) == (["读数", "密"], [0], 1)
        rows = list(book.rows(0))
        assert rows[:5] == [
            [""] * 4, [""] * 4, ["", "表", 1.5, True],
            ["", dt.date(2026, 1, 2), MOMENT, ""], ["", 2.0, "", ""],
        ]  # fmt: skip
        assert book.head(0, 3).rows == rows[:3]
        assert book.head(0, 1).merged == [Area(5, 1, 6, 2)]
        assert list(book.rows(1)) == []


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [({"rows": 3}, "too_large"), ({"columns": 3}, "too_large"), ({"text": 40}, "too_large")],
)
def test_more_than_is_allowed_is_refused(path, bounds, reason):
    with Workbook(path, **(BOUNDS | bounds)) as book, pytest.raises(WorkbookRefused) as caught:
        list(book.rows(0))
    assert caught.value.parameters["reason"] == reason


def test_a_bomb_ends_its_own_process_only(tmp_path):
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, "a")
    inside = zipfile.ZipFile(file)
    parts = {name: inside.read(name) for name in inside.namelist()}
    cells = b'<row r="1"><c r="a1"><v>1</v></c></row><row r="900000"><c r="xfd900000"><v>1</v></c></row>'
    sheet = parts["xl/worksheets/sheet1.xml"]
    start, end = sheet.index(b"<sheetData>") + 11, sheet.index(b"</sheetData>")
    parts["xl/worksheets/sheet1.xml"] = sheet[:start] + cells + sheet[end:]
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with Workbook(file, **BOUNDS) as book, pytest.raises(WorkbookRefused, match="too_large"):
        book.head(0, 1)


def test_one_that_works_too_long_is_ended(tmp_path, monkeypatch):
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for row in range(20_000):
            sheet.write_row(row, 0, range(30))
    monkeypatch.setattr(workbook, "SMALL_BYTES", 1 << 30)
    monkeypatch.setattr(workbook, "SMALL", (1 << 30, 0))
    with pytest.raises(WorkbookRefused, match="too_large"), Workbook(file, **(BOUNDS | {"text": 1 << 30})) as book:
        list(book.rows(0))


def test_what_is_no_workbook_is_refused_and_nothing_is_left_running(tmp_path, path):
    mine = Path(f"/proc/self/task/{threading.get_native_id()}/children")
    before = mine.read_text()
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04no")
    with pytest.raises(WorkbookRefused, match="unreadable"):
        Workbook(tmp_path / "b.xlsx", **BOUNDS)
    rows = Workbook(path, **BOUNDS)
    rows.close()
    gc.collect()
    assert mine.read_text() == before
