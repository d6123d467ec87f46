"""Procedures in words: every name is one that a person says, and limits stand in one table."""

import re
from datetime import date

import pytest

from hengliang.norms import norms
from hengliang.norms.changes import procedure_changes
from hengliang.norms.procedure_outline import procedure_outline

PROCEDURES = [value for norm in norms.of_kind("procedure") for value in norm.values if not value.repealed]


def texts(value, language):
    names = dict.fromkeys(value.content["instruments"], "器具")
    for sheet in procedure_outline(value, language, names):
        yield from (sheet.title, sheet.note, *sheet.head, *(cell for row in sheet.rows for cell in row))


@pytest.mark.parametrize("value", PROCEDURES, ids=lambda value: f"{value.norm}@{value.start}")
def test_nothing_raw_is_read(value):
    raw = [text for text in texts(value, "zh") if re.search(r"[a-z]+_[a-z]+|[a-z]{4,}", re.sub("qm(ax|in)", "", text))]
    assert not raw
    assert not [
        text for text in texts(value, "en") if re.search(r"[a-z]+_[a-z]+|[\u4e00-\u9fff]", text.replace("器具", ""))
    ]


@pytest.mark.parametrize("value", PROCEDURES, ids=lambda value: f"{value.norm}@{value.start}")
def test_every_row_is_as_wide_as_its_headings(value):
    for sheet in procedure_outline(value, "zh"):
        assert {len(row) for row in sheet.rows} <= {len(sheet.head) or 2}


def test_limits_of_meters_stand_in_one_table_of_class_by_power_factor_and_current():
    value = norms["procedure/electricity-meter"].at(date(2026, 1, 1))
    sheet = next(sheet for sheet in procedure_outline(value, "zh") if "功率因数" in sheet.head)
    assert list(sheet.head[:3]) == ["接入方式", "功率因数", "负载电流（倍数）"]
    rows = {tuple(row[:3]): dict(zip(sheet.head[3:], row[3:], strict=True)) for row in sheet.rows}
    # JJG 596-2012, table of basic errors: class 1, direct, cos φ = 1, 0.05 to 0.1 I_b: ±1.5 %
    assert rows[("直接接入", "1.0", "0.05 ≤ … < 0.1")]["准确度等级 1"] == "±1.5"


def test_editions_differ_in_cells_and_a_new_item_is_one_change():
    norm = norms["procedure/fuel-dispenser"]
    before, after = norm.at(date(2010, 1, 1)), norm.at(date(2026, 1, 1))
    (change,) = procedure_changes(before, after, "zh", {})
    assert (change.place[0], change.before, change.after) == ("重复性 (%)", "0 … 0.15", "0 … 0.10")
    scale = norms["procedure/price-scale"]
    told = procedure_changes(scale.at(date(2026, 1, 1)), scale.at(date(2027, 2, 1)), "zh", {})
    assert len([one for one in told if "自锁功能" in one.place]) == 1
