"""Import: every form that utilities send, and every row that can't be read, by name."""

import csv
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from hengliang.readings.errors import ProfileRefused, SourceRefused
from hengliang.readings.grid import day_begin
from hengliang.readings.importing import import_files
from hengliang.readings.intake.profile import read_profile
from hengliang.readings.model import MISSING, Flag, Kind
from hengliang.readings.store.layout import bucket_of
from hengliang.readings.store.topology import read_links
from hengliang.readings.store.window import BucketReader
from tests.readings.conftest import put

LONG = "node,meter,role,time,register,unit\n"


def window(store, node):
    return BucketReader(store, bucket_of(node, store.buckets)).window(node)


def numbers(found, meter, channel="import"):
    (row,) = [at for at, one in enumerate(found.series) if (one.meter, one.channel) == (meter, channel)]
    values = found.values[row] * 10.0 ** found.series[row].exponent
    return values[found.values[row] != MISSING].tolist()


def at(found, day, hour=0, minute=0):
    return (day_begin(day) + hour * 3600 + minute * 60 - found.begin) // found.interval


def test_long_form_as_the_design_names_it(store, tmp_path):
    rows = "".join(
        f"T1,{meter},{role},2026-01-01T{hour:02d}:00:00+08:00,{base + hour * step:.2f},kWh\n"
        for meter, role, base, step in (("A", "inflow", 100, 2.5), ("B", "outflow", 7, 1.25))
        for hour in range(6)
    )
    commit = put(store, tmp_path, LONG + rows)
    found = window(store, "T1")
    assert (commit.report["readings"], commit.report["refused"]) == (12, 0)
    assert found.interval == 3600
    assert numbers(found, "B") == [7.0, 8.25, 9.5, 10.75, 12.0, 13.25]
    assert found.values[0][at(found, "2026-01-01", 3)] == 10750
    links, homes = read_links(store.files("topology"))
    assert [(one.meter, str(one.role), one.factor) for one in links] == [("A", "inflow", 1.0), ("B", "outflow", 1.0)]
    assert homes == {"A": "T1", "B": "T1"}


@pytest.mark.parametrize(
    ("unit", "exponent"), [("kWh", -2), ("Wh", -5), ("MWh", 1), ("度", -2), ("m3", -2), ("升", -5), ("GJ", -2)]
)
def test_units_become_powers_of_ten(store, tmp_path, unit, exponent):
    put(
        store,
        tmp_path,
        LONG + f"T1,A,inflow,2026-01-01 00:00,12.34,{unit}\nT1,A,inflow,2026-01-01 01:00,12.50,{unit}\n",
    )
    (series,) = window(store, "T1").series
    assert series.exponent == exponent


def test_every_refused_row_is_named_and_kept(store, tmp_path):
    text = LONG + (
        "T1,A,inflow,2026-01-01 00:00,1.00,kWh\n"
        "T1,A,inflow,2026-01-01 01:00,abc,kWh\n"
        "T1,A,inflow,yesterday,3.00,kWh\n"
        "T1,,inflow,2026-01-01 02:00,3.00,kWh\n"
        "T1,A,inflow,2026-01-01 02:00,3.00,stone\n"
        "T1,A,sideways,2026-01-01 02:00,3.00,kWh\n"
        "T1,A,inflow,2026-01-01 02:00\n"
        "T1,A,inflow,2026-01-01 03:00,4.00,kWh\n"
    )
    commit = put(store, tmp_path, text)
    report = commit.report
    assert (report["readings"], report["refused"]) == (2, 6)
    shown = {(one["row"], one["column"], one["reason"]) for one in report["refusals"]}
    assert (3, "register", "not a number") in shown
    assert (4, "time", "not a time") in shown
    assert (5, "meter", "no meter is named") in shown
    assert (6, "unit", "unit not known") in shown
    assert (7, "role", "role not known") in shown
    assert any(row == 8 and why.startswith("the row does not have") for row, _, why in shown)
    with (store.folder / commit.files["refused"]).open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.DictReader(file))
    assert len(kept) == 6
    assert all(one["remedy"] for one in kept)
    assert any("stone" in one["line"] for one in kept)


def test_wide_form_in_chinese_and_gb18030(store, tmp_path):
    cells = ",".join(f"{1000 + k * 0.25:.2f}" for k in range(96))
    text = f"电能表资产号,数据日期,{','.join(f'R{k + 1}' for k in range(96))}\n0001,2026/1/31,{cells}\n"
    (tmp_path / "曲线.csv").write_bytes(text.encode("gb18030"))
    (tmp_path / "档案.csv").write_bytes("台区编号,电能表资产号,总分标志,倍率\n台区甲,0001,户表,40\n".encode("gb18030"))
    commit = import_files([tmp_path / "曲线.csv", tmp_path / "档案.csv"], store)
    found = window(store, "台区甲")
    assert commit.report["readings"] == 96
    assert found.interval == 900
    assert numbers(found, "0001") == pytest.approx([1000 + k * 0.25 for k in range(96)])
    assert found.values[0][at(found, "2026-01-31", 23, 45)] == 102375
    (link,) = read_links(store.files("topology"))[0]
    assert (link.node, link.factor) == ("台区甲", 40.0)


def test_interval_energy_back_feed_tariffs_and_quality(store, tmp_path):
    text = (
        "node,meter,role,time,energy,direction,tariff,quality\n"
        "T1,A,outflow,2026-01-01 00:00,1.5,import,,good\n"
        "T1,A,outflow,2026-01-01 01:00,0.5,import,,estimated\n"
        "T1,A,outflow,2026-01-01 00:00,0.7,反向,,good\n"
        "T1,A,outflow,2026-01-01 00:00,0.2,import,峰,good\n"
    )
    put(store, tmp_path, text)
    found = window(store, "T1")
    assert {one.channel for one in found.series} == {"import", "export", "import:peak"}
    assert all(one.kind is Kind.INTERVAL for one in found.series)
    row = [one.channel for one in found.series].index("import")
    assert found.flags[row][at(found, "2026-01-01", 1)] == Flag.ESTIMATED


def test_register_and_back_feed_register_in_one_row(store, tmp_path):
    text = "台区号,表号,角色,时间,正向有功总,反向有功总\n" + "".join(
        f"T1,A,户表,2026-01-01 {hour:02d}:00,{10 + hour},{5 + 2 * hour}\n" for hour in range(4)
    )
    put(store, tmp_path, text)
    found = window(store, "T1")
    assert numbers(found, "A") == [10.0, 11.0, 12.0, 13.0]
    assert numbers(found, "A", "export") == [5.0, 7.0, 9.0, 11.0]


def test_pulses_need_a_constant(store, tmp_path):
    text = LONG + "".join(f"T1,A,outflow,2026-01-01 {hour:02d}:00,{4000 + 100 * hour},pulse\n" for hour in range(2))
    refused = put(store, tmp_path, text)
    assert refused.report["refused"] == 2
    put(store, tmp_path, text, "b.csv", counts_per_unit=400)
    (link,) = read_links(store.files("topology"))[0]
    assert link.factor == pytest.approx(1 / 400)


def test_zones_are_brought_to_the_store(store, tmp_path):
    put(
        store,
        tmp_path,
        LONG + "T1,A,inflow,2025-12-31T16:00:00Z,1.0,kWh\nT1,A,inflow,2026-01-01T01:00:00+08:00,2.0,kWh\n",
    )
    found = window(store, "T1")
    assert found.values[0][at(found, "2026-01-01", 0)] == 10
    other = "T2,B,inflow,2026-01-01 00:00,1.0,kWh\nT2,B,inflow,2026-01-01 01:00,2.0,kWh\n"
    put(store, tmp_path, LONG + other, "b.csv", zone="Europe/Berlin")
    found = window(store, "T2")
    assert found.values[0][at(found, "2026-01-01", 7)] == 10


def test_daily_readings_lie_in_one_row_a_month(store, tmp_path):
    rows = "".join(f"T1,A,inflow,2026-02-{day:02d},{100 + day},kWh\n" for day in range(1, 29))
    commit = put(store, tmp_path, LONG + rows)
    assert [one.rows for one in commit.partitions] == [1]
    found = window(store, "T1")
    assert (found.interval, found.values.shape) == (86400, (1, 28))


def test_a_matrix_of_meters_in_columns(store, tmp_path):
    text = "time,M1,M2\n" + "".join(f"2026-01-01 {hour:02d}:00,{hour},{3 - hour % 3}\n" for hour in range(12))
    (tmp_path / "档案.csv").write_text("node,meter,role\nT1,M1,inflow\nT1,M2,outflow\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text(text, encoding="utf-8")
    import_files([tmp_path / "m.csv", tmp_path / "档案.csv"], store)
    assert {one.meter for one in window(store, "T1").series} == {"M1", "M2"}


def test_parquet_workbook_and_archive_say_the_same(tmp_path, store):
    head = ["node", "meter", "role", "time", "register", "unit"]
    rows = [["T1", "A", "inflow", f"2026-01-01 {hour:02d}:00:00", 10.5 + hour, "kWh"] for hour in range(5)]
    pq.write_table(pa.table(dict(zip(head, zip(*rows, strict=True), strict=True))), tmp_path / "a.parquet")
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate([head, *rows]):
            sheet.write_row(line, 0, row)
    text = "\n".join(",".join(map(str, row)) for row in [head, *rows])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("inside/readings.csv", text)
    found = []
    for name in ("a.parquet", "a.xlsx", "a.zip"):
        commit = import_files([tmp_path / name], store)
        assert (commit.report["readings"], commit.report["refused"]) == (5, 0)
        found.append(commit.root)
    assert len(set(found)) == 1  # the root is over the numbers, not over the files


def test_a_workbook_that_claims_too_much_is_refused(tmp_path, store):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write(1_048_575, 16_383, 1)
    with pytest.raises(SourceRefused, match="too large"):
        import_files([tmp_path / "a.xlsx"], store)


def test_a_number_that_is_none_in_parquet_is_refused(tmp_path, store):
    columns = {"node": ["T1"] * 2, "meter": ["A"] * 2, "role": ["inflow"] * 2}
    table = pa.table({**columns, "time": ["2026-01-01 00:00", "2026-01-01 01:00"], "register": ["1.5", "half"]})
    pq.write_table(table, tmp_path / "a.parquet")
    report = import_files([tmp_path / "a.parquet"], store).report
    assert (report["readings"], report["refused"]) == (1, 1)
    assert (report["refusals"][0]["row"], report["refusals"][0]["value"]) == (2, "half")


def test_titles_above_the_headers_and_other_separators(store, tmp_path):
    text = (
        "2026年1月抄表数据;;;\n导出人;张三;;\n台区编号;表号;抄表时间;示数\n"
        "T1;A;2026年1月1日 0时15分;5.5\nT1;A;2026年1月1日 0时30分;5.75\n"
    )
    put(store, tmp_path, text, role="总表")
    found = window(store, "T1")
    assert found.values[0][at(found, "2026-01-01", 0, 15)] == 550


def test_one_file_per_node_by_profile(store, tmp_path):
    (tmp_path / "p.yaml").write_text('node: "{file}"\nrole: 户表\ncolumns: {register: 我的读数}\n', encoding="utf-8")
    (tmp_path / "T9.csv").write_text(
        "表号,时间,我的读数\nA,2026-01-01 00:00,1\nA,2026-01-01 01:00,2\n", encoding="utf-8"
    )
    import_files([tmp_path / "T9.csv"], store, said=read_profile(tmp_path / "p.yaml"))
    assert numbers(window(store, "T9"), "A") == [1.0, 2.0]


def test_a_meter_that_moved_is_dated(store, tmp_path):
    rows = [f"T1,A,outflow,2026-01-{day:02d},{day},kWh\n" for day in range(1, 11)]
    rows += [f"T2,A,outflow,2026-01-{day:02d},{day},kWh\n" for day in range(11, 21)]
    put(store, tmp_path, LONG + "".join(rows))
    links, homes = read_links(store.files("topology"))
    assert [(one.node, one.begin, one.end) for one in links] == [("T1", None, "2026-01-11"), ("T2", "2026-01-11", None)]
    assert homes == {"A": "T1"}


def test_repeated_rows_keep_the_first_and_flag_what_differs(store, tmp_path):
    rows = "".join(f"T1,A,outflow,2026-01-01 {hour:02d}:00,{hour}.00,kWh\n" for hour in range(6))
    again = "T1,A,outflow,2026-01-01 02:00,2.00,kWh\nT1,A,outflow,2026-01-01 03:00,9.00,kWh\n"
    commit = put(store, tmp_path, LONG + rows + again)
    repeats = commit.report["duplicates"]
    assert (repeats["identical"], repeats["conflicting"]) == (1, 1)
    found = window(store, "T1")
    place = at(found, "2026-01-01", 3)
    assert (found.values[0][place], found.flags[0][place]) == (300, Flag.CONFLICT)
    assert found.flags[0][at(found, "2026-01-01", 2)] == Flag.DUPLICATE


def test_clocks_off_the_raster_are_kept_and_flagged(store, tmp_path):
    rows = "".join(f"T1,A,outflow,2026-01-01 {hour:02d}:00:00,{hour},kWh\n" for hour in range(6))
    commit = put(store, tmp_path, LONG + rows + "T1,A,outflow,2026-01-01 06:04:00,6,kWh\n")
    assert commit.report["skewed"]["count"] == 1
    assert commit.report["skewed"]["examples"][0]["seconds_off"] == 240
    found = window(store, "T1")
    assert found.flags[0][at(found, "2026-01-01", 6)] == Flag.SKEWED


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"\x00\x01\x02" * 50, "no text"),
        ("a.parquet", b"PAR1 no", "not Parquet"),
        ("a.xlsx", b"PK no", "workbook"),
        ("a.zip", b"PK no", "archive"),
        ("a.pdf", b"%PDF", "come as CSV"),
    ],
)
def test_files_that_are_not_read_at_all(store, tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceRefused, match=reason):
        import_files([tmp_path / name], store)
    assert not store.commits


def test_headers_that_nobody_understands_are_named(store, tmp_path):
    (tmp_path / "a.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    with pytest.raises(ProfileRefused, match=r"meter.*among: foo, bar"):
        import_files([tmp_path / "a.csv"], store)


def test_an_archive_that_unpacks_to_far_too_much(store, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (32 << 20))
    with pytest.raises(SourceRefused, match="times its size"):
        import_files([tmp_path / "a.zip"], store)


def test_numbers_without_kind_are_told_by_their_course(store, tmp_path):
    rng = np.random.default_rng(1)
    cells = [f"{one:.2f}" for one in rng.gamma(1.0, 0.3, 24)]
    text = "meter,date," + ",".join(f"{hour:02d}:00" for hour in range(24)) + "\nA,2026-01-01," + ",".join(cells) + "\n"
    put(store, tmp_path, text, node="T1", role="outflow")
    assert window(store, "T1").series[0].kind is Kind.INTERVAL


def test_the_example_is_read_whole(filled, example: Path):
    report = filled.commits[0].report
    assert (report["refused"], report["readings"]) == (0, 21 * 42 * 24)


def test_a_title_with_other_line_ends_loses_no_row(store, tmp_path):
    """A title ends in LF, the export below it in CRLF: DuckDB alone would read nothing and say nothing."""
    rows = "".join(f"A,2026-01-01 {hour:02d}:00,{hour}\r\n" for hour in range(24))
    (tmp_path / "a.csv").write_bytes(f"采集系统导出\n表号,时间,示数\r\n{rows}".encode())
    assert import_files([tmp_path / "a.csv"], store).report["readings"] == 24


def test_a_cover_sheet_is_passed_over_and_named(store, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet("说明").write(0, 0, "本表由系统导出")
        sheet = book.add_worksheet("示数")
        for line, row in enumerate(
            [("表号", "时间", "示数"), ("A", "2026-01-01 00:00", 1), ("A", "2026-01-01 01:00", 2)]
        ):
            sheet.write_row(line, 0, row)
    report = import_files([tmp_path / "a.xlsx"], store).report
    assert report["readings"] == 2
    assert [one["file"] for one in report["passed_over"]] == ["a.xlsx/说明.csv"]


def test_a_file_that_was_pointed_at_is_never_passed_over(store, tmp_path):
    (tmp_path / "notes.csv").write_text("nothing here", encoding="utf-8")
    with pytest.raises(SourceRefused, match="no row of headers"):
        import_files([tmp_path / "notes.csv"], store)


def test_a_single_time_keeps_its_hour(store, tmp_path):
    (tmp_path / "a.csv").write_text("node,meter,role,time,register\nT,A,outflow,2026-01-01 06:00,5\n", encoding="utf-8")
    report = import_files([tmp_path / "a.csv"], store).report
    assert report["files"][0]["interval"] == "6h"


def test_a_file_whose_name_is_a_pattern_reads_itself_alone(store, tmp_path):
    for name in ("*.csv", "a[b].csv", "b.csv"):
        (tmp_path / name).write_text(LONG + f"T1,{name},outflow,2026-01-01 00:00,1,kWh\n", encoding="utf-8")
    report = import_files([tmp_path], store).report
    assert [one["readings"] for one in report["files"]] == [1, 1, 1]
    assert report["duplicates"]["identical"] == 0


@pytest.mark.parametrize("number", ["inf", "-inf", "1e300", "1e17"])
def test_a_number_no_register_can_show_is_refused(number, store, tmp_path):
    rows = "".join(f"T1,A,outflow,2026-01-01 {hour:02d}:00,{hour},kWh\n" for hour in range(3))
    report = put(store, tmp_path, LONG + rows + f"T1,A,outflow,2026-01-01 03:00,{number},kWh\n").report
    assert (report["readings"], report["empty"], report["refused"]) == (3, 0, 1)
    (said,) = report["refusals"]
    assert (said["row"], said["column"], said["reason"]) == (5, "register", "number too large for a register")
