"""What is wrong with a row is told with row, column, reason and remedy."""

from datetime import date

import pytest
from django.utils.translation import override

from hengliang.platform.registry.imports.faults import WORDS, Fault
from hengliang.platform.registry.imports.fields import FIELDS
from hengliang.platform.registry.imports.told import fault_counts, faults_of, refused_rows
from tests.platform.cast import make_organisation
from tests.platform.registry.sheets import HEADERS, csv_of, row, send, xlsx_of
from tests.platform.verification.test_every_kind import item_of


def told(batch):
    return [(fault.number, fault.field, fault.code) for fault in faults_of(batch)]


def check(cast, *rows, headers=HEADERS, who="authority"):
    return send(cast, csv_of(*rows, headers=headers), who)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"目录项目": "加油机器"}, "item", "item_unknown"),
        ({"目录项目": ""}, "item", "missing"),
        ({"出厂编号": ""}, "serial_number", "missing"),
        ({"出厂编号": "2.02551E+14"}, "serial_number", "number_imprecise"),
        ({"使用单位": ""}, "owner", "missing"),
        ({"用途": ""}, "purpose", "missing"),
        ({"用途": "吃饭"}, "purpose", "choice_unclear"),
        ({"使用单位": "没有的公司"}, "owner", "party_unknown"),
        ({"行政区划": "没有的县"}, "region", "region_unknown"),
        ({"型号规格": "长" * 101}, "model", "too_long"),
        ({"生产厂家": "长" * 200_000}, "manufacturer", "too_long"),
        ({"使用单位": "邻城超市", "行政区划": "邻城市"}, "owner", "party_unknown"),
    ],
)
def test_one_fault(cast, change, field, code):
    batch = check(cast, row(**change))
    assert told(batch) == [(2, field, code)]
    assert (batch.rows, batch.refused) == (1, 1)


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("出厂日期", "2024-02-30", "date_unclear"),
        ("出厂日期", "去年", "date_unclear"),
        ("出厂日期", "2030-01-01", "day_ahead"),
        ("检定日期", "2026-04-01", "day_ahead"),
        ("检定日期", "2026-02-01", "result_missing"),
        ("检定结论", "合格", "result_undated"),
        ("数量", "三台", "count_unclear"),
        ("数量", "0", "count_unclear"),
        ("编码", "23456789AX", "code_unknown"),
        ("检定机构", "量县加油站", "no_body"),
        ("市场", "没有的市场", "party_unknown"),
        ("所属器具编码", "23456789AX", "part_of_unknown"),
        ("状态", "报废", "state_new"),
        ("状态", "睡觉", "choice_unclear"),
        ("统一社会信用代码", "91990121MA0000000X", "party_unknown"),
    ],
)
def test_one_more_column(cast, header, cell, code):
    assert code in [fault[2] for fault in told(check(cast, (*row(), cell), headers=(*HEADERS, header)))]


def test_days_must_follow_one_another(cast):
    headers = (*HEADERS, "出厂日期", "检定日期", "检定结论", "有效期至")
    batch = check(
        cast,
        (*row(), "2026-02-01", "2026-01-01", "合格", "2027-01-01"),
        (*row(出厂编号="S2"), "2024-02-01", "2026-01-01", "合格", "2025-01-01"),
        (*row(出厂编号="S3"), "2024-02-01", "2026-01-01", "合格", ""),
        headers=headers,
    )
    assert told(batch) == [
        (2, "last_on", "before_made"), (3, "due_on", "due_before_verified"), (4, "due_on", "due_missing"),
    ]  # fmt: skip


def test_a_class_of_another_item_is_told(cast):
    """Static meters of class 0.2S and 0.5S are one item of the catalogue, those of class 1 and 2 another."""
    item_of(cast, "ELEC-02S")
    rows = [(*row(目录项目="ELEC-02S", 出厂编号=f"S{text}"), text) for text in ("1", "0.5S", "unknown")]
    batch = check(cast, *rows, headers=(*HEADERS, "准确度等级"))
    assert told(batch) == [(2, "accuracy_class", "not_of_item")]


def test_the_nearest_name_is_suggested(cast):
    fault = faults_of(check(cast, row(目录项目="加油机")))[0]
    assert (fault.code, fault.hint) == ("item_unknown", "燃油加油机")
    with override("en"):
        assert fault.reason == "The catalogue has no item “加油机”."
        assert fault.remedy == "Take the name from the catalogue; perhaps: 燃油加油机."


def test_duplicates_inside_the_file(cast):
    headers = (*HEADERS, "e-CQS编号")
    batch = check(
        cast,
        (*row(), "E1"),
        (*row(出厂编号="S2"), "E1"),
        (*row(), "E3"),
        headers=headers,
    )
    assert told(batch) == [(3, "ecqs", "twice_in_file"), (4, "serial_number", "twice_in_file")]
    assert faults_of(batch)[0].value == "2"


def test_duplicates_against_the_ledger(cast, in_use):
    headers = (*HEADERS, "编码", "e-CQS编号")
    one = in_use(serial_number="S1", codes={"ecqs": "E1"})
    other = in_use(serial_number="S2", codes={"ecqs": "E2"})
    make_organisation("量县超市", cast.county)
    batch = check(
        cast,
        (*row(出厂编号="S7"), one.code, "E2"),
        (*row(出厂编号="S2"), other.code, ""),
        (*row(出厂编号="S2"), "", "E2"),
        (*row(使用单位="量县超市"), "", ""),
        headers=headers,
    )
    assert told(batch) == [
        (2, "ecqs", "ecqs_taken"), (4, "ecqs", "twice_in_file"), (5, "serial_number", "duplicate_elsewhere"),
    ]  # fmt: skip


def test_what_others_have_is_not_given_away(cast, in_use):
    made = in_use(serial_number="S1", codes={"ecqs": "E1"})
    rows = (*row(出厂编号="X", 使用单位="邻城超市", 行政区划="邻城市"), made.code, "")
    batch = check(cast, rows, headers=(*HEADERS, "编码", "e-CQS编号"), who="foreign_authority")
    assert told(batch) == [(2, "code", "code_unknown")]
    rows = (*row(出厂编号="X", 使用单位="邻城超市", 行政区划="邻城市"), "", "E1")
    batch = check(cast, rows, headers=(*HEADERS, "编码", "e-CQS编号"), who="foreign_authority")
    assert told(batch) == [(2, "ecqs", "ecqs_taken")]


def test_names_that_mean_two_things(cast):
    for _n in range(2):
        make_organisation("同名公司", cast.county)
    assert told(check(cast, row(使用单位="同名公司"))) == [(2, "owner", "party_ambiguous")]
    headers = (*HEADERS, "信用代码")
    batch = check(cast, (*row(使用单位="衡城市市场监督管理局"), "91990121MA00000016"), headers=headers)
    assert told(batch) == [(2, "owner_code", "party_contradiction")]
    assert told(check(cast, (*row(使用单位="同名公司"), "91990121MA00000016"), headers=headers)) == []


def test_a_number_that_the_sheet_has_cut(cast):
    batch = send(cast, xlsx_of([row(出厂编号=1234567890123456789)]))
    assert told(batch) == [(2, "serial_number", "number_imprecise")]


def test_the_state_decides_what_can_follow(cast, in_use):
    made = in_use()
    assert told(check(cast, (made.code, "待受理"), headers=("编码", "状态"))) == [(2, "status", "state_impossible")]


def test_no_change_before_a_later_one(cast, in_use):
    made = in_use(on=date(2026, 2, 1))
    batch = send(cast, csv_of((made.code, "X"), headers=("编码", "使用地点")), on=date(2026, 1, 1))
    assert told(batch) == [(2, "", "later_change")]


def test_refused_rows_come_back_as_they_were_sent(cast):
    long = "长" * 200_000
    batch = check(cast, row(用途="吃饭", 生产厂家=long), row(出厂编号="S2", 目录项目="加油机器"), row(出厂编号="S3"))
    back = list(refused_rows(batch))
    assert [line[0] for line in back] == ["2", "3"]
    assert long in back[0]
    assert "吃饭" in back[0]
    keys = [field.key for field in FIELDS]
    assert back[1][1 + keys.index("purpose")] == "贸易结算"
    assert [code for _field, code, _count in fault_counts(batch)] == ["item_unknown", "too_long", "choice_unclear"]


@pytest.mark.parametrize("code", WORDS)
def test_every_fault_has_words(code):
    fault = Fault(2, "purpose", code, "instrument_file", "")
    assert fault.reason
    assert fault.remedy
    assert "%" not in fault.reason + fault.remedy
