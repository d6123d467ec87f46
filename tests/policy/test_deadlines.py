"""Dates in sentences: which day they mean, and whether they are a deadline at all."""

from datetime import date

import pytest

from hengliang.policy import extract_text
from hengliang.policy.grammar.deadlines import anchors


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("到2025年", date(2025, 12, 31)), ("到2025年底", date(2025, 12, 31)),
        ("2026年6月底前", date(2026, 6, 30)),
        ("2026年6月15日前", date(2026, 6, 15)), ("至2027年末", date(2027, 12, 31)),
        ("“十四五”末", date(2025, 12, 31)),
        ("到十五五末", date(2030, 12, 31)), ("到二〇三〇年", date(2030, 12, 31)),
        ("到2024年2月", date(2024, 2, 29)),
        ("到2026年上半年", date(2026, 6, 30)), ("展望2035年", date(2035, 12, 31)),
    ],
)  # fmt: skip
def test_deadline(text: str, day: date) -> None:
    (found,) = anchors(f"{text},完成建设")
    assert (found.day, found.kind) == (day, "by")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("截至2022年底,已建成5家", "past"),
        ("较2020年提高", "base"),
        ("自2024年1月1日起施行", "other"),
        ("2026年新建5项", "in"),
    ],
)
def test_other_dates(text: str, kind: str) -> None:
    assert anchors(text)[0].kind == kind


def test_a_number_alone_is_no_year() -> None:
    assert anchors("完成2025家") == []


def test_a_span_of_years_needs_the_day_of_the_document() -> None:
    assert extract_text("力争用三年时间,培育计量标杆企业50家。").targets[0].deadline is None
    dated = extract_text("力争用三年时间,培育计量标杆企业50家。\n2024年5月10日")
    assert dated.targets[0].deadline == date(2027, 5, 10)


PLAN = """临川湾市计量三年行动方案(2024—2026年)
一、总体目标
到2025年,现代先进测量体系初步建立。
新建社会公用计量标准30项以上。
(一)能力目标。培育诚信计量示范单位200家。
二、重点任务
1.新建产业计量测试中心2家。到2026年6月,开展计量比对5次。服务企业100家以上。
2.近期任务(2024年)
(1)新增强制检定项目3项。
"""


def test_deadlines_come_from_sentence_clause_section_and_document() -> None:
    given = {t.value: (t.deadline, t.deadline_from) for t in extract_text(PLAN).targets}
    assert given == {
        30: (date(2025, 12, 31), "clause"),
        200: (date(2025, 12, 31), "section"),
        2: (date(2026, 12, 31), "document"),
        5: (date(2026, 6, 30), "sentence"),
        100: (date(2026, 6, 30), "clause"),
        3: (date(2024, 12, 31), "section"),
    }


def test_the_period_of_a_plan_that_is_carried_out_is_not_the_documents_own() -> None:
    text = PLAN.replace("临川湾市计量三年行动方案(2024—2026年)", "临川湾市贯彻落实计量发展规划(2021—2035年)实施意见")
    assert [t.deadline for t in extract_text(text).targets if t.value == 2] == [None]


def test_one_thing_at_two_days_is_cumulative() -> None:
    text = "到2025年,新建和改造计量标准50项以上。到2027年,新建和改造计量标准60项以上。"
    assert [t.mode for t in extract_text(text).targets] == ["cumulative", "cumulative"]


def test_what_is_new_at_two_days_stays_new() -> None:
    text = "到2025年,新增计量授权机构5家;到2027年,新增计量授权机构12家。"
    assert [t.mode for t in extract_text(text).targets] == ["new", "new"]


def test_the_work_of_two_years_is_not() -> None:
    text = "2025年新建计量标准12项。2026年新建计量标准18项。"
    assert [t.mode for t in extract_text(text).targets] == ["new", "new"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024、2025、2026年分别完成15套、20套、25套", [(2024, 12, 31), (2025, 12, 31), (2026, 12, 31)]),
        ("到2025、2030年分别达到60%、95%", [(2025, 12, 31), (2030, 12, 31)]),
        ("2027年年中建成实验室", [(2027, 6, 30)]),
        ("2025年9月30日前完成摸排,年底前实现建档率100%", [(2025, 9, 30), (2025, 12, 31)]),
    ],
)
def test_days_that_share_a_year_or_its_sign(text: str, days: list[tuple[int, int, int]]) -> None:
    assert [one.day for one in anchors(text)] == [date(*day) for day in days]


def test_next_year_is_the_one_behind_that_of_the_document() -> None:
    told = [one.day for one in anchors("今年帮扶3000家,明年不少于4000家", date(2025, 2, 18))]
    assert told == [date(2025, 12, 31), date(2026, 12, 31)]
