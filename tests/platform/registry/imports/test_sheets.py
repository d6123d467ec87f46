"""What can be read, what is said about it, and what is refused before it does harm."""

import zipfile
from datetime import UTC, date, datetime

import pytest
import xlsxwriter

from hengliang.platform.core.errors import InputRefused
from hengliang.platform.registry.imports import limits, text
from hengliang.platform.registry.imports.cells import choice_of, count_of, day_of, text_of
from hengliang.platform.registry.imports.holding import hold, open_sheet
from hengliang.platform.registry.imports.sheet import Notice, columns_of
from hengliang.platform.registry.imports.text import decode, read_csv, read_text
from hengliang.platform.registry.imports.workbook import read_workbook
from hengliang.readings.sheets import workbook as reader
from tests.platform.registry.sheets import HEADERS, csv_of, row, xlsx_of


@pytest.fixture
def workbook_of(tmp_path):
    def write(*args, **more):
        path = tmp_path / "sheet.xlsx"
        path.write_bytes(xlsx_of(*args, **more))
        return path

    return write


def refused(call, *args):
    with pytest.raises(InputRefused) as caught:
        sheet = call(*args)
        list(sheet.rows)
    return caught.value.code


@pytest.mark.parametrize(
    "cell",
    ["2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日", "20240305", "2024-3-5 00:00:00", date(2024, 3, 5),
     datetime(2024, 3, 5, 8, tzinfo=UTC), 45356, 45356.0, "２０２４-03-05".translate(str.maketrans("２０４", "204"))],
)  # fmt: skip
def test_a_day_in_every_spelling(cell):
    assert day_of(cell) == "2024-03-05"


@pytest.mark.parametrize("cell", ["2024-13-01", "24-3-5", "2023-02-29", "昨天", 3.5, "2024-03"])
def test_what_is_no_day_keeps_its_words(cell):
    assert day_of(cell) == f"?{text_of(cell)}"


def test_cells_become_text():
    assert [text_of(v) for v in (None, "", " a\u3000", 3.0, 0.1, True, "a\x00\nb", 10**14 + 0.0)] == [
        "", "", "a", "3", "0.1", "是", "a b", "100000000000000",
    ]  # fmt: skip
    assert [count_of(v) for v in (3.0, "12", "0", "-1", "1.5", "")] == ["3", "12", "?0", "?-1", "?1.5", ""]
    assert [choice_of("mandatory")(v) for v in ("是", "No", 1.0, True, "也许")] == ["t", "f", "t", "t", "?也许"]
    assert [choice_of("purpose")(v) for v in ("贸易结算", "Trade settlement", "trade", "其它")] == [
        "trade", "trade", "trade", "other",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "key"),
    [("出厂编号", "serial_number"), ("Serial number", "serial_number"), (" 出厂 编号*", "serial_number"),
     ("安装/使用地点（详细）", "place"), ("EMAIL", None)],
)  # fmt: skip
def test_headers_in_chinese_and_english(header, key):
    assert columns_of(["", header]) == ({key: 1} if key else {})


def test_columns_stand_in_any_order_below_any_title():
    sheet = read_text("某县计量器具台账\t\t\n\nSerial number\t备注\t目录项目\nS1\tx\t加油机\n")
    assert columns_of(sheet.headers) == {"serial_number": 0, "item": 2}
    assert list(sheet.rows) == [(4, ["S1", "x", "加油机"])]


def test_two_columns_for_one_field_are_refused():
    with pytest.raises(InputRefused, match="出厂编号"):
        columns_of(["出厂编号", "Serial number"])


@pytest.mark.parametrize(
    ("codec", "name"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("gb18030", "GB 18030"), ("utf-16", "UTF-16")]
)
def test_every_encoding(codec, name):
    content = csv_of(row(生产厂家="㑇䓖仪器厂")).decode().encode(codec)
    assert decode(content)[1] == name
    sheet = read_csv(content)
    assert "㑇䓖仪器厂" in next(sheet.rows)[1]
    assert [notice.code for notice in sheet.notices] == ([] if name == "UTF-8" else ["encoding"])


def test_what_an_export_escaped_is_read_as_it_was():
    sheet = read_csv(csv_of(row(型号规格="'=(5～50)")))
    assert next(sheet.rows)[1][2] == "=(5～50)"


def test_merged_cells_give_their_value_to_every_row(workbook_of):
    rows = [row(), row(出厂编号="S2", 使用单位=""), row(出厂编号="S3", 使用单位="")]
    sheet = read_workbook(workbook_of(rows, merge_range=(1, 4, 3, 4, "量县加油站")))
    assert [cells[4] for _number, cells in sheet.rows] == ["量县加油站"] * 3
    assert sheet.notices == [Notice("merged_cells", {"count": 1})]


def test_formulas_are_values_and_hidden_sheets_are_said(tmp_path):
    file = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(file) as book:
        hidden, other, sheet = book.add_worksheet("密"), book.add_worksheet("说明"), book.add_worksheet("台账")
        other.write(0, 0, "说明")
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, row())
        sheet.write_formula(1, 2, '="JYJ-"&50', None, "JYJ-50")
        sheet.activate()
        sheet.set_first_sheet()
        hidden.hide()
    read = read_workbook(file)
    assert next(read.rows)[1][2] == "JYJ-50"
    assert {n.code: n.params for n in read.notices} == {
        "hidden_sheets": {"names": "密"},
        "other_sheets": {"sheet": "台账", "names": "说明"},
        "formulas": {"count": 1},
    }
    assert all(str(notice) for notice in read.notices)


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "file_empty"), (b"PK\x03\x04broken", "no_workbook"), (b"\xd0\xcf\x11\xe0old", "old_workbook"),
     (b"\x00\x01\x02\xff" * 9, "no_text"), (b"hello\nworld", "no_headers")],
)  # fmt: skip
def test_what_is_no_sheet_is_refused(settings, tmp_path, content, code):
    settings.MEDIA_ROOT = tmp_path
    assert refused(lambda: open_sheet(hold([content]).sha256)) == code


def test_a_file_is_measured_while_it_arrives(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 10)
    assert refused(lambda: hold([b"12345678", b"12345678"])) == "file_too_large"
    assert not list((tmp_path / "imports").iterdir())


def bomb(path, part, content):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return path


def test_an_archive_that_unpacks_to_much_more_is_refused(tmp_path):
    path = bomb(tmp_path / "x.xlsx", "xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert refused(read_workbook, path) == "sheet_bomb"


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>目录项目</t></is></c></row>'


def raw_workbook(path, rows, part="worksheets/sheet1.xml", strings=""):
    """A workbook whose parts say what no honest writer would."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        for name, kind, target in (
            ("_rels/.rels", "officeDocument", "xl/workbook.xml"),
            ("xl/_rels/workbook.xml.rels", "worksheet", part),
        ):
            link = f'<Relationship Id="r1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            archive.writestr(name, f'<Relationships xmlns="{_PACKAGE}">{link}</Relationships>')
        archive.writestr(f"xl/{part}", f'<worksheet xmlns="{_MAIN}"><sheetData>{_HEAD}{rows}</sheetData></worksheet>')
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
    return path


def test_a_workbook_written_by_hand_is_read(tmp_path):
    path = raw_workbook(tmp_path / "x.xlsx", '<row r="2"><c r="A2"><v>7</v></c></row>')
    assert list(read_workbook(path).rows) == [(2, [7.0])]


def test_rows_have_the_numbers_that_the_sheet_shows(tmp_path):
    file = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(4, 2, HEADERS)
        sheet.write_row(6, 2, row())
    read = read_workbook(file)
    assert read.headers == ["", "", *HEADERS]
    assert [(number, cells[3]) for number, cells in read.rows] == [(6, ""), (7, "S1")]


@pytest.mark.parametrize("part", ["worksheets/sheet1.xml", "elsewhere/sheet1.xml"])
@pytest.mark.parametrize(
    "cell",
    ['<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', '<row r="200000"><c r="xfd200000"><v>1</v></c></row>',
     '<row r="2"><c r = "A230000"><v>1</v></c></row>', f'<row r="2">{"<c><v>1</v></c>" * 300}</row>'],
)  # fmt: skip
def test_a_cell_far_out_does_not_fill_the_memory(tmp_path, cell, part):
    assert refused(read_workbook, raw_workbook(tmp_path / "x.xlsx", cell, part)) == "sheet_too_large"


def test_a_long_text_named_often_does_not_fill_the_memory(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "MAX_UNPACKED_BYTES", 32 * 2**20)
    cells = '<row><c t="s"><v>0</v></c></row>' * 900
    path = raw_workbook(tmp_path / "x.xlsx", cells, strings=f"<si><t>{'x' * 100_000}</t></si>")
    assert refused(lambda: list(read_workbook(path).rows)) == "sheet_too_large"


def test_a_reader_that_does_not_come_to_an_end_is_ended(tmp_path, monkeypatch):
    """Its seconds of work are bounded by the system, whatever it does."""
    endless = tmp_path / "reader.py"
    bound = f"import runpy; runpy.run_path({reader.sheet_process.__file__!r})['_bound'](2**31, 1)"
    endless.write_text(f"{bound}\nwhile True: pass")
    monkeypatch.setattr(reader.sheet_process, "__file__", str(endless))
    assert refused(read_workbook, raw_workbook(tmp_path / "x.xlsx", "")) == "sheet_too_large"


def test_a_large_sheet_beside_the_ledger_does_not_hinder_it(tmp_path):
    file = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("看板").write(0, limits.MAX_COLUMNS + 50, "x")
        sheet = book.add_worksheet("台账")
        sheet.write_row(0, 0, HEADERS)
        sheet.write_row(1, 0, row())
    assert [number for number, _cells in read_workbook(file).rows] == [2]


def test_too_many_rows_and_columns_of_text(monkeypatch):
    monkeypatch.setattr(limits, "MAX_ROWS", 3)
    monkeypatch.setattr(limits, "HEADER_WITHIN", 1)
    assert refused(read_text, "目录项目,出厂编号\n" + "a,b\n" * 9) == "sheet_too_large"
    monkeypatch.setattr(limits, "MAX_COLUMNS", 2)
    assert refused(read_text, "目录项目,出厂编号,x\n") == "sheet_too_large"


def test_a_text_that_breaks_off(monkeypatch):
    monkeypatch.setattr(text.limits, "MAX_FILE_BYTES", 50)
    assert refused(read_text, '目录项目,出厂编号\n"' + "a" * 100) == "csv_broken"
