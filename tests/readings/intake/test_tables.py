"""From the parser that is fast to the one that says what is wrong, in the midst of a file."""

import csv

import pytest

from hengliang.readings.errors import ProfileRefused
from hengliang.readings.intake import pieces
from hengliang.readings.intake.headers import find_profile
from tests.readings.conftest import put
from tests.readings.intake.test_importing import LONG, numbers, window

ROWS = 600


def lines() -> list[str]:
    """Ten days of quarter-hours of one meter."""
    return [f"N,A,outflow,2026-01-{1 + k // 96:02d} {k % 96 // 4:02d}:{k % 4 * 15:02d},{k},kWh" for k in range(ROWS)]


@pytest.mark.parametrize("bad", ["N,A,outflow,2026-01-05 04:00,4x,kWh", "N,A,outflow,2026-01-05 04:00"])
def test_from_the_first_fault_on_rows_are_read_one_by_one_and_none_twice(bad, store, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 2048)  # so that the fault lies in a later piece of the file
    rows = lines()
    rows[400] = bad
    commit = put(store, tmp_path, LONG + "\n".join(rows) + "\n")
    report = commit.report
    assert (report["readings"], report["refused"]) == (ROWS - 1, 1)
    assert report["refusals"][0]["row"] == 402
    assert report["duplicates"]["identical"] == report["duplicates"]["conflicting"] == 0
    assert numbers(window(store, "N"), "A") == [float(k) for k in range(ROWS) if k != 400]


def test_what_follows_is_counted_on_after_the_change_of_parser(store, tmp_path, monkeypatch):
    monkeypatch.setattr(pieces, "PIECE", 2048)
    rows = lines()
    rows[100] = rows[100].replace("2026-01-02 01:00", "gestern")
    rows[400] = rows[400].replace(",400,", ",4x,")
    rows[500] = rows[500].replace("2026-01-06 05:00", "heute")
    commit = put(store, tmp_path, LONG + "\n".join(rows) + "\n")
    with (store.folder / commit.files["refused"]).open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.reader(file))
    assert sorted(line[1] for line in kept[1:]) == ["102", "402", "502"]
    assert commit.report["readings"] == ROWS - 3


@pytest.mark.parametrize("nothing", ["", "--", "NULL", "无"])
def test_what_stands_for_nothing_is_empty_with_both_parsers(nothing, store, tmp_path):
    rows = lines()
    rows[7] = rows[7].replace(",7,", f",{nothing},")
    report = put(store, tmp_path, LONG + "\n".join(rows) + "\n").report
    assert (report["readings"], report["empty"], report["refused"]) == (ROWS - 1, 1, 0)


def test_a_row_without_its_node_is_refused_though_texts_stand_once(store, tmp_path):
    rows = lines()
    rows[7] = rows[7].replace("N,A,", "N,,")
    report = put(store, tmp_path, LONG + "\n".join(rows) + "\n").report
    assert (report["readings"], report["refused"]) == (ROWS - 1, 1)


def test_both_registers_of_a_meter_as_collection_systems_name_them():
    found = find_profile(["电表资产号", "冻结时间", "正向有功示数", "反向有功示数"], "a.csv")
    assert (found.columns["register"], found.columns["register_export"]) == ("正向有功示数", "反向有功示数")
    listed = find_profile(["台区名称", "电表资产号", "表计类别", "综合倍率"], "b.csv")
    assert (listed.form, listed.columns["node"]) == ("topology", "台区名称")
    listed = find_profile(["所属台区", "电能表条码", "表计类别", "综合倍率", "制造厂", "规格型号", "制造年份"], "c.csv")
    assert (listed.form, listed.columns["meter"], listed.columns["maker"]) == ("topology", "电能表条码", "制造厂")


def test_a_list_of_meters_without_their_numbers_is_told_what_it_lacks():
    with pytest.raises(ProfileRefused, match="understood as meter among: 所属台区, 牌号"):
        find_profile(["所属台区", "牌号", "综合倍率"], "c.csv")
